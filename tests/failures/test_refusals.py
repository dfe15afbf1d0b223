"""A row that the database refuses rolls back one update, which is kept; everybody else is answered."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import SQLModel, col, select

from bot import schedule
from local_telegram.phones import deeds
from local_telegram.world.files import Upload
from models.storage import audit, database
from models.tables.chat.inbox import Inbox
from models.tables.evidence import Evidence
from tests.support.database.refusing_table import allow, refuse
from tests.support.files import photographs
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import ANA, DIEGO, PALOMA, SAUL, TERE, Stage
from tests.support.waiting import until


@pytest.fixture(autouse=True)
def _quick_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "RETRY_EVERY", 0.1)


@pytest.fixture
async def running_bot(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """The running bot on each engine."""
    async with Stage(tmp_path, database_url) as stage:
        yield stage


def unhandled(stage: Stage) -> list[Inbox]:
    with database.transaction(stage.app.engine) as session:
        return list(session.exec(select(Inbox).where(col(Inbox.handled_at).is_(None))).all())


async def handled(stage: Stage) -> None:
    """Wait until every failed update was retried successfully."""
    await until(
        lambda: not unhandled(stage), lambda: [(each.update_id, each.error) for each in unhandled(stage)]
    )


async def _is_answered(phone: Phone, seen: int) -> bool:
    """Return whether the help was sent more than so many times."""
    return len([each for each in await phone.messages() if "puedo hacer" in each.text]) > seen


def only_others(stage: Stage, table: str) -> str:
    """Return the SQL condition that the row is not about Tere, who only asks for help."""
    columns = SQLModel.metadata.tables[table].columns
    if table == "inbox":
        return f"NEW.update_id = {stage.world.updates._next_id + 4}"  # the stranger's, which is dropped
    return f"NEW.chat_id <> {TERE.telegram_id}" if "chat_id" in columns else ""


async def card_of(phone: Phone) -> Message:
    await phone.send("Hoy 1 acta de la primera sesión")
    return await phone.wait_for("Por registrar")


def do_many_things(stage: Stage, card: Message, code: str, number: int) -> None:
    """Send one batch: a registration, a file, an order, a code, a stranger, and Tere's /ayuda."""
    world = stage.world
    register = next(each.data for each in card.buttons() if each.text == "✅ Registrar")
    assert register is not None
    world.add_person(2000 + number, "Nueva")
    world.add_person(3000 + number, "Desconocida")
    deeds.tap(world, ANA.telegram_id, card.id, register)
    photo = Upload("a.jpg", photographs.drawn(60 + number, 50))
    deeds.send_files(world, DIEGO.telegram_id, [photo], kind="photo", caption="Hoy 1 acta de otra sesión")
    deeds.write(world, DIEGO.telegram_id, "/informe")
    deeds.write(world, 2000 + number, f"/start {code}")
    deeds.write(world, 3000 + number, "hola")
    deeds.write(world, TERE.telegram_id, "/ayuda")


@pytest.mark.parametrize("what", ["INSERT", "UPDATE"])
async def test_a_refused_row_of_any_table_does_not_delay_others(running_bot: Stage, what: str) -> None:
    """Each table in turn refuses rows while several people do things in one batch."""
    stage = running_bot
    ana, tere, _ = [await stage.enter(part) for part in (ANA, TERE, DIEGO)]
    paloma = await stage.enter(PALOMA)
    failed = set()
    for number, table in enumerate(sorted(SQLModel.metadata.tables)):
        card, code = await card_of(ana), stage.invite(SAUL)
        await stage.settled()
        seen = len([each for each in await tere.messages() if "puedo hacer" in each.text])
        refuse(stage.app.engine, table, what, only_others(stage, table))
        do_many_things(stage, card, code, number)
        await until(partial(_is_answered, tere, seen), f"Tere answered while {table} refused")
        await until(lambda: not len(stage.world.updates))
        if unhandled(stage):
            failed.add(table)
        allow(stage.app.engine, table)
        stage.world.advance(11)
        await handled(stage)
    if what == "INSERT":  # every listed table is written to
        assert failed >= {"activity", "audit", "draft", "entry", "evidence", "outbox", "person", "stranger"}
    await paloma.send("/estado")
    await paloma.wait_for("Mensajes apartados: ninguno")
    with database.transaction(stage.app.engine) as session:
        assert audit.verify(session).broken_at is None


async def test_the_sender_of_an_update_that_cannot_be_stored_is_told(running_bot: Stage) -> None:
    stage = running_bot
    ana, paloma = await stage.enter(ANA), await stage.enter(PALOMA)
    await stage.settled()
    refuse(stage.app.engine, "inbox", when=f"NEW.update_id = {stage.world.updates._next_id}")
    await ana.send("Hoy 1 acta de la primera sesión")
    await ana.wait_for("Envíelo otra vez")
    await paloma.wait_for("no se pudo guardar")
    await ana.send("Hoy 1 acta de la primera sesión")
    await ana.wait_for("Por registrar")


async def test_a_name_with_a_zero_byte_works(running_bot: Stage) -> None:
    stage = running_bot
    ana = await stage.enter(ANA)
    await stage.settled()
    card = await card_of(ana)
    file = {"file_id": "BQACAgEAAx", "file_unique_id": "x", "file_name": "Oficio\x00 12.pdf", "file_size": 60}
    said = {"message_id": 900, "date": int(stage.world.now().timestamp()), "document": file}
    person = stage.world.person(ANA.telegram_id).user
    said |= {"from": {**person, "first_name": "Ana\x00"}, "chat": {"id": ana.user_id, "type": "private"}}
    said["reply_to_message"] = {"message_id": card.id, "from": stage.world.bot, "text": "x\x00"}
    with stage.world.lock:
        stage.world.updates.add("message", ana.user_id, said, stage.world.now())
    await stage.settled()
    assert unhandled(stage) == []
    with database.transaction(stage.app.engine) as session:
        assert session.exec(select(Evidence.name)).all() == ["Oficio 12.pdf"]


async def test_an_update_whose_failure_cannot_be_stored_does_not_stop_other_retries(
    running_bot: Stage,
) -> None:
    stage = running_bot
    ana, tere = await stage.enter(ANA), await stage.enter(TERE)
    await stage.settled()
    number = stage.world.updates._next_id
    refuse(stage.app.engine, "draft")
    await ana.send("Hoy 1 acta de la primera sesión")
    await tere.send("Hoy 2 solicitudes de información atendidas")
    await until(lambda: len(unhandled(stage)) >= 2)
    allow(stage.app.engine, "draft")
    refuse(stage.app.engine, "inbox", "UPDATE", f"NEW.update_id = {number}")
    stage.world.advance(11)
    await tere.wait_for("Por registrar")
    assert [each.update_id for each in unhandled(stage)] == [number]
