"""What waits to be sent is held in memory up to a bound for each chat; the rest is read in its turn."""

import asyncio

import pytest

from bot.telegram.outgoing.delivery import Delivery
from bot.telegram.outgoing.queues import HELD
from local_telegram.world import groups
from models.storage.outbox import OutgoingCall
from tests.bot.telegram.outbox_stage import GROUP, edit, people, rows, say, shown, store, text
from tests.support.phones.stage import Stage
from tests.support.waiting import until

MANY = 5 * HELD
SUPERGROUP = -1000222


def held(delivery: Delivery) -> int:
    """Return how many rows are in memory."""
    return sum(len(chat.replies) + len(chat.broadcasts) for chat in delivery._chats.values())


def words(count: int, about: str = "n.º") -> list[str]:
    return [f"{about} {number}" for number in range(count)]


@pytest.mark.parametrize("waiting", [MANY, 4 * MANY])
async def test_what_is_held_does_not_grow_with_what_waits(stage: Stage, waiting: int) -> None:
    chats = people(stage, 3)
    say(stage, *(text(chat, each) for each in words(waiting) for chat in chats))
    assert held(stage.delivery) <= len(chats) * HELD
    await until(lambda: stage.delivery.idle)
    for chat in chats:
        assert shown(stage, chat) == words(waiting)


async def test_messages_added_while_others_wait_keep_their_order(stage: Stage) -> None:
    (chat,) = people(stage, 1)
    said = words(MANY)
    for first in range(0, MANY, 10):
        say(stage, *(text(chat, each) for each in said[first : first + 10]))
        await asyncio.sleep(0)  # some are sent meanwhile
    await until(lambda: stage.delivery.idle)
    assert shown(stage, chat) == said


async def test_replies_that_are_not_held_go_before_broadcasts_that_are(stage: Stage) -> None:
    (chat,) = people(stage, 1)
    news = [text(chat, each, broadcast=True) for each in words(MANY, "aviso")]
    say(stage, *news, *(text(chat, each) for each in words(MANY)))
    await until(lambda: stage.delivery.idle)
    said = shown(stage, chat)
    assert sorted(said) == sorted(words(MANY) + words(MANY, "aviso"))
    assert [each for each in said if each.startswith("aviso")] == words(MANY, "aviso")
    last_reply = max(place for place, each in enumerate(said) if not each.startswith("aviso"))
    assert last_reply <= MANY  # at most one notice had begun before


async def test_a_restart_sends_what_waits_in_order_and_once(stage: Stage) -> None:
    chats = people(stage, 2)
    await stage.stop_bot()
    store(stage, *(text(chat, each) for each in words(MANY) for chat in chats))
    await stage.start_bot()
    await until(lambda: stage.delivery.idle)
    for chat in chats:
        assert shown(stage, chat) == words(MANY)
    assert all(row.sent_at is not None for row in rows(stage))


async def test_the_last_of_many_edits_is_what_stands(stage: Stage) -> None:
    (chat,) = people(stage, 1)
    say(stage, text(chat, "tarjeta"))
    await until(lambda: stage.delivery.idle)
    (message,) = stage.world.chats[chat].messages
    said = [
        each for number in range(MANY) for each in (text(chat, f"n.º {number}"), _edit(chat, message, number))
    ]
    say(stage, *said)
    await until(lambda: stage.delivery.idle)
    assert shown(stage, chat) == [f"tarjeta {MANY - 1}", *words(MANY)]


def _edit(chat: int, message: int, number: int) -> OutgoingCall:
    return edit(chat, message, f"tarjeta {number}")


async def test_what_waits_follows_a_chat_that_moved(stage: Stage) -> None:
    (member,) = people(stage, 1)
    stage.world.add_group(GROUP, "Dirección", [member])
    await stage.stop_bot()
    await stage.start_bot()
    groups.upgrade(stage.world, GROUP, SUPERGROUP)
    say(stage, *(text(GROUP, each) for each in words(MANY)))
    await until(lambda: stage.delivery.idle)
    assert shown(stage, SUPERGROUP) == words(MANY)


async def test_what_another_process_stores_is_sent_while_the_bot_runs(stage: Stage) -> None:
    chats = people(stage, 2)
    store(stage, *(text(chat, each) for each in words(3) for chat in chats))
    await asyncio.sleep(0)
    assert stage.delivery.idle
    stage.delivery.look()
    stage.delivery.look()
    await until(lambda: stage.delivery.idle)
    for chat in chats:
        assert shown(stage, chat) == words(3)
