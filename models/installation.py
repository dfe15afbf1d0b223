"""Which database this is: one random id, made once and kept in every backup."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import String
from sqlmodel import Field, Session, SQLModel, col, func, insert, select

from models.columns import Instant


class Installation(SQLModel, table=True):
    """One row. `id` is a random UUID in hexadecimal, `created_at` is by the database's own clock."""

    __tablename__ = "installation"

    id: str = Field(sa_type=String(32), primary_key=True)
    created_at: datetime = Field(sa_type=Instant)


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
