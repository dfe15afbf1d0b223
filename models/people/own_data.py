"""Everything that is stored about one person: every row that names them by number, and their messages."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Table, func, or_, select
from sqlmodel import Session, SQLModel, col

from models.storage import known_tables
from models.tables.chat.outbox import Outbox
from models.tables.people import Person

SECRET = frozenset({"salt", "hash", "code_hash", "key_id", "act", "snapshot"})  # columns that are not given


@dataclass(frozen=True)
class OwnRows:
    """The rows of one table that name the person, oldest first, by column."""

    table: str
    rows: list[dict[str, Any]]


def tables() -> list[Table]:
    """Return every table with a column that names a person, people themselves first."""
    known_tables.load()
    named = [each for each in SQLModel.metadata.sorted_tables if naming(each)]
    person = SQLModel.metadata.tables["person"]
    return [person, *(each for each in named if each is not person)]


def naming(table: Table) -> list[Column[Any]]:
    """Return the columns of a table that hold a person's number."""
    found = [
        each for each in table.columns if any(key.target_fullname == "person.id" for key in each.foreign_keys)
    ]
    return [table.c.id] if table.name == "person" else found


def about(session: Session, person_id: int) -> list[OwnRows]:
    """Return the person's rows of every table that has some, without secret columns."""
    session.flush()
    found = []
    for table in tables():
        shown = [each for each in table.columns if each.name not in SECRET]
        mine = or_(*(each == person_id for each in naming(table)))
        query = select(*shown).where(mine).order_by(*table.primary_key.columns)
        rows = [dict(row._mapping) for row in session.execute(query)]
        if rows:
            found.append(OwnRows(table.name, rows))
    return found


def messages(session: Session, person_id: int) -> int:
    """Return how many messages to the person are stored, sent or to be sent."""
    chat = select(col(Person.telegram_id)).where(col(Person.id) == person_id).scalar_subquery()
    query = select(func.count()).select_from(Outbox).where(col(Outbox.chat_id) == chat)
    return int(session.execute(query).scalar_one())
