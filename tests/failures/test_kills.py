"""People capture while the bot is killed again and again.

The bot is a process of its own and ends by SIGKILL: at random moments, just before and after commits, between
Telegram's accepting a message and the bot's recording it, and between storing a file and recording it. A
failure prints the seed; `KILLS_SEED` repeats it.
"""

import asyncio
import os
import random
import sys
from collections.abc import Callable, Collection, Sequence
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from bot.clock import Clock
from bot.evidence.sweeping import Sweeper
from bot.storage.store import Store
from local_telegram.world.traffic import Fault
from models.storage import database
from tests.support.persistent_people.clerk import Clerk
from tests.support.phones.stage import ANA, Stage
from tests.support.phones.webhook import hooked
from tests.support.processes import consistency, restarts
from tests.support.processes.killable_bot import AtCommit, AtFile, KillableBot
from tests.support.waiting import until

# Those of a start that finds its tables: migration, programme, delivery, evidence, cards, sweep, heartbeat.
START_COMMITS = 7
LIVES_EVERY = 4  # kills after which a process lives until somebody has finished an activity


async def test_twenty_five_kills_lose_nothing(tmp_path: Path) -> None:
    await survive(tmp_path, "", kills=25)


@pytest.mark.long
@pytest.mark.timeout(600)
async def test_kills_of_a_bot_with_a_webhook_lose_nothing(tmp_path: Path) -> None:
    await survive(tmp_path, "", kills=25, chosen=hooked())


@pytest.mark.parametrize("shown", [2, 4])
async def test_a_kill_repeats_at_most_one_of_several_replies_in_a_chat(tmp_path: Path, shown: int) -> None:
    async with Stage(tmp_path) as stage:
        ana = await stage.enter(ANA)
        await stage.settled()
        await stage.stop_bot()
        for _ in range(5):
            await ana.send("/ayuda")
        before = len(await ana.messages())
        engine = database.connect(stage.settings().database)
        async with KillableBot(restarts.settings(stage), tmp_path) as bot:
            bot.start()
            while len(await ana.messages()) < before + shown:
                await asyncio.sleep(0)
            await bot.die()
            bot.start()
            await restarts.rest(stage, engine)
        engine.dispose()
        replies = len(await ana.messages()) - before
        assert 5 <= replies <= 6


@pytest.mark.long
@pytest.mark.timeout(1200)
async def test_two_hundred_kills_lose_nothing(tmp_path: Path) -> None:
    await survive(tmp_path, "", kills=200)


@pytest.mark.long
@pytest.mark.timeout(600)
async def test_kills_on_postgresql_lose_nothing(tmp_path: Path, postgres_url: str) -> None:
    await survive(tmp_path, postgres_url, kills=25)


async def survive(folder: Path, database_url: str, kills: int, chosen: dict[str, Any] | None = None) -> None:
    seed = int(os.environ.get("KILLS_SEED", 0)) or random.randrange(1, 10**9)
    print(f"KILLS_SEED={seed}")  # noqa: T201, shown when the test fails
    rng = random.Random(seed)
    async with Stage(folder, database_url, chosen=chosen) as stage, AsyncExitStack() as exits:
        clerks = [Clerk(await stage.enter(part), random.Random(rng.random())) for part in restarts.CAST]
        await stage.settled()
        await stage.stop_bot()
        engine = database.connect(stage.settings().database)
        exits.callback(engine.dispose)
        async with asyncio.TaskGroup() as living:
            for clerk in clerks:
                living.create_task(clerk.live())
            bot = await exits.enter_async_context(KillableBot(restarts.settings(stage), folder))
            await _kill_again_and_again(bot, stage, engine, clerks, rng, kills)
            stage.world.faults.clear()
            bot.start()
            await until(lambda: _registered(clerks) >= len(clerks), "enough activities registered")
            for clerk in clerks:
                clerk.stop()
        await restarts.rest(stage, engine)
        await _later(bot, stage, hours=1)
        await _until_none(engine, consistency.due)
        await restarts.rest(stage, engine)
        await restarts.check(stage, engine, clerks)
        await _later(bot, stage, hours=25)
        await _until_none(engine, consistency.unregistered)
        await bot.die()
        await _put_aside_what_no_row_names(stage, engine)
        consistency.check_log(folder / "bot.log")


def _registered(clerks: Sequence[Clerk]) -> int:
    return sum(work.registered is not None for clerk in clerks for work in clerk.works)


async def _kill_again_and_again(
    bot: KillableBot, stage: Stage, engine: Engine, clerks: Sequence[Clerk], rng: random.Random, kills: int
) -> None:
    """Kill each process in another way.

    Afterwards no chat may have more than one message that will be repeated. Now and then one lives on, since
    on a busy machine the others may be killed before they have done anything.
    """
    surplus = restarts.surplus(stage, engine)
    deaths: list[Callable[[], Any]] = [
        lambda: _at_random(bot, rng),
        lambda: _at_a_commit(bot, rng),
        lambda: _with_a_file(bot, rng),
        lambda: _at_a_commit(bot, rng),
        lambda: _between_send_and_mark(bot, stage),
        lambda: _at_a_commit_of_evidence(bot, rng),
    ]
    for number in range(kills):
        _hinder(stage, rng)
        if number % LIVES_EVERY == LIVES_EVERY - 1:
            await _until_somebody_finished(bot, clerks)
        elif number % 15 == 14:
            await _plainly_at_random(bot, rng)
        else:
            await deaths[number % len(deaths)]()
        await bot.die()
        await stage.wire_is_read()  # what the killed process had sent
        before, surplus = surplus, restarts.surplus(stage, engine)
        grown = {chat: count - before[chat] for chat, count in surplus.items()}
        assert max(grown.values()) <= 1, f"kill {number}: more than one repetition: {grown}"


async def _until_somebody_finished(bot: KillableBot, clerks: Sequence[Clerk]) -> None:
    before = sum(len(clerk.works) for clerk in clerks)
    bot.start()
    await until(lambda: sum(len(clerk.works) for clerk in clerks) > before, "an activity finished")


async def _at_random(bot: KillableBot, rng: random.Random) -> None:
    bot.start()
    await asyncio.sleep(rng.uniform(0.05, 1.0))


async def _plainly_at_random(bot: KillableBot, rng: random.Random) -> None:
    bot.start_plainly()
    await asyncio.sleep(rng.uniform(1.0, 2.0))


async def _at_a_commit(bot: KillableBot, rng: random.Random) -> None:
    number = rng.randint(1, START_COMMITS) if rng.random() < 0.15 else START_COMMITS + rng.randint(1, 20)
    bot.start(AtCommit(number, rng.choice(["before", "after"])))
    await bot.dies_itself(within=4)


async def _at_a_commit_of_evidence(bot: KillableBot, rng: random.Random) -> None:
    """Kill at a commit that records a file's arrival or its outcome."""
    bot.start(AtCommit(rng.randint(1, 5), rng.choice(["before", "after"]), table="evidence"))
    await bot.dies_itself(within=2)


async def _with_a_file(bot: KillableBot, rng: random.Random) -> None:
    """Kill when a file is renamed into the store and its row is not updated yet."""
    bot.start(AtFile(rng.choice([1, 1, 2]), rng.choice(["before", "after"])))
    await bot.dies_itself(within=1)


async def _between_send_and_mark(bot: KillableBot, stage: Stage) -> None:
    """Drop the connection after Telegram accepted a message, and kill the bot."""
    faults = [Fault(method, drop="after") for method in ("sendMessage", "editMessageText")]
    for fault in faults:
        stage.world.faults.plan(fault)
    bot.start()
    with suppress(AssertionError):  # there may have been nothing to send in this run
        await until(lambda: not all(fault.times for fault in faults), every=0.004, within=4)
    stage.world.faults.clear()


def _hinder(stage: Stage, rng: random.Random) -> None:
    """Let some downloads fail in every second run."""
    times = rng.randint(1, 3)
    faults = (
        Fault("file", times, drop="after"),
        Fault("getFile", times),
        Fault("getFile", times, drop="before"),
        Fault("getFile", status=429, retry_after=1),
    )
    if rng.random() < 0.5:
        stage.world.faults.plan(rng.choice(faults))


async def _later(bot: KillableBot, stage: Stage, hours: int) -> None:
    """Restart the bot after so long; it takes up what is due and sweeps."""
    await bot.die()
    stage.world.advance(hours * 3600)
    bot.start()


async def _put_aside_what_no_row_names(stage: Stage, engine: Engine) -> None:
    """What deaths left half written is deleted; whole files go to quarantine, with an operator's word where
    they are too many for the sweep."""
    store = Store(stage.folder / "evidence")
    await Sweeper(store, engine, Clock(), lambda _: None).sweep()
    environment = {name.upper(): str(value) for name, value in restarts.settings(stage).items()}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "quarantine", "--yes"), env={**os.environ, **environment}
    )
    assert await process.wait() == 0
    with database.transaction(engine) as session:
        assert not consistency.orphans(session, store.folder)


async def _until_none(engine: Engine, left: Callable[[Session], Collection[object]]) -> None:
    """Wait until nothing is left."""

    def found() -> Collection[object]:
        with database.transaction(engine) as session:
            return left(session)

    await until(lambda: not found(), found, every=0.1)
