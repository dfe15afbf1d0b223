"""No update is lost or handled twice, whatever fails."""

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select, update

from bot import schedule
from bot.telegram.incoming.offset import confirming
from local_telegram.phones import deeds
from local_telegram.world.traffic import Fault
from models.storage import audit, database
from models.tables.activity import Activity
from models.tables.chat.draft import DraftRow
from models.tables.chat.inbox import Inbox
from tests.handlers.activity_form.test_capture import stored, tap_through, to_card
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import ANA, PALOMA, SAUL, TERE, Stage
from tests.support.phones.updates import message
from tests.support.processes.killable_bot import KillableBot
from tests.support.waiting import until


@pytest.fixture(autouse=True)
def _quick_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retry failed updates often, and give up on a locked database soon."""
    monkeypatch.setattr(schedule, "RETRY_EVERY", 1)
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 50)


def inbox(stage: Stage) -> list[Inbox]:
    """Return every update that is not handled."""
    with database.transaction(stage.app.engine) as session:
        return list(session.exec(select(Inbox).where(col(Inbox.handled_at).is_(None))).all())


async def attempts(stage: Stage, number: int) -> None:
    """Wait until the only unhandled update was tried so many times."""
    await until(lambda: [row.attempts for row in inbox(stage)] == [number], lambda: inbox(stage))


def spoil(stage: Stage) -> dict[str, Any]:
    """Make the newest draft unreadable; return its content."""
    with database.transaction(stage.app.engine) as session:
        draft = session.exec(select(DraftRow).order_by(col(DraftRow.id).desc())).first()
        assert draft is not None
        content = draft.content
        session.execute(update(DraftRow).values(content={"claims": "not a list"}))
    return content


def mend(stage: Stage, content: dict[str, Any]) -> None:
    with database.transaction(stage.app.engine) as session:
        session.execute(update(DraftRow).values(content=content))


def data(message: Message, label: str) -> str:
    """Return the callback data of the button whose label begins so."""
    return next(each.data for each in message.buttons() if each.text.startswith(label) and each.data)


async def test_a_failing_update_delays_no_other_and_is_not_lost(stage: Stage) -> None:
    ana, tere, saul = [await stage.enter(part) for part in (ANA, TERE, SAUL)]
    paloma = await stage.enter(PALOMA)
    await ana.send("/registrar")
    await ana.wait_for("línea de acción")
    await stage.settled()
    await stage.stop_bot()
    content = spoil(stage)
    await tere.send("/ayuda")
    await ana.send("1")
    await saul.send("/ayuda")
    await stage.start_bot()
    for phone in (tere, saul):
        await phone.wait_for("Esto puedo hacer por usted")
    await stage.settled()
    assert [row.attempts for row in inbox(stage)] == [1]

    stage.world.advance(11)
    await attempts(stage, 2)
    stage.world.advance(30)
    await stage.clock_follows()
    (row,) = inbox(stage)
    assert row.attempts == 2 and row.retry_at is not None
    assert row.retry_at > stage.app.clock.now()  # the back-off is a minute now
    stage.world.advance(31)
    assert "Está a salvo" in (await ana.wait_for("falló")).text
    await paloma.wait_for("falló tres veces")
    await paloma.send("/estado")
    page = await paloma.wait_for("Mensajes apartados: 1")

    mend(stage, content)
    await paloma.tap("🔁 Reintentar", page)
    await paloma.wait_for("Mensajes apartados: ninguno")
    await ana.wait_for("actas")
    await stage.settled()
    assert inbox(stage) == []
    await paloma.forge(data(page, "🔁 Reintentar"), page)
    assert "ya no está vigente" in (await paloma.answer()).text
    asked = [message for message in await ana.messages() if "cantidad de actas" in message.text]
    assert len(asked) == 1


async def test_an_update_that_fails_once_is_handled_by_the_next_attempt(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await to_card(ana)
    content = spoil(stage)
    await ana.tap("✅ Registrar")
    await attempts(stage, 1)
    assert stored(stage) == []
    mend(stage, content)
    stage.world.advance(11)
    await ana.wait_for("Registrada")
    await stage.settled()
    assert inbox(stage) == []
    assert len(stored(stage)) == 1


async def test_redelivered_updates_change_nothing(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await to_card(ana)
    await stage.settled()
    await stage.stop_bot()
    await ana.tap("✅ Registrar")
    await ana.send("/ayuda")
    brought = list(stage.world.updates._waiting)
    await stage.start_bot()
    await ana.wait_for("Esto puedo hacer por usted")
    await stage.settled()
    seen = len(await ana.messages())
    stage.world.updates._waiting.extend([*brought, *brought])
    stage.world.updates.bell.ring()
    await stage.settled()
    assert len(await ana.messages()) == seen
    assert len(stored(stage)) == 1
    await ana.send("/ayuda")
    await ana.wait_for("Esto puedo hacer por usted")


async def test_a_poll_whose_response_is_lost_returns_the_same_updates_again(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await stage.settled()
    stage.world.faults.plan(Fault("getUpdates", drop="after"))
    stage.world.advance(1)  # ends the pending poll, so that the next one meets the fault
    await ana.send("/registrar")
    await ana.wait_for("línea de acción")


async def test_a_database_that_cannot_be_written_acknowledges_nothing(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await to_card(ana)
    await stage.settled()
    with closing(sqlite3.connect(stage.folder / "avance.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await ana.tap("✅ Registrar")
        await stage.polls()
        assert len(stage.world.updates) == 1
        other.execute("ROLLBACK")
    await ana.wait_for("Registrada")
    await stage.settled()
    assert len(stored(stage)) == 1
    assert inbox(stage) == []


async def test_a_full_disk_loses_nothing(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await to_card(ana)
    await stage.settled()
    shown = len(await ana.messages())
    limit_pages(stage.app.engine, "(SELECT page_count FROM pragma_page_count)")
    for _ in range(50):  # at once, so that they come in one batch
        deeds.write(stage.world, ANA.telegram_id, "/registrar")
    await stage.polls()
    assert len(stage.world.updates) > 0
    limit_pages(stage.app.engine, "100000")
    await stage.settled()
    assert len(await ana.messages()) == shown + 100
    assert inbox(stage) == []


def limit_pages(engine: Engine, pages: str) -> None:
    """Limit the pages of the file that the bot's own connection may fill."""
    with engine.connect() as connection:
        wanted = connection.exec_driver_sql(f"SELECT {pages}").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={wanted}")


async def test_the_second_process_waits_and_takes_over(database_url: str, tmp_path: Path) -> None:
    async with Stage(tmp_path, database_url) as stage:
        ana = await stage.enter(ANA)
        await stage.settled()
        await stage.stop_bot()
        settings = {
            "telegram_token": stage.world.token,
            "telegram_api_url": stage.server.url,
            "database_url": database_url,
            "data_dir": str(tmp_path),
        }
        async with KillableBot(settings, tmp_path) as first, KillableBot(settings, tmp_path) as second:
            first.start()
            await answered(ana)
            second.start()
            await _logged(tmp_path, "Another process works with this database")
            await answered(ana)
            await first.die()
            await answered(ana)
            assert second.alive
        assert "Another program polls" not in (tmp_path / "bot.log").read_text()


async def answered(phone: Phone) -> None:
    await phone.send("/ayuda")
    await phone.wait_for("Esto puedo hacer por usted")


async def _logged(folder: Path, words: str) -> None:
    log = folder / "bot.log"
    await until(lambda: words in log.read_text(), log.read_text)


async def test_two_devices_of_one_person_register_once(stage: Stage) -> None:
    telephone = await stage.enter(ANA)
    await to_card(telephone)
    async with Phone(stage.server, ANA.telegram_id, ANA.name) as computer:
        card = await computer.last()
        register, edit = data(card, "✅ Registrar"), data(card, "Día")
        await asyncio.gather(telephone.forge(register, card), computer.forge(register, card))
        await telephone.wait_for("Registrada")
        await stage.settled()
        answers = [await telephone.answer(), await computer.answer()]
        assert any("ya quedó registrada" in answer.text for answer in answers)
        await computer.forge(edit, card)
        assert "ya quedó registrada" in (await computer.answer()).text
    assert len(stored(stage)) == 1


async def test_the_second_device_with_an_old_question_is_shown_the_open_one(stage: Stage) -> None:
    telephone = await stage.enter(ANA)
    await telephone.send("/registrar")
    old = await telephone.wait_for("línea de acción")
    await tap_through(telephone, "2 · ", "1")
    async with Phone(stage.server, ANA.telegram_id, ANA.name) as computer:
        await computer.forge(data(old, "1 · "), old)
        assert "ya no está vigente" in (await computer.answer()).text
        assert "¿Qué día fue?" in (await computer.last()).text
        await computer.tap("Ayer")
        await computer.wait_for("qué se hizo")


async def test_an_activity_is_captured_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    async with Stage(tmp_path, postgres_url) as stage:
        ana = await stage.enter(ANA)
        await to_card(ana, "Se celebró la sesión; «así» & <b>así</b> 👍")
        await ana.tap("✅ Registrar")
        await ana.wait_for("Registrada")
        assert [each.narrative for each in stored(stage)] == ["Se celebró la sesión; «así» & <b>así</b> 👍"]
        await ana.tap("↩️ Deshacer")
        await ana.wait_for("quedó deshecha")
        await ana.send("/avance")
        await ana.wait_for("Dirección Jurídica")
        await stage.settled()
        with database.transaction(stage.app.engine) as session:
            activity = session.exec(select(Activity)).one()
            assert activity.withdrawn_at is not None
            assert audit.verify(session).broken_at is None
        assert inbox(stage) == []


async def test_update_ids_may_start_anew(tmp_path: Path) -> None:
    """After a quiet week the next update's number is any number (Bot API, `Update.update_id`)."""
    async with Stage(tmp_path, first_update_id=1_000_000) as stage:
        ana = await stage.enter(ANA)
        await stage.settled()
        stage.world.updates._next_id = 500
        await ana.send("/ayuda")
        await ana.wait_for("puedo hacer por usted")
        await stage.settled()
        await stage.stop_bot()
        stage.world.updates._next_id = 200
        await ana.send("/ayuda")
        await stage.start_bot()
        await ana.wait_for("puedo hacer por usted")


async def test_an_invalid_update_is_ignored(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    await stage.settled()
    shown = len(await paloma.messages())
    with stage.world.lock:
        broken = {"message_id": 1, "from": {"id": ANA.telegram_id}, "text": "x"}  # no chat, no date
        stage.world.updates.add("message", ANA.telegram_id, broken, stage.world.now())
    await stage.settled()
    assert inbox(stage) == []
    assert len(await paloma.messages()) == shown


@pytest.mark.parametrize(
    "odd",
    [b"9" * 5000, b"[" * 960 + b"]" * 960, b'{"]\\"":[' * 4000 + b"0" + b"]}" * 4000],
    ids=["a number of 5,000 digits", "960 levels", "8,000 levels"],
)
@pytest.mark.parametrize("form", [b'{"update_id":900,"message":%s}', b'{"update_id":%s}', b"%s"])
async def test_unparsable_updates_do_not_stop_polling(stage: Stage, odd: bytes, form: bytes) -> None:
    ana = await stage.enter(ANA)
    asked = json.dumps({"update_id": 901, "message": message(ANA.telegram_id, {"text": "/ayuda"})})
    body = b'{"ok":true,"result":[%s,%s]}' % (form % odd, asked.encode())
    stage.world.faults.plan(Fault("getUpdates", times=2, status=200, body=body))
    await ana.send("/estado")  # ends the poll that waits
    await ana.wait_for("Esto puedo hacer por usted")
    await stage.settled()
    said = [each.text for each in await ana.messages() if each.from_bot and "Esto puedo" in each.text]
    assert len(said) == 1


async def test_a_negative_update_id_confirms_no_unseen_update(stage: Stage) -> None:
    assert confirming([{"update_id": -5}]) == confirming([{"update_id": -1}]) == 0
    assert confirming([{"update_id": -5}, {"update_id": 0}, {"update_id": True}]) == 1


async def test_a_refused_offset_is_not_used_again(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    body = b'{"ok":true,"result":[{"update_id":%d}]}' % 10**30
    stage.world.faults.plan(Fault("getUpdates", status=200, body=body))
    stage.world.faults.plan(Fault("getUpdates", status=400, description="Bad Request: wrong offset"))
    stage.world.advance(1)
    await ana.send("/ayuda")
    await ana.wait_for("puedo hacer por usted")


@pytest.mark.parametrize(("status", "words"), [(401, "Unauthorized"), (404, "Not Found")])
async def test_a_server_that_denies_the_token_once_does_not_end_the_bot(
    stage: Stage, status: int, words: str
) -> None:
    ana = await stage.enter(ANA)
    stage.world.faults.plan(Fault("getUpdates", times=2, status=status, description=words))
    stage.world.advance(1)
    await ana.send("/ayuda")
    await ana.wait_for("Esto puedo hacer por usted")
