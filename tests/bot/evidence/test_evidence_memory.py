"""A large file is never whole in the bot's memory, neither when received nor when sent."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func
from sqlmodel import col, select

from models.storage import database, outbox
from models.storage.outbox import OutgoingCall
from models.tables.evidence import Evidence
from tests.bot.evidence.evidence_stage import with_card
from tests.support.phones.phone import Message
from tests.support.phones.stage import MORNING, Stage
from tests.support.processes.killable_bot import KillableBot
from tests.support.waiting import until

MEGABYTE = 1024 * 1024
LARGE = b"%PDF-1.7" + random.Random(3).randbytes(20 * MEGABYTE - 8)


def peak(process: int) -> int:
    """Return the most memory that the process ever had, in bytes."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024


async def kept(engine: Engine, number: int) -> None:
    """Wait until so many files are in the store."""

    def fetched() -> int:
        with database.transaction(engine) as session:
            return session.exec(select(func.count()).where(col(Evidence.fetched_at).is_not(None))).one()

    await until(lambda: fetched() == number, lambda: f"{fetched()} of {number} files were fetched")


def of_size(size: int) -> Callable[[Message], bool]:
    return lambda shown: shown.media is not None and shown.media.size == size


def settings(stage: Stage) -> dict[str, Any]:
    return {
        "telegram_token": stage.world.token,
        "telegram_api_url": stage.server.url,
        "data_dir": str(stage.folder),
    }


async def test_receiving_a_large_file_does_not_hold_it_in_memory(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        ana, card = await with_card(stage)
        await stage.stop_bot()
        engine = database.connect(stage.settings().database)
        async with KillableBot(settings(stage), tmp_path) as bot:
            bot.start()
            await ana.send_file("chica.pdf", b"%PDF-1.7" + bytes(1000), reply_to=card.id)
            await kept(engine, 1)
            before = peak(bot.pid)
            await ana.send_file("grande.pdf", LARGE, reply_to=card.id)
            await kept(engine, 2)
            assert peak(bot.pid) - before < 6 * MEGABYTE
        engine.dispose()


async def test_sending_a_large_file_does_not_hold_it_in_memory(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        ana, _ = await with_card(stage)
        await stage.stop_bot()
        peaks = []
        for content in (b"%PDF-1.7", LARGE):
            with stage.app.store.arriving() as arriving:
                arriving.write(content)
                sha256 = stage.app.store.keep(arriving, MORNING)
            payload = {"chat_id": ana.user_id, "document": {"evidence": sha256, "name": "acta.pdf"}}
            with database.transaction(stage.app.engine) as session:
                outbox.enqueue(session, OutgoingCall(ana.user_id, "sendDocument", payload, MORNING))
            async with KillableBot(settings(stage), tmp_path) as bot:
                bot.start()
                await ana.wait_for(of_size(len(content)))
                peaks.append(peak(bot.pid))
        assert peaks[1] - peaks[0] < 6 * MEGABYTE
