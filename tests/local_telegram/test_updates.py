"""Polling: which updates are delivered, delivered again, or dropped, and which polls are refused."""

import asyncio
import time

import pytest
from telegram import Bot, Update
from telegram.error import BadRequest, Conflict

from local_telegram.world.world import World
from tests.local_telegram.conftest import ANA, Call
from tests.local_telegram.test_messages import keys
from tests.support.phones.phone import Phone
from tests.support.waiting import WITHIN_A_POLL, until


async def texts(bot: Bot, offset: int | None = None) -> dict[int, str | None]:
    updates = await bot.get_updates(offset=offset)
    return {update.update_id: update.message.text if update.message else None for update in updates}


async def test_unconfirmed_updates_are_sent_again(bot: Bot, ana: Phone) -> None:
    for text in ("uno", "dos", "tres"):
        await ana.send(text)
    first = await texts(bot)
    assert list(first.values()) == ["uno", "dos", "tres"]
    assert await texts(bot) == first
    ids = list(first)
    assert ids == list(range(ids[0], ids[0] + 3))
    assert list((await texts(bot, ids[1])).values()) == ["dos", "tres"]
    assert await texts(bot) == await texts(bot, ids[0]), "what was confirmed is gone for good"
    assert await texts(bot, ids[2] + 1) == {}


async def test_a_negative_offset_drops_all_but_the_last(bot: Bot, ana: Phone) -> None:
    for text in ("uno", "dos", "tres"):
        await ana.send(text)
    assert list((await texts(bot, -1)).values()) == ["tres"]
    assert list((await texts(bot)).values()) == ["tres"]


async def test_the_number_of_updates_is_limited(bot: Bot, ana: Phone) -> None:
    for _ in range(3):
        await ana.send("x")
    assert len(await bot.get_updates(limit=2)) == 2


async def test_a_command_has_an_entity(bot: Bot, ana: Phone) -> None:
    await ana.send("/avance juridica")
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert list(update.message.parse_entities(["bot_command"]).values()) == ["/avance"]


async def test_a_long_text_is_split_into_several_updates(bot: Bot, ana: Phone) -> None:
    await ana.send("😀" * 3000)
    lengths = [len(text or "") for text in (await texts(bot)).values()]
    assert lengths == [2048, 952]


async def test_only_allowed_kinds_are_kept(bot: Bot, ana: Phone) -> None:
    await bot.get_updates(allowed_updates=["callback_query"])
    await ana.send("lost")
    await bot.get_updates(allowed_updates=[])
    await ana.send("kept")
    assert list((await texts(bot)).values()) == ["kept"]


async def polling(world: World, bot: Bot) -> asyncio.Task[tuple[Update, ...]]:
    """Begin a long poll."""
    before = world.updates.reader
    poll = asyncio.create_task(bot.get_updates(timeout=50))
    await until(lambda: world.updates.reader > before)
    return poll


async def test_a_long_poll_ends_with_the_first_update(bot: Bot, world: World, ana: Phone) -> None:
    poll = await polling(world, bot)
    await ana.send("hola")
    assert len(await asyncio.wait_for(poll, WITHIN_A_POLL)) == 1


async def test_moving_the_clock_ends_a_long_poll_empty(bot: Bot, world: World) -> None:
    poll = await polling(world, bot)
    world.advance(-3600)
    assert await asyncio.wait_for(poll, WITHIN_A_POLL) == ()


async def test_a_long_poll_ends_by_itself(call: Call) -> None:
    begun = time.monotonic()
    assert (await call("getUpdates", timeout=1))["result"] == []
    assert time.monotonic() - begun > 0.9


async def test_the_earlier_of_two_polls_is_refused(bot: Bot, world: World, ana: Phone, call: Call) -> None:
    earlier = asyncio.create_task(call("getUpdates", timeout=50))
    await until(lambda: world.updates.reader)
    later = asyncio.create_task(bot.get_updates(timeout=50))
    refused = await asyncio.wait_for(earlier, WITHIN_A_POLL)
    assert refused["error_code"] == 409
    assert "terminated by other getUpdates request" in refused["description"]
    await ana.send("hola")
    assert len(await asyncio.wait_for(later, WITHIN_A_POLL)) == 1


async def test_no_polling_while_a_webhook_is_set(bot: Bot) -> None:
    await bot.set_webhook("https://avance.example/hook")
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()
    assert (await bot.get_webhook_info()).url == "https://avance.example/hook"
    await bot.delete_webhook()
    assert await bot.get_updates() == ()
    with pytest.raises(BadRequest, match="an https url must"):
        await bot.set_webhook("ftp://x")


async def test_pending_updates_can_be_dropped(bot: Bot, ana: Phone) -> None:
    await ana.send("hola")
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates() == ()


async def test_messages_are_dropped_after_a_day(bot: Bot, ana: Phone, world: World) -> None:
    await ana.send("old")
    world.advance(3600)
    await ana.send("young")
    world.advance(23 * 3600 - 5)
    assert list((await texts(bot)).values()) == ["old", "young"]
    world.advance(10)
    assert list((await texts(bot)).values()) == ["young"]


async def test_taps_are_dropped_after_150_seconds(bot: Bot, ana: Phone, world: World) -> None:
    await bot.send_message(ANA, "¿Sí?", reply_markup=keys([("Sí", "y")]))
    await ana.tap("Sí")
    world.advance(145)
    assert len(await bot.get_updates()) == 1
    world.advance(10)
    assert await bot.get_updates() == ()


async def test_a_tap_has_the_whole_message_and_is_answered(bot: Bot, ana: Phone) -> None:
    await bot.send_message(ANA, "¿Sí?", reply_markup=keys([("Sí", "y"), ("No", "n")]))
    await ana.tap("N")
    (update,) = await bot.get_updates()
    query = update.callback_query
    assert query is not None
    assert (query.data, query.from_user.id) == ("n", ANA)
    assert query.message is not None and query.message.text == "¿Sí?"  # type: ignore[attr-defined]
    await bot.answer_callback_query(query.id, "hecho", show_alert=True)
    answer = await ana.answer()
    assert (answer.text, answer.show_alert) == ("hecho", True)


async def test_an_old_or_unknown_tap_cannot_be_answered(bot: Bot, ana: Phone, world: World) -> None:
    await bot.send_message(ANA, "¿Sí?", reply_markup=keys([("Sí", "y")]))
    tap = await ana.tap("Sí")
    with pytest.raises(BadRequest, match="Message_too_long"):
        await bot.answer_callback_query(tap, "x" * 201)
    world.advance(151)
    for query in (tap, "12345"):
        with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
            await bot.answer_callback_query(query)
