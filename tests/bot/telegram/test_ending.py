"""An orderly shutdown repeats nothing: running calls are awaited and recorded."""

import asyncio
import os
import signal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from bot.telegram.outgoing import delivery
from local_telegram.server import LocalTelegram
from local_telegram.world.world import World
from models.operations import migrating
from models.storage import database, outbox
from models.storage.outbox import OutgoingCall
from tests.bot.telegram.outbox_stage import people, rows, say, settled_rows, shown
from tests.bot.telegram.outbox_stage import text as words
from tests.support.phones.stage import MORNING, Stage
from tests.support.processes.killable_bot import KillableBot
from tests.support.waiting import PATIENCE, until

CHAT = 1001
ROUNDS = 4  # each a start of the whole program


def message(number: int) -> OutgoingCall:
    """Return a text and a document in turn."""
    payload: dict[str, Any] = {"chat_id": CHAT}
    if number % 2:
        file = {"base64": "aG9sYQ==", "name": f"{number}.pdf"}
        return OutgoingCall(CHAT, "sendDocument", payload | {"document": file}, MORNING)
    return OutgoingCall(CHAT, "sendMessage", payload | {"text": f"n.º {number}"}, MORNING)


def _unsent(engine: Engine) -> int:
    with database.transaction(engine) as session:
        return len(outbox.unsent(session, [CHAT], broadcast=False, limit=100))


def _begun(world: World) -> int:
    """Return how many messages and documents were begun to be sent."""
    return world.begun["sendMessage"] + world.begun["sendDocument"]


def _has_begun(world: World, before: int) -> bool:
    return _begun(world) > before


async def test_sigterm_during_a_send_does_not_repeat_the_message(tmp_path: Path) -> None:
    world = World(MORNING, delay=0.5)
    world.add_person(CHAT, "Ana").standing = "member"
    engine = database.connect(f"sqlite:///{tmp_path / 'avance.db'}")
    migrating.migrate(engine)
    async with LocalTelegram(world) as server:
        settings = {"telegram_token": world.token, "telegram_api_url": server.url, "data_dir": tmp_path}
        for number in range(ROUNDS):
            with database.transaction(engine) as session:
                outbox.enqueue(session, message(number))
            begun = _begun(world)
            async with KillableBot(settings, tmp_path) as bot:
                bot.start_plainly()
                await until(partial(_has_begun, world, begun))
                os.kill(bot.pid, signal.SIGTERM)
                assert await bot.dies_itself()
            assert _unsent(engine) == 0
    assert len(world.chats[CHAT].messages) == ROUNDS
    assert "Traceback" not in (tmp_path / "bot.log").read_text()
    engine.dispose()


async def test_shutdown_awaits_running_calls_and_starts_none(stage: Stage) -> None:
    """Many times in this process: several chats, several rows each."""
    chats = people(stage, 5)
    stage.world.delay = 0.02
    for number in range(30):
        say(stage, *(words(chat, f"{number}.{place}") for chat in chats for place in range(3)))
        await asyncio.sleep(0.003 * (number % 12))
        await stage.stop_bot()
        begun = stage.world.begun["sendMessage"]
        await stage.wire_is_read()
        assert stage.world.begun["sendMessage"] == begun
        await stage.start_bot()
    await settled_rows(stage)
    expected = [f"{number}.{place}" for number in range(30) for place in range(3)]
    assert all(shown(stage, chat) == expected for chat in chats)


async def test_shutdown_waits_a_limited_time(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "AT_THE_END", 0.05)
    (chat,) = people(stage, 1)
    stage.world.delay = 2 * PATIENCE
    begun = stage.world.begun["sendMessage"]
    say(stage, words(chat, "hola"))
    await until(lambda: stage.world.begun["sendMessage"] > begun)
    async with asyncio.timeout(PATIENCE):
        await stage.stop_bot()
    stage.world.delay = 0
    await stage.start_bot()
    assert (await settled_rows(stage))[0].sent_at


async def test_shutdown_with_a_locked_database_logs_one_line(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (chat,) = people(stage, 1)
    stage.world.delay = 0.2
    begun = stage.world.begun["sendMessage"]
    say(stage, words(chat, "hola"))
    await until(lambda: stage.world.begun["sendMessage"] > begun)
    monkeypatch.setattr(delivery, "MARK_EVERY", 60)
    with stage.app.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=50")
    other = database.connect(stage.settings().database)
    with other.begin() as lock:
        lock.execute(text("SELECT 1"))
        await stage.delivery.stop()
    other.dispose()
    told = [each for each in caplog.records if each.name == "bot.telegram.outgoing.delivery"]
    assert len(told) == 1 and "could not be written" in told[0].message and not told[0].exc_info
    assert [row.sent_at for row in rows(stage)] != [None]
