"""Kills while evidence is fetched.

Every file that an activity names is stored under its hash, and the store has no file that no row names.
"""

import asyncio
import hashlib
import os
import random
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import col, select

from local_telegram.world.traffic import Fault
from models.storage import database
from models.tables.evidence import Evidence
from tests.bot.evidence.evidence_stage import SAID, files
from tests.support.files import photographs
from tests.support.phones.stage import ANA, Stage
from tests.support.processes.killable_bot import AtCommit, KillableBot
from tests.support.waiting import until

PHOTOS = 6
KILLS = 8


def settings(stage: Stage) -> dict[str, Any]:
    return {
        "telegram_token": stage.world.token,
        "telegram_api_url": stage.server.url,
        "data_dir": str(stage.folder),
    }


def rows(engine: Engine) -> list[Evidence]:
    with database.transaction(engine) as session:
        return list(session.exec(select(Evidence).order_by(col(Evidence.id))).all())


async def kill_again_and_again(bot: KillableBot, stage: Stage, rng: random.Random) -> None:
    for _ in range(KILLS):
        if rng.random() < 0.4:
            stage.world.faults.plan(Fault("file", drop="after"))
        if rng.random() < 0.5:
            bot.start(AtCommit(rng.randint(6, 20), rng.choice(["before", "after"])))
            await bot.dies_itself(within=2)
        else:
            bot.start()
            await asyncio.sleep(rng.uniform(0.1, 1.2))
        await bot.die()
        stage.world.advance(20)  # until failed files are due again


async def test_every_file_is_there_after_kills_and_none_is_orphaned(tmp_path: Path) -> None:
    seed = int(os.environ.get("KILLS_SEED", "") or random.randrange(10**6))
    rng = random.Random(seed)
    async with Stage(tmp_path) as stage:
        ana = await stage.enter(ANA)
        await stage.settled()
        await stage.stop_bot()
        engine = database.connect(stage.settings().database)
        contents = [photographs.drawn(900 + number, 700) for number in range(PHOTOS)]
        async with KillableBot(settings(stage), tmp_path) as bot:
            await ana.send_album([(f"{each}.jpg", content) for each, content in enumerate(contents)], SAID)
            await kill_again_and_again(bot, stage, rng)
            bot.start()

            def are_fetched() -> bool:
                stage.world.advance(30)  # a file that failed four times waits ten minutes
                return sum(each.fetched_at is not None for each in rows(engine)) == PHOTOS

            await until(are_fetched, lambda: (seed, rows(engine)), every=0.05)
            found = rows(engine)
            assert len(found) == PHOTOS and all(each.fetched_at for each in found), (seed, found)
        for each in found:
            assert each.sha256 is not None and each.copy_sha256 is not None, seed
            for sha256 in (each.sha256, each.copy_sha256):
                content = stage.app.store.path(sha256).read_bytes()
                assert hashlib.sha256(content).hexdigest() == sha256, seed
        named = {name for each in found for name in (each.sha256, each.copy_sha256)}
        stage.world.advance(24 * 3600)
        await stage.start_bot()
        stage.app.store.tidy()  # the first sweep, hours after a start, deletes partly written files
        await until(lambda: files(stage) == named, seed)
        engine.dispose()
