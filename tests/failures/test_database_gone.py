"""The database file is deleted, replaced or locked while the bot runs."""

import asyncio
import logging
import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, event

from bot import app, schedule
from bot.telegram.incoming import apology, reception
from bot.telegram.outgoing import delivery
from models.storage.sqlite_file.file_identity import DatabaseGone
from tests.handlers.activity_form.test_capture import stored, to_card
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, SAUL, TERE, Stage
from tests.support.processes.killable_bot import KillableBot
from tests.support.waiting import PATIENCE


def replaced(path: Path) -> None:
    """Replace the file with another one of the same content."""
    copy = path.with_name("copy")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)


@pytest.mark.parametrize("what", ["deleted", "replaced", "log deleted", "cut", "emptied"])
async def test_updates_are_not_confirmed_if_the_database_file_is_lost(stage: Stage, what: str) -> None:
    ana = await stage.enter(ANA)
    await to_card(ana)
    await stage.settled()
    seen = len(await ana.messages())
    file = stage.folder / "avance.db"
    if what == "replaced":
        replaced(file)
    elif what in ("cut", "emptied"):
        os.truncate(file, file.stat().st_size // 2 if what == "cut" else 0)
    else:
        Path(f"{file}-wal" if what == "log deleted" else file).unlink()
    await ana.tap("✅ Registrar")
    with pytest.raises(DatabaseGone, match="while Avance worked with it"):
        await asyncio.wait_for(stage.app.polling, PATIENCE)
    assert len(stage.world.updates) == 1
    assert len(await ana.messages()) == seen


async def running_plainly(bot: KillableBot, ana: Phone) -> None:
    """Run `python -m bot run`."""
    bot.start_plainly()
    await ana.send("/ayuda")
    await ana.wait_for("puedo hacer por usted")


def of(stage: Stage) -> dict[str, str]:
    return {
        "telegram_token": stage.world.token,
        "telegram_api_url": stage.server.url,
        "database_url": f"sqlite:///{stage.folder / 'avance.db'}",
        "data_dir": str(stage.folder),
    }


async def test_the_program_ends_with_one_line(tmp_path: Path) -> None:
    async with Stage(tmp_path / "stage") as stage, KillableBot(of(stage), tmp_path) as bot:
        ana = await stage.enter(ANA)
        await stage.settled()
        await stage.stop_bot()
        await running_plainly(bot, ana)
        (stage.folder / "avance.db").unlink()
        assert await bot.dies_itself()
    said = (tmp_path / "bot.log").read_text()
    assert "error: " in said and "was deleted or replaced while Avance worked with it" in said
    assert "Traceback" not in said


async def test_a_locked_database_is_logged_once_and_the_sender_is_told(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(apology, "AFTER", 0.5)
    monkeypatch.setattr(reception, "AWAY", 0.2)
    monkeypatch.setattr(schedule, "RETRY_EVERY", 0.1)
    ana, tere = await stage.enter(ANA), await stage.enter(TERE)
    stranger = await stage.phone(SAUL)
    await to_card(ana)
    await stage.settled()
    await stage.stop_bot()
    await stage.start_bot()  # with short waits
    await stage.settled()
    caplog.clear()
    with locked(stage.folder / "avance.db"):
        await ana.tap("✅ Registrar")
        await tere.send("Hoy 2 solicitudes atendidas")
        await stranger.send("hola")
        for phone in (ana, tere):
            await phone.wait_for("No se pierde")
        await tere.send("¿Sigue ahí?")
        await stage.polls()
        await stage.wire_is_read()
        assert len(stage.world.updates) == 4
    await ana.wait_for("Registrada")
    await stage.settled()
    assert len(stored(stage)) == 1
    told = [each for each in await tere.messages() if "No se pierde" in each.text]
    assert len(told) == 1
    assert not [each for each in await stranger.messages() if "No se pierde" in each.text]
    warned = [each for each in caplog.records if each.levelno >= logging.WARNING]
    assert [each.getMessage().partition(";")[0] for each in warned] == [
        "Another process holds the database's lock"
    ]
    assert not any(each.exc_info for each in caplog.records)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the write lock from another process."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


async def test_shutdown_with_a_locked_database_is_short_and_without_traceback(tmp_path: Path) -> None:
    async with Stage(tmp_path / "stage") as stage, KillableBot(of(stage), tmp_path) as bot:
        ana = await stage.enter(ANA)
        await stage.settled()
        await stage.stop_bot()
        await running_plainly(bot, ana)
        with locked(stage.folder / "avance.db"):
            await ana.send("/ayuda")
            await stage.polls()  # the first brought it in vain
            os.kill(bot.pid, signal.SIGTERM)
            assert await bot.dies_itself()
    assert "Traceback" not in (tmp_path / "bot.log").read_text()


async def test_shutdown_with_a_locked_database_waits_for_the_lock_once(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ana = await stage.enter(ANA)
    await stage.settled()
    await stage.stop_bot()
    monkeypatch.setattr(delivery, "MARK_EVERY", 600)  # what was sent is written at the end
    await stage.start_bot()
    await ana.send("/ayuda")
    await ana.wait_for("puedo hacer por usted")
    waits: list[int] = []

    @event.listens_for(stage.app.engine, "before_cursor_execute")
    def _note(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("BEGIN IMMEDIATE"):
            cursor = connection.connection.cursor()
            waits.append(cursor.execute("PRAGMA busy_timeout").fetchone()[0])

    with locked(stage.folder / "avance.db"):
        await stage.stop_bot()
    assert "What became of 1 messages could not be written" in caplog.text
    assert 0 < sum(waits) <= app.PATIENCE_MS
