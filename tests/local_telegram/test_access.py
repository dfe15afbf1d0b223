"""Who may call, which methods and parameters exist, and who can be reached."""

import json
from datetime import datetime
from typing import Any

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken

from local_telegram.server import LocalTelegram
from local_telegram.world.world import World
from tests.local_telegram.conftest import ANA, LUIS, MORNING, Call, plain_request
from tests.support.phones.phone import Phone


async def test_get_me_returns_the_bot(bot: Bot) -> None:
    assert bot.username == "avance_demo_bot"


async def test_a_wrong_token_is_401(server: LocalTelegram) -> None:
    async with plain_request() as request:
        with pytest.raises(InvalidToken):
            await Bot("1:wrong", f"{server.url}/bot", request=request).get_me()


async def test_an_unknown_method_is_404(call: Call) -> None:
    assert await call("sendFax") == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_method_names_are_not_case_sensitive(call: Call) -> None:
    assert (await call("GETME"))["ok"]


async def test_every_response_has_the_servers_time(http: httpx.AsyncClient, world: World) -> None:
    for path in (f"/bot{world.token}/getMe", f"/bot{world.token}/nothing", "/bot1:x/getMe"):
        told = (await http.get(path)).headers["X-Avance-Now"]
        assert 0 <= (datetime.fromisoformat(told) - MORNING).total_seconds() < 5
        assert len(told) == len("2024-03-20T15:00:00.000000+00:00")


@pytest.mark.parametrize("way", ["json", "form", "query", "get", "multipart"])
async def test_parameters_are_accepted_in_every_encoding(
    way: str, http: httpx.AsyncClient, world: World, ana: Phone
) -> None:
    path = f"/bot{world.token}/sendMessage"
    markup = {"inline_keyboard": [[{"text": "Sí", "callback_data": "y"}]]}
    flat = {"chat_id": str(ANA), "text": "hola & adiós", "reply_markup": json.dumps(markup)}
    if way == "json":
        answer = await http.post(path, json={"chat_id": ANA, "text": "hola & adiós", "reply_markup": markup})
    elif way == "form":
        answer = await http.post(path, data=flat)
    elif way == "multipart":
        answer = await http.post(path, files={name: (None, value) for name, value in flat.items()})
    else:
        answer = await http.request("GET" if way == "get" else "POST", path, params=flat)
    assert answer.status_code == 200, answer.text
    assert (await ana.last()).text == "hola & adiós"
    assert await ana.keyboard() == [["Sí"]]


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"text": "x"}, "Bad Request: chat_id is empty"),
        ({"chat_id": ANA}, "Bad Request: message text is empty"),
        ({"chat_id": ANA, "text": "x", "parsemode": "HTML"}, 'sendMessage has no parameter "parsemode"'),
        ({"chat_id": ANA, "text": 5}, '"text" must be a String'),
        ({"chat_id": "@somewhere", "text": "x"}, "Bad Request: chat not found"),
        ({"chat_id": ANA, "text": "x", "reply_markup": "{"}, "can't parse reply_markup JSON object"),
        ({"chat_id": ANA, "text": "x", "protect_content": "perhaps"}, '"protect_content" must be a Boolean'),
        ({"chat_id": ANA, "text": "x", "message_thread_id": 5}, "message thread not found"),
        ({"chat_id": ANA, "text": "x", "reply_parameters": {"message_id": 9}}, "to be replied not found"),
    ],
)  # fmt: skip
async def test_wrong_parameters_are_400(
    parameters: dict[str, Any], description: str, call: Call, ana: Phone
) -> None:
    refused = await call("sendMessage", **parameters)
    assert refused["error_code"] == 400
    assert description in refused["description"]


async def test_a_body_that_is_not_json_is_400(http: httpx.AsyncClient, world: World) -> None:
    headers = {"content-type": "application/json"}
    answer = await http.post(f"/bot{world.token}/getMe", content=b"[1", headers=headers)
    assert answer.status_code == 400


async def test_the_bot_cannot_write_to_a_person_who_never_started_it(bot: Bot, luis: Phone) -> None:
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(LUIS, "hola")
    await luis.send("hola")
    assert (await bot.send_message(LUIS, "hola")).text == "hola"


async def test_a_person_who_blocked_the_bot_is_unreachable_until_they_return(bot: Bot, ana: Phone) -> None:
    await ana.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(ANA, "hola")
    with pytest.raises(Forbidden):
        await bot.send_chat_action(ANA, "typing")
    await ana.unblock()
    await bot.send_message(ANA, "hola")
    standings = [update.my_chat_member for update in await bot.get_updates()]
    assert [moved and moved.new_chat_member.status for moved in standings] == ["kicked", "member"]


async def test_writing_to_a_blocked_bot_unblocks_it(bot: Bot, ana: Phone) -> None:
    await ana.block()
    await ana.send("/start")
    await bot.send_message(ANA, "hola")
    _, unblocked, written = await bot.get_updates()
    assert unblocked.my_chat_member is not None
    assert unblocked.my_chat_member.new_chat_member.status == "member"
    assert written.message is not None


async def test_an_unknown_chat_is_not_found(bot: Bot, luis: Phone) -> None:
    for chat in (999, -999, LUIS):
        with pytest.raises(BadRequest, match="Chat not found"):
            await bot.get_chat(chat)


async def test_a_known_chat_is_described(bot: Bot, ana: Phone) -> None:
    chat = await bot.get_chat(ANA)
    assert (chat.type, chat.first_name) == ("private", "Ana")
