"""Which database this is: one random id, made once and kept in every backup."""

from uuid import uuid4

from sqlmodel import Session, col, func, insert, select

from models.tables.installation import Installation


def installation_id(session: Session) -> str:
    """The database's id; made and stored where it has none yet."""
    known = stored_id(session)
    if known is not None:
        return known
    made = uuid4().hex
    session.execute(insert(Installation).values(id=made, created_at=func.now()))
    return made


def stored_id(session: Session) -> str | None:
    """The database's id, without writing; None where none was made yet."""
    oldest_first = col(Installation.created_at), col(Installation.id)
    return session.exec(select(Installation.id).order_by(*oldest_first).limit(1)).first()
