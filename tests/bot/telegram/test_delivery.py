"""Delivery against the local Telegram: order, rate limits, refusals, and what the rows record."""

import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from bot.telegram.outgoing import delivery
from bot.telegram.outgoing.queues import Caps
from local_telegram.world.traffic import Fault, Limits
from models.storage import database, outbox
from models.storage.outbox import OutgoingCall
from models.tables.chat.outbox import Outbox
from tests.support.phones.stage import ANA, MORNING, PALOMA, TERE, Stage
from tests.support.waiting import PATIENCE, until

GROUP = -1001


def text(chat: int, words: str, *, broadcast: bool = False) -> OutgoingCall:
    payload = {"chat_id": chat, "text": words, "parse_mode": "HTML"}
    return OutgoingCall(chat, "sendMessage", payload, MORNING, broadcast)


def edit(chat: int, message: int, words: str) -> OutgoingCall:
    payload = {"chat_id": chat, "message_id": message, "text": words}
    return OutgoingCall(chat, "editMessageText", payload, MORNING)


def say(stage: Stage, *calls: OutgoingCall) -> None:
    """Store the rows and hand them over, as a turn does."""
    with database.transaction(stage.app.engine) as session:
        for each in calls:
            outbox.enqueue(session, each)
    stage.delivery.enqueue(calls)


def shown(stage: Stage, chat: int) -> list[str]:
    """Return the bot's messages in a chat, oldest first."""
    messages = stage.world.chats[chat].messages.values()
    return [each["text"] for each in messages if each["from"]["id"] == stage.world.bot["id"]]


async def until_shown(stage: Stage, chat: int, count: int) -> list[str]:
    """Wait until there are so many messages of the bot in a chat, and return them."""
    await until(lambda: len(shown(stage, chat)) >= count, lambda: shown(stage, chat), every=0.005)
    return shown(stage, chat)


async def settled_rows(stage: Stage) -> list[Outbox]:
    """Wait until nothing is to be sent or recorded, and return every row."""
    await until(lambda: stage.delivery.idle)
    with database.transaction(stage.app.engine) as session:
        return list(session.exec(select(Outbox).order_by(col(Outbox.id))).all())


def people(stage: Stage, count: int) -> list[int]:
    """Add Telegram accounts to whom the bot may write; return their ids."""
    ids = list(range(1001, 1001 + count))
    for each in ids:
        stage.world.add_person(each, f"Persona {each}").standing = "member"
    return ids


@pytest.fixture
async def capped(tmp_path: Path) -> AsyncIterator[Stage]:
    """A bot with small rate limits, at a server that refuses what exceeds them noticeably."""
    async with Stage(tmp_path, limits=Limits(per_second=10, chat_burst=3)) as stage:
        await stage.stop_bot()
        await stage.start_bot(Caps(overall=8, burst=2))
        yield stage


async def test_in_a_chat_everything_arrives_in_order(stage: Stage) -> None:
    (chat,) = people(stage, 1)
    words = [f"n.º {number}" for number in range(30)]
    say(stage, *(text(chat, each) for each in words))
    assert await until_shown(stage, chat, 30) == words


async def test_a_slow_chat_does_not_delay_others(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "AT_THE_END", 0.05)
    chats = people(stage, 20)
    stage.world.delay = 2 * PATIENCE  # every send begins before any ends
    begun = stage.world.begun["sendMessage"]
    say(stage, *(text(chat, "Buenos días") for chat in chats))
    await until(lambda: stage.world.begun["sendMessage"] - begun == len(chats))
    await stage.stop_bot()


async def test_429_waits_as_long_as_telegram_says_and_only_in_its_chat(stage: Stage) -> None:
    slow, other = people(stage, 2)
    stage.world.faults.plan(Fault("sendMessage", chat_id=slow, status=429, retry_after=1))
    started = time.monotonic()
    say(stage, text(slow, "uno"), text(slow, "dos"), text(other, "hola"))
    await until_shown(stage, other, 1)
    assert await until_shown(stage, slow, 2) == ["uno", "dos"]
    assert time.monotonic() - started >= 1.0


@pytest.mark.parametrize(("drop", "copies"), [("before", 1), ("after", 2)])
async def test_a_message_is_sent_again_after_a_dropped_connection(
    stage: Stage, drop: Any, copies: int
) -> None:
    """At least once: if Telegram accepted the message without saying so, it is repeated."""
    (chat,) = people(stage, 1)
    stage.world.faults.plan(Fault("sendMessage", chat_id=chat, drop=drop))
    say(stage, text(chat, "uno"), text(chat, "dos"))
    assert await until_shown(stage, chat, copies + 1) == ["uno"] * copies + ["dos"]
    assert all(row.sent_at for row in await settled_rows(stage))


async def test_blocking_the_bot_makes_a_person_unreachable_and_notifies_planning_once(stage: Stage) -> None:
    ana, paloma, tere = [await stage.enter(part) for part in (ANA, PALOMA, TERE)]
    await stage.settled()
    incoming = len(shown(stage, paloma.user_id))
    stage.world.person(ANA.telegram_id).standing = "kicked"
    say(stage, text(ana.user_id, "uno"), text(ana.user_id, "dos"), text(tere.user_id, "hola"))
    assert (await until_shown(stage, tere.user_id, 2))[-1] == "hola"
    notices = (await until_shown(stage, paloma.user_id, incoming + 1))[incoming:]
    assert len(notices) == 1 and "Ana Juárez" in notices[0]
    rows = await settled_rows(stage)
    assert [bool(row.dropped_at) for row in rows if row.error] == [True, True]
    assert len(shown(stage, paloma.user_id)) == incoming + 1
    await paloma.send("/estado")
    assert "No les llegan mensajes: Ana Juárez" in (await paloma.wait_for("Estado")).text
    await ana.send("/ayuda")
    await ana.wait_for("Esto puedo hacer por usted")


async def test_a_block_update_notifies_planning(stage: Stage) -> None:
    ana, paloma = await stage.enter(ANA), await stage.enter(PALOMA)
    await paloma.send("/ayuda")
    await paloma.wait_for("Esto puedo hacer")
    await ana.block()
    await paloma.wait_for("No puedo escribirle a Ana Juárez")
    await ana.unblock()
    await stage.settled()
    await paloma.send("/estado")
    assert "sin alcanzar: ninguna" in (await paloma.wait_for("Estado")).text


async def test_a_refused_message_is_sent_as_plain_text(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    (chat,) = people(stage, 1)
    say(stage, text(chat, "<b>sin cerrar"), text(chat, "sigue"))
    assert await until_shown(stage, chat, 2) == ["sin cerrar", "sigue"]
    refused, sent = await settled_rows(stage)
    assert refused.sent_at and refused.error == "refused, and sent in a simpler form"
    assert sent.sent_at and not sent.error
    assert f"Row {refused.id} to chat {chat} was refused" in caplog.text


async def test_a_later_edit_replaces_an_unsent_one(stage: Stage) -> None:
    (chat,) = people(stage, 1)
    say(stage, text(chat, "primero"))
    await until_shown(stage, chat, 1)
    await settled_rows(stage)
    events = stage.world.person(chat).events
    seen = len(events)
    say(
        stage, edit(chat, 1, "segundo"), text(chat, "otro"), edit(chat, 1, "tercero"), edit(chat, 1, "último")
    )
    rows = (await settled_rows(stage))[1:]
    assert shown(stage, chat) == ["último", "otro"]
    assert [each["kind"] for each in events[seen:]] == ["message", "edited"]
    assert [row.error for row in rows] == [
        "replaced by a later edit",
        None,
        "replaced by a later edit",
        None,
    ]


async def test_replies_go_before_broadcasts(stage: Stage) -> None:
    (chat,) = people(stage, 1)
    say(
        stage, text(chat, "aviso", broadcast=True), text(chat, "otro aviso", broadcast=True), text(chat, "sí")
    )
    assert await until_shown(stage, chat, 3) == ["sí", "aviso", "otro aviso"]


async def test_the_payload_of_a_sent_row_is_emptied(stage: Stage) -> None:
    (chat,) = people(stage, 1)
    say(stage, text(chat, "algo personal"))
    await until_shown(stage, chat, 1)
    (row,) = await settled_rows(stage)
    assert (row.payload, row.message_id) == ("{}", 1)
    assert row.sent_at is not None


async def test_a_tap_is_answered_beside_the_queue(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("/registrar")
    question = await ana.wait_for("línea de acción")
    await stage.settled()
    stage.world.faults.plan(Fault(chat_id=ana.user_id, status=429, retry_after=2))
    await ana.tap("1 · ", question)
    await ana.wait_for("actas")
    assert ana.kinds()[0] == "answer"  # not after the edit, which had to wait


async def test_a_chat_gets_a_burst_and_then_one_a_second(
    capped: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    slow, other = people(capped, 2)
    started = time.monotonic()
    say(capped, *(text(slow, str(number)) for number in range(4)), text(other, "hola"))
    await until_shown(capped, slow, 2)
    await until_shown(capped, other, 1)
    assert await until_shown(capped, slow, 4) == ["0", "1", "2", "3"]
    assert time.monotonic() - started >= 1.8
    assert "asks to wait" not in caplog.text


async def test_all_chats_together_stay_below_the_cap(capped: Stage, caplog: pytest.LogCaptureFixture) -> None:
    chats = people(capped, 16)
    started = time.monotonic()
    say(capped, *(text(chat, "aviso", broadcast=True) for chat in chats))
    for chat in chats:
        await until_shown(capped, chat, 1)
    assert time.monotonic() - started >= 1.8
    assert "asks to wait" not in caplog.text


async def test_a_group_gets_a_burst_and_then_its_share_of_the_minute(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await stage.stop_bot()
        await stage.start_bot(Caps(burst=2, group_minute=62))
        (member,) = people(stage, 1)
        stage.world.add_group(GROUP, "Dirección", [member])
        started = time.monotonic()
        say(stage, *(text(GROUP, str(number)) for number in range(4)))
        await until_shown(stage, GROUP, 2)
        assert await until_shown(stage, GROUP, 4) == ["0", "1", "2", "3"]
        assert time.monotonic() - started >= 1.8
