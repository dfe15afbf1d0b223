"""Stores registered activities, for tests that begin with some."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Engine
from sqlmodel import select

from models.programme.view import LineView, programmes
from models.storage import database
from models.tables.activity import Activity, Entry
from models.tables.people import Person

MOMENT = datetime(2024, 3, 20, 14, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Claimed:
    """The quantity, and its pending part, claimed of the line's n-th target."""

    quantity: int
    pending: int = 0


def line_of(engine: Engine, unit: str, number: int) -> LineView:
    with database.transaction(engine) as session:
        found = next(each for each in programmes(session).years[2024].units if each.key == unit)
        line = found.line(number)
        assert line is not None
        return line


def store(
    engine: Engine,
    unit: str = "juridica",
    line: int = 2,
    on: date = date(2024, 3, 13),
    by: int | None = None,
    claimed: tuple[Claimed, ...] = (Claimed(1),),
    narrative: str = "Se hizo lo previsto.",
) -> int:
    """Store one activity, registered by the person with that Telegram id; return its number."""
    placed = line_of(engine, unit, line)
    with database.transaction(engine) as session:
        author = session.exec(select(Person.id).where(Person.telegram_id == by)).first() if by else None
        activity = Activity(
            unit_id=placed.unit_id,
            line_id=placed.id,
            starts_on=on,
            ends_on=on,
            narrative=narrative,
            registered_by=author,
            registered_at=MOMENT,
            said_at=MOMENT,
        )
        session.add(activity)
        session.flush()
        assert activity.id is not None
        for target, each in zip(placed.targets, claimed, strict=False):
            session.add(
                Entry(
                    activity_id=activity.id,
                    target_id=target.id,
                    quantity=each.quantity,
                    pending=each.pending,
                )
            )
        return activity.id
