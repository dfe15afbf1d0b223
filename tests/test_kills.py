"""Kills: people capture while the bot is killed again and again. Source: issue 2, "What must not happen".

The bot is a process of its own and ends by SIGKILL: at random moments, just before and just after commits,
and between Telegram's taking a message and the bot's writing so. A failure names the seed; `KILLS_SEED`
takes it again.
"""

import asyncio
import os
import random
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func
from sqlmodel import col, select

from bot.demo.traffic import Fault
from models import audit, database
from models.activity import Activity
from models.draft import DraftRow
from models.inbox import Inbox
from models.outbox import Outbox
from tests.mortal import AtCommit, Mortal
from tests.persistent import Persistent
from tests.stage import ANA, DIEGO, SAUL, TERE, Stage

CAST = (ANA, DIEGO, TERE, SAUL)
START_COMMITS = 5  # those of a start that finds its tables: migration, programme, delivery, offset, heartbeat


async def test_twenty_five_kills(tmp_path: Path) -> None:
    await survive(tmp_path, "", kills=25)


@pytest.mark.parametrize("shown", [2, 4])
async def test_of_several_replies_in_a_chat_at_most_one_repeats_itself(tmp_path: Path, shown: int) -> None:
    async with Stage(tmp_path) as stage:
        ana = await stage.enter(ANA)
        await stage.settled()
        await stage.stop_bot()
        for _ in range(5):
            await ana.send("/ayuda")
        before = len(await ana.messages())
        engine = database.connect(stage.settings().database)
        async with Mortal(_settings(stage), tmp_path) as bot:
            bot.start()
            while len(await ana.messages()) < before + shown:
                await asyncio.sleep(0)
            await bot.die()
            bot.start()
            await _rest(stage, engine)
        engine.dispose()
        replies = len(await ana.messages()) - before
        assert 5 <= replies <= 6


@pytest.mark.long
@pytest.mark.timeout(1200)
async def test_two_hundred_kills(tmp_path: Path) -> None:
    await survive(tmp_path, "", kills=200)


@pytest.mark.long
@pytest.mark.timeout(600)
async def test_kills_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    await survive(tmp_path, postgres_url, kills=25)


async def survive(folder: Path, database_url: str, kills: int) -> None:
    seed = int(os.environ.get("KILLS_SEED", 0)) or random.randrange(1, 10**9)
    print(f"KILLS_SEED={seed}")  # noqa: T201, shown when the test fails
    rng = random.Random(seed)
    async with Stage(folder, database_url) as stage, AsyncExitStack() as exits:
        people = [Persistent(await stage.enter(part), random.Random(rng.random())) for part in CAST]
        await stage.settled()
        await stage.stop_bot()
        engine = database.connect(stage.settings().database)
        async with asyncio.TaskGroup() as living:
            for person in people:
                living.create_task(person.live())
            bot = await exits.enter_async_context(Mortal(_settings(stage), folder))
            await _kill_again_and_again(bot, stage, engine, rng, kills)
            bot.start()
            for person in people:
                person.stop()
        await _rest(stage, engine)
        await bot.die()
        _check_people(engine, people)
        _check_rows(engine)
        _check_log(folder / "bot.log")
        engine.dispose()


def _settings(stage: Stage) -> dict[str, Any]:
    chosen = stage.settings()
    return {
        "telegram_token": stage.world.token,
        "telegram_api_url": chosen.telegram_api_url,
        "data_dir": str(chosen.data_dir),
        "database_url": chosen.database_url,
    }


async def _kill_again_and_again(
    bot: Mortal, stage: Stage, engine: Engine, rng: random.Random, kills: int
) -> None:
    """Each life another death; after each, no chat may have more than one message that will repeat itself."""
    surplus = _surplus(stage, engine)
    deaths: list[Callable[[], Any]] = [
        lambda: _at_random(bot, rng),
        lambda: _at_a_commit(bot, rng),
        lambda: _at_a_commit(bot, rng),
        lambda: _between_send_and_mark(bot, stage),
    ]
    for number in range(kills):
        if number % 10 == 9:
            await _plainly_at_random(bot, rng)
        else:
            await deaths[number % len(deaths)]()
        await bot.die()
        await asyncio.sleep(0.03)  # what the dead had put on the wire arrives
        before, surplus = surplus, _surplus(stage, engine)
        grown = {chat: count - before[chat] for chat, count in surplus.items()}
        assert max(grown.values()) <= 1, f"kill {number}: more than one repetition: {grown}"


async def _at_random(bot: Mortal, rng: random.Random) -> None:
    bot.start()
    await asyncio.sleep(rng.uniform(0.05, 1.2))


async def _plainly_at_random(bot: Mortal, rng: random.Random) -> None:
    bot.start_plainly()
    await asyncio.sleep(rng.uniform(1.0, 3.0))


async def _at_a_commit(bot: Mortal, rng: random.Random) -> None:
    number = rng.randint(1, START_COMMITS) if rng.random() < 0.15 else START_COMMITS + rng.randint(1, 10)
    bot.start(AtCommit(number, rng.choice(["before", "after"])))
    await bot.dies_itself(within=4)


async def _between_send_and_mark(bot: Mortal, stage: Stage) -> None:
    """Telegram takes a message, the connection drops before it says so, and the bot dies."""
    faults = [Fault(method, drop="after") for method in ("sendMessage", "editMessageText")]
    for fault in faults:
        stage.world.faults.plan(fault)
    bot.start()
    for _ in range(1000):
        await asyncio.sleep(0.004)
        if not all(fault.times for fault in faults):
            break
    stage.world.faults.clear()


def _surplus(stage: Stage, engine: Engine) -> dict[int, int]:
    """Per chat: messages that Telegram shows beyond those that the outbox knows as sent."""
    with database.transaction(engine) as session:
        marked = dict(
            session.exec(
                select(Outbox.chat_id, func.count())
                .where(Outbox.method == "sendMessage", col(Outbox.sent_at).is_not(None))
                .group_by(col(Outbox.chat_id))
            ).all()
        )
    shown = Counter(
        chat.id
        for chat in stage.world.chats.values()
        for message in chat.messages.values()
        if message["from"]["id"] == stage.world.bot["id"]
    )
    return {part.telegram_id: shown[part.telegram_id] - marked[part.telegram_id] for part in CAST}


async def _rest(stage: Stage, engine: Engine) -> None:
    """Wait until all that was sent is confirmed and all that was said is marked."""
    for _ in range(200):
        await asyncio.sleep(0.05)
        if not len(stage.world.updates) and not _count(engine, Outbox, _UNSENT):
            return
    raise AssertionError("the last bot did not come to rest in ten seconds")


def _check_people(engine: Engine, people: list[Persistent]) -> None:
    """What people tapped is what is stored: each ✅ once, nothing else, and undone what they undid."""
    with database.transaction(engine) as session:
        activities = session.exec(select(Activity)).all()
        registered = Counter(each.narrative for each in activities)
        withdrawn = {each.narrative for each in activities if each.withdrawn_at}
        cancelled = session.exec(select(DraftRow).where(col(DraftRow.cancelled_at).is_not(None))).all()
    records = [person.record for person in people]
    confirmed = set().union(*(record.confirmed for record in records))
    assert registered == Counter(confirmed)
    assert len(confirmed) >= len(people), "too few captures to say anything"
    assert set().union(*(record.seen_registered for record in records)) <= confirmed
    assert withdrawn == set().union(*(record.undone for record in records))
    said_cancelled = set().union(*(record.cancelled for record in records))
    assert {str(each.content["narrative"]) for each in cancelled} == said_cancelled


_UNSENT = col(Outbox.sent_at).is_(None) & col(Outbox.dropped_at).is_(None)


def _check_rows(engine: Engine) -> None:
    assert _count(engine, Inbox, col(Inbox.handled_at).is_(None)) == 0
    assert _count(engine, Outbox, _UNSENT) == 0
    assert _count(engine, Outbox, col(Outbox.error).is_not(None) & (Outbox.error != _REPLACED)) == 0
    with database.transaction(engine) as session:
        first, last, count = session.exec(
            select(func.min(Inbox.update_id), func.max(Inbox.update_id), func.count()).select_from(Inbox)
        ).one()
        assert count == last - first + 1, "an update was acknowledged and is in no row"
        verdict = audit.verify(session)
    assert verdict.broken_at is None, verdict


_REPLACED = "replaced by a later edit"


def _count(engine: Engine, table: type[Inbox | Outbox], where: Any) -> int:
    with database.transaction(engine) as session:
        return session.exec(select(func.count()).select_from(table).where(where)).one()


def _check_log(log: Path) -> None:
    """Nothing unforeseen happened: no exception was logged."""
    text = log.read_text()
    assert "Traceback" not in text, text[text.index("Traceback") - 500 :][:3000]
