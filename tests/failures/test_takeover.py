"""Two processes with one PostgreSQL: the spare takes over when the other is killed, cut off or frozen.

Each process reaches the database and Telegram through forwarders of its own, so that a test can cut them and
count what it says.
"""

import asyncio
import os
import random
import signal
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlalchemy import Engine, make_url

from bot.storage import advisory_lock
from local_telegram.world.traffic import Fault
from models.storage import database
from tests.support.persistent_people.clerk import Clerk
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, OLGA, Stage
from tests.support.phones.webhook import hooked
from tests.support.processes import consistency, restarts
from tests.support.processes.forwarder import Forwarder
from tests.support.processes.killable_bot import KillableBot
from tests.support.processes.load_balancer import Balancer
from tests.support.waiting import until

WITHIN = 5.0  # seconds until a spare works, from the settings of the lock
STARTING = 1.5  # seconds of these for the start of the work, once the lock is taken


class Process:
    """A bot that can be struck, with its wires and its log."""

    def __init__(self, bot: KillableBot, to_database: Forwarder, to_telegram: Forwarder, log: Path) -> None:
        self.bot, self.to_database, self.to_telegram, self.path = bot, to_database, to_telegram, log

    def said(self, words: str) -> bool:
        return words in self.log

    @property
    def log(self) -> str:
        return self.path.read_text() if self.path.exists() else ""

    async def works(self) -> None:
        await until(lambda: self.said("Avance answers as"), lambda: self.log)

    async def waits(self) -> None:
        await until(lambda: self.said("waiting until it ends"), lambda: self.log)


class Pair:
    """The process that works and its spare; `replace` starts a new spare."""

    def __init__(self, stage: Stage, exits: AsyncExitStack, balancer: Balancer | None) -> None:
        self._stage, self._exits, self._balancer, self._count = stage, exits, balancer, 0
        self.all: list[Process] = []

    async def start(self) -> Process:
        self._count += 1
        folder = self._stage.folder / f"process-{self._count}"
        folder.mkdir()
        url = make_url(self._stage.database_url)
        socket = Path(str(url.query["host"])) / ".s.PGSQL.5432"
        to_database = await self._exits.enter_async_context(Forwarder(socket))
        to_telegram = await self._exits.enter_async_context(
            Forwarder(urlsplit(self._stage.server.url).port or 0)
        )
        settings: dict[str, Any] = restarts.settings(self._stage) | {
            "telegram_api_url": f"http://127.0.0.1:{to_telegram.port}",
            "database_url": url.set(host="127.0.0.1", port=to_database.port, query={}).render_as_string(
                hide_password=False
            ),
        }
        if self._balancer is not None:
            settings |= hooked()
            settings["webhook_url"] = f"http://127.0.0.1:{self._balancer.port}/hook"
            self._balancer.ports.append(settings["port"])
        bot = await self._exits.enter_async_context(KillableBot(settings, folder))
        bot.start()
        started = Process(bot, to_database, to_telegram, folder / "bot.log")
        self.all.append(started)
        return started


@asynccontextmanager
async def pair(
    folder: Path, database_url: str, webhook: bool = False
) -> AsyncIterator[tuple[Stage, Pair, Engine]]:
    """The stage without its own bot, the pair without processes, and an engine past every wire."""
    async with Stage(folder, database_url) as stage, AsyncExitStack() as exits:
        engine = database.connect(database_url)
        exits.callback(engine.dispose)
        balancer = await exits.enter_async_context(Balancer()) if webhook else None
        yield stage, Pair(stage, exits, balancer), engine


def kill(worker: Process) -> None:
    os.kill(worker.bot.pid, signal.SIGKILL)


def cut(worker: Process) -> None:
    worker.to_database.cut()


def silence(worker: Process) -> None:
    worker.to_database.silent = True


def freeze(worker: Process) -> None:
    os.kill(worker.bot.pid, signal.SIGSTOP)


STRIKES = (kill, cut, silence, freeze)
Strike = Callable[[Process], None]


def test_the_settings_of_the_lock_add_up_to_less_than_five_seconds() -> None:
    assert advisory_lock.LONGEST_FROZEN + STARTING <= WITHIN
    assert advisory_lock.LONGEST_ENDED + STARTING <= WITHIN
    # A process must stop speaking before another one can take it for frozen.
    assert 2 * advisory_lock.RENEW_EVERY < advisory_lock.CERTAIN_FOR < advisory_lock.FROZEN_AFTER


async def test_a_spare_takes_over_four_times_and_nothing_is_lost(tmp_path: Path, postgres_url: str) -> None:
    await answer_meanwhile(tmp_path, postgres_url, STRIKES)


async def test_a_spare_takes_over_a_webhook_and_nothing_is_lost(tmp_path: Path, postgres_url: str) -> None:
    await answer_meanwhile(tmp_path, postgres_url, (kill, freeze), webhook=True)


@pytest.mark.long
@pytest.mark.timeout(3600)
async def test_a_spare_takes_over_fifty_times_and_nothing_is_lost(tmp_path: Path, postgres_url: str) -> None:
    await answer_meanwhile(tmp_path, postgres_url, [STRIKES[number % len(STRIKES)] for number in range(50)])


@pytest.mark.long
@pytest.mark.timeout(1800)
async def test_a_spare_takes_over_twelve_times_while_people_capture(
    tmp_path: Path, postgres_url: str
) -> None:
    await take_over(tmp_path, postgres_url, 3 * STRIKES)


@pytest.mark.long
@pytest.mark.timeout(1800)
async def test_a_spare_takes_over_a_webhook_twelve_times(tmp_path: Path, postgres_url: str) -> None:
    await take_over(tmp_path, postgres_url, 3 * STRIKES, webhook=True)


class Asker:
    """Somebody who asks, waits for the answer, and asks again."""

    def __init__(self, phone: Phone) -> None:
        self.phone, self.asked, self.stopped = phone, 0, False

    async def live(self) -> None:
        while not self.stopped:
            self.asked += 1
            await self.phone.send("/ayuda")
            await until(self._is_answered, self.phone.screen, every=0.1)

    async def answers(self) -> int:
        return sum("puedo hacer por usted" in each.text for each in await self.phone.messages())

    async def _is_answered(self) -> bool:
        return await self.answers() >= self.asked


async def answer_meanwhile(
    folder: Path, database_url: str, strikes: Sequence[Strike], webhook: bool = False
) -> None:
    """Like `take_over`, with people who only ask: each question is answered, one for each strike twice."""
    async with pair(folder, database_url, webhook) as (stage, processes, engine):
        olga = await stage.enter(OLGA)
        askers = [Asker(await stage.enter(part)) for part in restarts.CAST]
        await stage.settled()
        welcomes = [await asker.answers() for asker in askers]
        await stage.stop_bot()
        worker = await processes.start()
        await worker.works()
        took: dict[str, list[float]] = {strike.__name__: [] for strike in strikes}
        async with asyncio.TaskGroup() as living:
            for asker, welcome in zip(askers, welcomes, strict=True):
                asker.asked = welcome
                living.create_task(asker.live())
            for strike in strikes:
                spare = await processes.start()
                await spare.waits()
                took[strike.__name__].append(await _replaced(worker, spare, strike, stage, olga))
                worker = spare
            for asker in askers:
                asker.stopped = True
        await restarts.rest(stage, engine)
        for asker in askers:
            assert asker.asked <= await asker.answers() <= asker.asked + len(strikes)
        with database.transaction(engine) as session:
            consistency.check_rows(session)
        for process in processes.all:
            consistency.check_log(process.path)
        _print(took)


async def take_over(
    folder: Path, database_url: str, strikes: Sequence[Strike], webhook: bool = False
) -> None:
    """Strike the process that works, in each way in turn, while people capture; its spare takes over."""
    seed = int(os.environ.get("KILLS_SEED", 0)) or random.randrange(1, 10**9)
    print(f"KILLS_SEED={seed}")  # noqa: T201, shown when the test fails
    rng = random.Random(seed)
    async with pair(folder, database_url, webhook) as (stage, processes, engine):
        clerks = [Clerk(await stage.enter(part), random.Random(rng.random())) for part in restarts.CAST]
        olga = await stage.enter(OLGA)
        await stage.settled()
        await stage.stop_bot()
        worker = await processes.start()
        await worker.works()
        took: dict[str, list[float]] = {strike.__name__: [] for strike in STRIKES}
        async with asyncio.TaskGroup() as living:
            for clerk in clerks:
                living.create_task(clerk.live())
            for strike in strikes:
                spare = await processes.start()
                await spare.waits()
                await asyncio.sleep(rng.uniform(0.1, 1.0))
                took[strike.__name__].append(await _replaced(worker, spare, strike, stage, olga))
                worker = spare
            await until(lambda: _registered(clerks) >= len(clerks), "enough activities registered")
            for clerk in clerks:
                clerk.stop()
        await restarts.rest(stage, engine)
        surplus = restarts.surplus(stage, engine)
        assert max(surplus.values()) <= len(strikes), surplus
        await restarts.check(stage, engine, clerks)
        for process in processes.all:
            consistency.check_log(process.path)
        _print(took)


def _registered(clerks: Sequence[Clerk]) -> int:
    return sum(work.registered is not None for clerk in clerks for work in clerk.works)


async def _replaced(worker: Process, spare: Process, strike: Strike, stage: Stage, olga: Phone) -> float:
    """Strike the worker; return after how many seconds the spare worked.

    A worker that lives on ends by itself. What it says after that is at most what was on its way
    (`restarts.surplus`); without anything on its way it says nothing, as the test of a frozen process shows.
    """
    struck_at = time.monotonic()
    strike(worker)
    await until(lambda: spare.said("Avance answers as"), lambda: worker.log + spare.log, every=0.01)
    took = time.monotonic() - struck_at
    await answered(olga)
    if strike is freeze:
        os.kill(worker.bot.pid, signal.SIGCONT)
    if strike in (cut, freeze):
        assert await worker.bot.dies_itself(), worker.log
        assert worker.bot.exit_code == 1
        assert "was lost" in worker.log
    await worker.bot.die()
    return took


async def answered(phone: Phone) -> None:
    await phone.send("/ayuda")
    await phone.wait_for("puedo hacer por usted")


def _print(took: dict[str, list[float]]) -> None:
    for name, seconds in took.items():
        shown = " ".join(f"{each:.2f}" for each in sorted(seconds))
        print(f"{name}: the spare worked after {shown} s")  # noqa: T201, the measurement


async def test_a_frozen_process_that_wakes_says_nothing(tmp_path: Path, postgres_url: str) -> None:
    """It has messages whose time comes while it is frozen, and updates that it was brought meanwhile."""
    async with pair(tmp_path, postgres_url) as (stage, processes, engine):
        ana, olga = await stage.enter(ANA), await stage.enter(OLGA)
        await stage.settled()
        await stage.stop_bot()
        worker = await processes.start()
        await worker.works()
        fault = Fault("sendMessage", chat_id=ANA.telegram_id, status=429, retry_after=2)
        stage.world.faults.plan(fault)
        await ana.send("/ayuda")
        await until(lambda: fault.times == 0, "the message refused for two seconds")
        spare = await processes.start()
        await spare.waits()
        seen = len(await ana.messages())
        freeze(worker)
        await olga.send("/ayuda")  # brought to the frozen process by its poll
        await spare.works()
        await ana.wait_for("puedo hacer por usted")
        await olga.wait_for("puedo hacer por usted")
        before = worker.to_telegram.sent
        os.kill(worker.bot.pid, signal.SIGCONT)
        assert await worker.bot.dies_itself(), worker.log
        assert worker.to_telegram.sent == before
        assert len(await ana.messages()) == seen + 1
        await restarts.rest(stage, engine)
        with database.transaction(engine) as session:
            consistency.check_rows(session)
