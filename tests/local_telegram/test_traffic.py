"""Rate limits, and faults planned for a test."""

import time
from datetime import timedelta

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError, RetryAfter

from local_telegram.world.traffic import TELEGRAM_LIMITS, Fault, Limits
from local_telegram.world.world import World
from tests.local_telegram.conftest import ANA, LUIS, Call
from tests.support.phones.phone import Phone

OFFICE = -100


async def test_a_chat_accepts_a_short_burst(bot: Bot, ana: Phone, luis: Phone, world: World) -> None:
    await luis.send("hola")
    world.flood.limits = Limits(chat_burst=3)
    for _ in range(3):
        await bot.send_message(ANA, "x")
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(ANA, "x")
    assert refused.value.retry_after == timedelta(seconds=1)
    await bot.send_message(LUIS, "others are not concerned")


async def test_the_total_per_second_is_limited(call: Call, ana: Phone, luis: Phone, world: World) -> None:
    await luis.send("hola")
    world.flood.limits = Limits(per_second=2)
    sent = [await call("sendMessage", chat_id=chat, text="x") for chat in (ANA, LUIS, ANA)]
    assert [answer["ok"] for answer in sent] == [True, True, False]
    assert sent[2]["parameters"] == {"retry_after": 1}
    assert sent[2]["description"] == "Too Many Requests: retry after 1"


async def test_messages_to_a_group_per_minute_are_limited(bot: Bot, ana: Phone, world: World) -> None:
    world.add_group(OFFICE, "Jurídica", [ANA])
    world.flood.limits = Limits(group_per_minute=2)
    for _ in range(2):
        await bot.send_message(OFFICE, "x")
    with pytest.raises(RetryAfter) as refused:
        await bot.send_message(OFFICE, "x")
    assert refused.value.retry_after == timedelta(seconds=60)
    await bot.send_message(ANA, "x")


async def test_a_refused_message_does_not_count(call: Call, ana: Phone, world: World) -> None:
    world.flood.limits = TELEGRAM_LIMITS
    answers = [await call("sendMessage", chat_id=ANA, text="x") for _ in range(9)]
    assert sum(answer["ok"] for answer in answers) == 5
    assert {answer.get("parameters", {}).get("retry_after", 1) for answer in answers} == {1}


async def test_planned_refusals_are_used_up(bot: Bot, ana: Phone, luis: Phone, world: World) -> None:
    await luis.send("hola")
    world.faults.plan(Fault("sendMessage", 2, chat_id=ANA, status=429, description="x", retry_after=7))
    world.faults.plan(Fault("getMe", status=400, description="Bad Request: no"))
    await bot.send_message(LUIS, "not concerned")
    for _ in range(2):
        with pytest.raises(RetryAfter) as refused:
            await bot.send_message(ANA, "x")
        assert refused.value.retry_after == timedelta(seconds=7)
    await bot.send_message(ANA, "x")
    with pytest.raises(BadRequest, match="No"):
        await bot.get_me()


async def test_faults_can_be_cancelled(bot: Bot, world: World) -> None:
    world.faults.plan(Fault(times=100))
    with pytest.raises(NetworkError, match="Internal Server Error"):
        await bot.get_me()
    world.faults.clear()
    assert await bot.get_me()


async def test_a_connection_dropped_before_the_call_has_no_effect(bot: Bot, ana: Phone, world: World) -> None:
    world.faults.plan(Fault("sendMessage", drop="before"))
    with pytest.raises(NetworkError):
        await bot.send_message(ANA, "uno")
    await bot.send_message(ANA, "dos")
    assert [message.text for message in await ana.messages() if message.from_bot] == ["dos"]


async def test_a_connection_dropped_after_the_call_has_its_effect(bot: Bot, ana: Phone, world: World) -> None:
    world.faults.plan(Fault("sendMessage", drop="after"))
    with pytest.raises(NetworkError):
        await bot.send_message(ANA, "uno")
    assert (await ana.last()).text == "uno"


async def test_the_network_can_be_slow(http: httpx.AsyncClient, world: World) -> None:
    world.delay = 0.2
    begun = time.monotonic()
    await http.get(f"/bot{world.token}/getMe")
    assert time.monotonic() - begun >= 0.2
