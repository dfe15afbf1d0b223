"""The id of this database: random, made once, and included in every backup."""

from uuid import uuid4

from sqlmodel import Session, col, func, insert, select

from models.tables.operations.installation import Installation


def installation_id(session: Session) -> str:
    """Return the database's id; create it if there is none."""
    known = stored_id(session)
    if known is not None:
        return known
    made = uuid4().hex
    session.execute(insert(Installation).values(id=made, created_at=func.now()))
    return made


def stored_id(session: Session) -> str | None:
    """Return the database's id, or None if there is none."""
    oldest_first = col(Installation.created_at), col(Installation.id)
    return session.exec(select(Installation.id).order_by(*oldest_first).limit(1)).first()
