"""A stage on 2 April 2024 with the first quarter as rows, registered by its people."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import col, select

from bot.demo.first_quarter import Player, first_quarter
from models.storage import database
from models.tables.activity import Activity, DocumentNumber
from models.tables.people import Person, Role
from tests.support.database.first_quarter_rows import store_first_quarter
from tests.support.phones.phone import Phone
from tests.support.phones.stage import Part, Stage

SECOND_OF_APRIL = datetime(2024, 4, 2, 15, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Quarter:
    """The stage, and the phones of its people by their key in the data file, and by role."""

    stage: Stage
    phones: dict[str, Phone]

    def of(self, who: str) -> Phone:
        return self.phones[{"director": "roberto", "planning": "elena", "staff": "ana"}.get(who, who)]


@asynccontextmanager
async def first_quarter_replayed(folder: Path) -> AsyncIterator[Quarter]:
    """Everybody has joined, and everything of the quarter is registered by who told it."""
    async with Stage(folder, now=SECOND_OF_APRIL) as stage:
        phones = {}
        for player in first_quarter().cast:
            phones[player.key] = await stage.enter(
                Part(player.user_id, player.name, Role(player.role), player.unit)
            )
        _store(stage)
        yield Quarter(stage, phones)


def _store(stage: Stage) -> None:
    with database.transaction(stage.app.engine) as session:
        store_first_quarter(session)
        session.flush()
        people = {each.telegram_id: each.id for each in session.exec(select(Person)).all()}
        stored = session.exec(select(Activity).order_by(col(Activity.id))).all()
        for activity, told in zip(stored, first_quarter().activities, strict=True):
            author: Player = first_quarter().staff_of(told.unit)
            activity.registered_by = people[author.user_id]
            activity.participants, activity.women, activity.men = told.participants, told.women, told.men
            session.add_all(
                DocumentNumber(activity_id=activity.id or 0, number=number) for number in told.documents
            )
