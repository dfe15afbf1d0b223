"""How the program ends: in order when asked, and at once when it loses the lock."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from bot.storage.single_instance import LockLost
from local_telegram.server import LocalTelegram
from local_telegram.world.world import World
from models.storage import database
from models.tables.chat.outbox import Outbox
from tests.support.phones.stage import ANA, MORNING, Stage
from tests.support.waiting import PATIENCE

ROOT = Path(__file__).parents[2]


async def test_sigterm_ends_the_bot_in_order(tmp_path: Path) -> None:
    async with LocalTelegram(World(MORNING)) as server:
        environment = {
            **os.environ,
            "TELEGRAM_TOKEN": server.world.token,
            "TELEGRAM_API_URL": server.url,
            "DATA_DIR": str(tmp_path),
        }
        bot = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=ROOT, env=environment, stderr=asyncio.subprocess.PIPE
        )
        assert bot.stderr is not None
        async with asyncio.timeout(PATIENCE):
            while b"Avance answers" not in await bot.stderr.readline():
                pass
            bot.send_signal(signal.SIGTERM)
            _, rest = await bot.communicate()
        assert bot.returncode == 0
        assert b"error" not in rest.lower()


async def test_a_program_that_loses_the_lock_stops_before_the_next_batch(
    tmp_path: Path, postgres_url: str
) -> None:
    async with Stage(tmp_path, postgres_url) as stage:
        ana = await stage.enter(ANA)
        await stage.settled()
        with stage.app.engine.connect() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_locks "
                    "WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
                )
            )
        await ana.send("/ayuda")
        with pytest.raises(LockLost):
            await asyncio.wait_for(asyncio.shield(stage.app.polling), PATIENCE)
        with database.transaction(stage.app.engine) as session:
            said = session.exec(select(Outbox.method).where(col(Outbox.sent_at).is_(None))).all()
        assert said == []
        assert stage.world.updates.count() == 1
