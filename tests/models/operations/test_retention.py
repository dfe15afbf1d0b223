"""Data that are not needed any more are deleted after their time, from every column and the files."""

from datetime import timedelta

import pytest
from sqlalchemy import inspect, text
from sqlmodel import select

from models.operations import retention
from models.storage import database
from models.tables.chat.draft import DraftRow
from models.tables.evidence import Evidence
from models.tables.people import CodeGuesses, Membership, Person, Role
from tests.bot.evidence.evidence_stage import fetched, registered, with_card
from tests.support.database.refusing_table import allow, refuse
from tests.support.files import photographs
from tests.support.phones.stage import ANA, DIEGO, PALOMA, Part, Stage
from tests.support.waiting import until

STRANGER = Part(7100000105, "Nadie Conocido", Role.STAFF)
SAID = "Ayer hablamos con la licenciada Xóchitl Ventosa de un asunto delicado"


def named(stage: Stage, words: str, without: tuple[str, ...] = ()) -> list[str]:
    """Return the tables that contain the words."""
    with stage.app.engine.connect() as connection:
        tables = [each for each in inspect(connection).get_table_names() if each not in without]
        return [
            table
            for table in tables
            if any(words in str(row) for row in connection.execute(text(f'SELECT * FROM "{table}"')))
        ]


async def later(stage: Stage, **time: float) -> None:
    await stage.move_to(stage.world.now() + timedelta(**time))
    await stage.settled()
    with database.transaction(stage.app.engine) as session:
        retention.sweep(session, stage.app.clock.now())


async def test_strangers_are_deleted(stage: Stage) -> None:
    stranger = await stage.phone(STRANGER)
    await stranger.send("hola")
    await stranger.wait_for("de uso interno")
    await stranger.send("/start NOESNADA")
    await stranger.wait_for("de uso interno")
    await stage.settled()
    assert "stranger" in named(stage, str(STRANGER.telegram_id))
    await later(stage, days=31)
    await later(stage, minutes=1)
    assert named(stage, str(STRANGER.telegram_id)) == []
    with database.transaction(stage.app.engine) as session:
        assert session.get_one(CodeGuesses, 1).failures == 1  # only a count, without a person


def _expired(stage: Stage) -> bool:
    with database.transaction(stage.app.engine) as session:
        return any(row.expired_at is not None for row in session.exec(select(DraftRow)).all())


async def test_the_texts_of_cancelled_and_expired_cards_are_deleted(stage: Stage) -> None:
    ana, diego = await stage.enter(ANA), await stage.enter(DIEGO)
    await ana.send(SAID)
    await ana.tap("✖️ Cancelar", await ana.wait_for(lambda message: bool(message.rows)))
    await ana.wait_for("ancel")
    await diego.send(SAID)
    await diego.wait_for(lambda message: bool(message.rows))
    await stage.settled()
    assert "draft" in named(stage, "chitl Ventosa")
    await later(stage, days=20)  # after the close of its quarter
    await until(lambda: _expired(stage), "the card expired")
    await later(stage, days=16)
    assert "draft" in named(stage, "chitl Ventosa")  # the expired card, for 30 days
    await later(stage, days=31)
    assert named(stage, "chitl Ventosa") == []


async def test_a_person_without_role_for_a_month_is_named_in_the_person_table_only(stage: Stage) -> None:
    ana, card = await with_card(stage)
    await ana.send_photo(photographs.drawn(), reply_to=card.id)
    await fetched(stage)
    await registered(ana, card)
    await stage.enter(PALOMA)
    with database.transaction(stage.app.engine) as session:
        person = session.exec(select(Person).where(Person.telegram_id == ANA.telegram_id)).one()
        held = session.exec(select(Membership).where(Membership.person_id == person.id)).one()
        held.ended_at = stage.app.clock.now()
    await later(stage, days=29)
    assert "draft" in named(stage, f" {ANA.telegram_id},")
    await later(stage, days=32)
    await later(stage, minutes=1)
    assert named(stage, f" {ANA.telegram_id},", without=("person",)) == []
    with database.transaction(stage.app.engine) as session:
        evidence = session.exec(select(Evidence)).one()
        assert evidence.sha256 and evidence.activity_id and evidence.chat_id is None


@pytest.mark.parametrize("table", ["inbox", "outbox", "draft_message"])
async def test_a_table_that_cannot_be_swept_does_not_stop_the_others(stage: Stage, table: str) -> None:
    stranger, ana = await stage.phone(STRANGER), await stage.enter(ANA)
    await stranger.send("hola")
    await stranger.wait_for("de uso interno")
    await ana.send(SAID)
    await ana.settled()
    await ana.send("/cancelar")
    await ana.settled()
    refuse(stage.app.engine, table, "DELETE")
    await later(stage, days=31)
    assert named(stage, str(STRANGER.telegram_id), without=("inbox", "outbox")) == []
    allow(stage.app.engine, table)
    await later(stage, days=1)
    assert named(stage, str(STRANGER.telegram_id)) == []
