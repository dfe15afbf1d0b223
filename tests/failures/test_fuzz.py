"""Valid and malformed updates of every kind: none raises, is set aside, or delays another."""

import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event
from sqlmodel import Session, col, select

from bot.telegram.incoming.offset import confirming
from handlers import turn
from handlers.texts import general, rejections
from handlers.updates.parsing import parse
from local_telegram.world.updates import PendingUpdate
from models.storage import database
from models.storage.outbox import OutgoingCall
from models.storage.unit_of_work import work_of
from models.tables.chat.inbox import Inbox
from tests.support.database import linked_people
from tests.support.phones import updates
from tests.support.phones.stage import ANA, DIEGO, OLGA, PALOMA, TERE, Stage
from tests.support.waiting import until

NOW = datetime(2024, 3, 20, 15, 0, tzinfo=UTC)
CAST = (ANA, DIEGO, OLGA, PALOMA, TERE)
STRANGER = 999
NUMBERS = count(1)
told: list[int] = []  # strangers who were answered today
MOST = 400  # statements for a malformed update and a valid one
ODD_IDS: tuple[Any, ...] = (None, True, 1.5, "12", "", 2**63, -(2**63), 10**30, [], {}, float("nan"))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = linked_people.opened(tmp_path_factory.mktemp("fuzz"), CAST, NOW)
    yield engine
    engine.dispose()


def unhandled(session: Session) -> list[tuple[str | None, str | None]]:
    rows = session.exec(select(Inbox).where(col(Inbox.handled_at).is_(None))).all()
    return [(each.payload, each.error) for each in rows]


def taken(engine: Engine, batch: list[Any]) -> list[OutgoingCall]:
    """Return what one batch answered; check that nothing failed and the number of statements."""
    statements = count()
    listen = (engine, "before_cursor_execute", lambda *_: next(statements))
    event.listen(*listen)
    try:
        with database.transaction(engine) as session:
            turn.take(session, batch, NOW)
            assert unhandled(session) == []
    finally:
        event.remove(*listen)
    assert next(statements) < MOST
    return list(work_of(session).outbox)


def numbered(update: Any) -> Any:
    return {"update_id": next(NUMBERS), **update}


def check(engine: Engine, random: Random) -> None:
    person = random.choice([*(each.telegram_id for each in CAST[:-1]), STRANGER])
    kinds = updates.every_kind(person)
    # Half of the messages have the number of an earlier one, as if they came a second time.
    kind = kinds[random.randrange(len(kinds))]
    if "message" in kind and random.random() < 0.5:
        kind["message"]["message_id"] = next(NUMBERS)
    spoilt = numbered(updates.spoil(kind, random))
    asking = numbered({"message": updates.message(TERE.telegram_id, {"text": "/ayuda"})})
    said = taken(engine, [spoilt, asking])
    assert any(each.chat_id == TERE.telegram_id for each in said)
    for each in said:
        if each.chat_id not in {part.telegram_id for part in CAST} and each.chat_id > 0:
            assert each.payload.get("text") == general.STRANGER
            told.append(each.chat_id)
            assert told.count(each.chat_id) == 1


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(random=st.randoms(use_true_random=False))
def test_a_malformed_update_raises_nothing_and_delays_nobody(engine: Engine, random: Random) -> None:
    check(engine, random)


@pytest.mark.long
def test_malformed_updates_for_ten_minutes(engine: Engine) -> None:
    seed, until = 0, time.monotonic() + 600
    while time.monotonic() < until:
        seed += 1
        check(engine, Random(seed))


@pytest.mark.parametrize("number", ODD_IDS, ids=repr)
def test_an_update_that_cannot_be_stored_is_skipped(engine: Engine, number: Any) -> None:
    odd = {"update_id": number, "message": updates.message(ANA.telegram_id, {"text": "/ayuda"})}
    without = {"message": odd["message"]}
    asking = numbered({"message": updates.message(TERE.telegram_id, {"text": "/ayuda"})})
    said = taken(engine, [odd, without, None, "x", [], asking])
    assert {each.chat_id for each in said} >= {TERE.telegram_id}
    assert confirming([odd, asking]) >= asking["update_id"] + 1


@pytest.mark.parametrize("person", [True, 1.0, "101", None, 2**63, -101, [], {}], ids=repr)
def test_a_sender_with_an_invalid_id_does_not_affect_the_batch(engine: Engine, person: Any) -> None:
    message = updates.message(TERE.telegram_id, {"text": "/ayuda"})
    odd = numbered({"message": {**message, "from": {"id": person, "is_bot": False}}})
    said = taken(engine, [odd, numbered({"message": message})])
    assert [each.chat_id for each in said] == [TERE.telegram_id]


@pytest.mark.parametrize("chat", [None, -1001])
def test_a_service_message_is_not_answered(chat: int | None) -> None:
    for content in updates.services():
        update = numbered({"message": updates.message(ANA.telegram_id, content, chat)})
        assert parse(update) is None, content


def test_unusable_content_is_answered_with_its_sentence(engine: Engine) -> None:
    for content in updates.of_no_use():
        said = taken(engine, [numbered({"message": updates.message(ANA.telegram_id, content)})])
        assert [each.payload["text"] for each in said] == [rejections.SENTENCES["not_readable"]], content


async def test_malformed_updates_over_http(stage: Stage) -> None:
    """Through the whole bot, from one poll to the next."""
    await stage.enter(ANA)
    tere = await stage.enter(TERE)
    random = Random(7)
    kinds = updates.every_kind(ANA.telegram_id)
    for _ in range(4):
        for _ in range(40):
            spoilt = updates.spoil(kinds[random.randrange(len(kinds))], random)
            if can_be_sent(spoilt):
                put(stage, spoilt)
        await tere.send("/ayuda")
        await tere.wait_for("puedo hacer por usted")
        stage.world.advance(20)
    await until(lambda: not len(stage.world.updates))
    with database.transaction(stage.app.engine) as session:
        assert unhandled(session) == []


def can_be_sent(update: dict[str, Any]) -> bool:
    """Return whether the local server can write it as JSON."""
    try:
        json.dumps(update, ensure_ascii=False, allow_nan=False).encode()
    except ValueError:
        return False
    return True


def put(stage: Stage, update: dict[str, Any]) -> None:
    """Queue an update as it is, unchecked by the local server."""
    with stage.world.lock:
        queue = stage.world.updates
        whole = {**update, "update_id": queue._next_id}
        queue._next_id += 1
        queue._waiting.append(PendingUpdate(stage.world.now(), "message", ANA.telegram_id, whole))
        queue.bell.ring()
