"""The phones' side: people, groups, taps, menus, the clock, and the test's own phone."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeChatMember,
)
from telegram.error import BadRequest

from local_telegram.server import LocalTelegram
from local_telegram.world.world import World
from tests.local_telegram.conftest import ANA, LUIS, MORNING
from tests.local_telegram.test_messages import keys
from tests.support.phones.phone import Phone
from tests.support.waiting import PATIENCE, WITHIN_A_POLL, until

OFFICE = -100


async def test_people_have_their_own_numbers(http: httpx.AsyncClient, ana: Phone) -> None:
    for number in (ANA, 0, -5):
        answer = await http.post("/phone/users", json={"id": number, "first_name": "X"})
        assert answer.status_code == 400
    maria = {"id": 30, "first_name": "María", "last_name": "Ruiz", "username": "mruiz"}
    made = (await http.post("/phone/users", json=maria)).json()
    assert made == maria | {"is_bot": False, "language_code": "es"}


@pytest.mark.parametrize("path", ["/phone/99/messages", f"/phone/{ANA}/messages?chat=-5", "/phone/files/x"])
async def test_an_unknown_path_is_404(path: str, http: httpx.AsyncClient, ana: Phone) -> None:
    assert (await http.get(path)).status_code == 404


async def test_an_empty_text_is_not_sent(http: httpx.AsyncClient, ana: Phone) -> None:
    assert (await http.post(f"/phone/{ANA}/send", json={"text": "  "})).status_code == 400


async def test_only_an_existing_button_can_be_pressed(bot: Bot, http: httpx.AsyncClient, ana: Phone) -> None:
    sent = await bot.send_message(ANA, "¿Sí?", reply_markup=keys([("Sí", "y")]))
    tap: dict[str, Any] = {"message_id": sent.message_id, "data": "z"}
    assert (await http.post(f"/phone/{ANA}/tap", json=tap)).status_code == 404
    assert (await http.post(f"/phone/{ANA}/tap", json=tap | {"data": "y"})).status_code == 200
    assert (await http.post(f"/phone/{ANA}/tap", json=tap | {"forged": True})).status_code == 200
    assert [update.callback_query and update.callback_query.data for update in await bot.get_updates()] == [
        "y",
        "z",
    ]


async def test_a_tap_on_a_deleted_message_has_an_inaccessible_message(bot: Bot, ana: Phone) -> None:
    sent = await bot.send_message(ANA, "¿Sí?", reply_markup=keys([("Sí", "y")]))
    shown = await ana.last()
    await bot.delete_message(ANA, sent.message_id)
    await ana.tap("Sí", shown)
    (update,) = await bot.get_updates()
    assert update.callback_query is not None and update.callback_query.message is not None
    assert not update.callback_query.message.is_accessible


async def test_events_are_returned_in_order(bot: Bot, http: httpx.AsyncClient, ana: Phone) -> None:
    before = (await http.get(f"/phone/{ANA}/messages")).json()["last"]
    sent = await bot.send_message(ANA, "uno")
    await bot.edit_message_text("dos", ANA, sent.message_id)
    await bot.delete_message(ANA, sent.message_id)
    await bot.send_chat_action(ANA, "typing")
    await bot.set_my_commands([BotCommand("ayuda", "Ayuda")])
    events = (await http.get(f"/phone/{ANA}/events?after={before}")).json()["events"]
    assert [event["kind"] for event in events] == ["message", "edited", "deleted", "action", "commands"]
    assert [event["message"]["text"] for event in events[:2]] == ["uno", "dos"]


async def test_events_can_be_waited_for(bot: Bot, http: httpx.AsyncClient, ana: Phone) -> None:
    last = (await http.get(f"/phone/{ANA}/messages")).json()["last"]
    waiting = asyncio.create_task(http.get(f"/phone/{ANA}/events?after={last}&timeout=50"))
    await asyncio.sleep(0.05)
    await bot.send_message(ANA, "uno")
    assert len((await asyncio.wait_for(waiting, WITHIN_A_POLL)).json()["events"]) == 1


async def test_the_narrowest_menu_is_shown(bot: Bot, ana: Phone, luis: Phone, world: World) -> None:
    world.add_group(OFFICE, "Jurídica", [ANA, LUIS])
    await bot.set_my_commands([BotCommand("ayuda", "Ayuda")])
    await bot.set_my_commands([BotCommand("avance", "Avance")], BotCommandScopeChat(ANA))
    await bot.set_my_commands([BotCommand("grupo", "Grupo")], BotCommandScopeAllGroupChats())
    await bot.set_my_commands([BotCommand("luis", "Luis")], BotCommandScopeChatMember(OFFICE, LUIS))
    assert await ana.commands() == {"avance": "Avance"}
    assert await luis.commands() == {"ayuda": "Ayuda"}
    assert [entry["command"] for entry in world.menu_of(ANA, OFFICE)] == ["grupo"]
    assert [entry["command"] for entry in world.menu_of(LUIS, OFFICE)] == ["luis"]
    assert [entry.command for entry in await bot.get_my_commands(BotCommandScopeChat(ANA))] == ["avance"]
    await bot.delete_my_commands(BotCommandScopeChat(ANA))
    assert await ana.commands() == {"ayuda": "Ayuda"}


@pytest.mark.parametrize(
    ("command", "complaint"),
    [(("Ayuda", "x"), "Bot_command_invalid"), (("ayuda", ""), "Bot_command_description_invalid")],
)
async def test_bad_menus_are_refused(bot: Bot, command: tuple[str, str], complaint: str) -> None:
    with pytest.raises(BadRequest, match=complaint):
        await bot.set_my_commands([command])
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.set_my_commands([("ayuda", "Ayuda")], BotCommandScopeChat(999))


async def test_the_bot_describes_itself(bot: Bot, world: World) -> None:
    await bot.set_my_description("Registra actividades")
    await bot.set_my_short_description("Avance")
    assert world.descriptions == {"description": "Registra actividades", "short_description": "Avance"}
    with pytest.raises(BadRequest, match="too long"):
        await bot.set_my_short_description("x" * 121)


async def test_in_a_group_the_bot_gets_only_commands_and_replies(
    bot: Bot, http: httpx.AsyncClient, ana: Phone, luis: Phone
) -> None:
    group = {"id": OFFICE, "title": "Jurídica", "members": [ANA, LUIS]}
    assert (await http.post("/phone/groups", json=group)).status_code == 201
    sent = await bot.send_message(OFFICE, "hola a todos")
    await ana.send("buenos días", chat=OFFICE)
    await luis.send("/avance@avance_demo_bot", chat=OFFICE)
    await luis.send("/avance@another_bot", chat=OFFICE)
    await ana.send("gracias", chat=OFFICE, reply_to=sent.message_id)
    updates = await bot.get_updates()
    assert updates[0].my_chat_member is not None
    incoming = [update.message.text for update in updates if update.message]
    assert incoming == ["/avance@avance_demo_bot", "gracias"]
    assert (await luis.last()).text == "hola a todos"
    assert (await http.post("/phone/groups", json=group)).status_code == 400


async def test_the_clock_runs_and_can_be_moved(http: httpx.AsyncClient, world: World) -> None:
    shown = (await http.get("/clock")).json()
    first = datetime.fromisoformat(shown["now"])
    await until(lambda: world.now() > first)
    assert world.now() - first < timedelta(seconds=PATIENCE)
    moved = (await http.post("/clock", json={"advance_seconds": 86400})).json()
    assert moved["now"].startswith("2024-03-21T15:00")
    back = (await http.post("/clock", json={"now": "2024-01-08T09:30"})).json()
    assert back["now"].startswith("2024-01-08T15:30")
    assert (await http.post("/clock", json={"now": "tomorrow"})).status_code == 400
    assert (await http.post("/clock", json={})).status_code == 404


def test_a_clock_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        World(MORNING.replace(tzinfo=None))


async def test_the_demo_adds_its_own_routes_and_phones(world: World) -> None:
    async def hello(request: Request) -> Response:
        return PlainTextResponse("hello")

    world.add_person(ANA, "Ana")
    phones = [{"user_id": ANA, "label": "Enlace"}]
    async with (
        LocalTelegram(world, extra_routes=[Route("/hello", hello)], phones=phones) as server,
        httpx.AsyncClient(base_url=server.url, trust_env=False) as http,
    ):
        assert (await http.get("/hello")).text == "hello"
        (shown,) = (await http.get("/phone/shown")).json()["phones"]
        assert (shown["label"], shown["user"]["first_name"]) == ("Enlace", "Ana")


def test_the_server_can_restart_with_the_same_world(world: World) -> None:
    world.add_person(ANA, "Ana")
    for expected in (1, 2):
        with LocalTelegram(world) as server:
            with httpx.Client(base_url=server.url, trust_env=False) as http:
                assert http.post(f"/phone/{ANA}/send", json={"text": "hola"}).json()["message_id"] == expected
            port = server.port
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/clock", trust_env=False)


async def test_a_pending_poll_is_answered_when_the_server_stops(world: World) -> None:
    async with httpx.AsyncClient(trust_env=False, verify=False, timeout=PATIENCE) as http:
        async with LocalTelegram(world) as server:
            address = f"{server.url}/bot{world.token}/getUpdates?timeout=50"
            poll = asyncio.create_task(http.get(address))
            await until(lambda: world.updates.reader)
        assert (await asyncio.wait_for(poll, WITHIN_A_POLL)).json() == {"ok": True, "result": []}


async def test_a_failure_of_the_phone_shows_its_screen(bot: Bot, ana: Phone) -> None:
    await bot.send_message(ANA, "¿Sí?", reply_markup=keys([("✅ Sí", "y")]))
    with pytest.raises(
        AssertionError, match=r"Ana finds no button 'No'\. On the screen of Ana:(.|\n)*\[✅ Sí\]"
    ):
        await ana.tap("No")
    with pytest.raises(AssertionError, match=r"Ana waited 0\.1 s for 'adiós'"):
        await ana.wait_for("adiós", timeout=0.1)


async def test_the_phone_waits_for_new_messages_only(bot: Bot, ana: Phone) -> None:
    await bot.send_message(ANA, "hola")
    await ana.send("otra vez")
    waiting = asyncio.create_task(ana.wait_for("hola"))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    again = await bot.send_message(ANA, "hola")
    assert (await waiting).id == again.message_id


async def test_the_phone_is_settled_when_all_updates_are_confirmed(bot: Bot, ana: Phone) -> None:
    await ana.send("hola")
    with pytest.raises(AssertionError, match="1 updates not confirmed"):
        await ana.settled(timeout=0.1)
    (update,) = await bot.get_updates()
    await bot.get_updates(offset=update.update_id + 1)
    await ana.settled()
