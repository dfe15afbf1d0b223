"""The page opened in a browser, with a bot that repeats the texts it receives."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, expect
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from telegram import Bot, Update

from local_telegram.server import LocalTelegram
from local_telegram.world.world import World
from tests.local_telegram.conftest import ANA, LUIS, MORNING, plain_request
from tests.local_telegram.test_messages import keys
from tests.support.waiting import PATIENCE_MS


async def greet(request: Request) -> Response:
    return JSONResponse({"message": "Listo, se reprodujo"})


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    world = World(MORNING)
    world.add_person(ANA, "Ana", "Torres")
    world.add_person(LUIS, "Luis")
    phones = [{"user_id": ANA, "label": "Enlace"}, {"user_id": LUIS, "label": "Titular"}]
    routes = [Route("/replay", greet, methods=["POST"])]
    buttons = [{"label": "Reproducir", "path": "/replay"}]
    async with LocalTelegram(world, extra_routes=routes, phones=phones, buttons=buttons) as server:
        yield server


@pytest.fixture
async def echo(telegram: LocalTelegram) -> AsyncIterator[Bot]:
    address = f"{telegram.url}/bot"
    async with Bot(
        telegram.world.token, address, request=plain_request(), get_updates_request=plain_request()
    ) as bot:
        await bot.set_my_commands([("ayuda", "Qué puede hacer"), ("avance", "Cómo va")])
        listening = asyncio.create_task(listen(bot))
        yield bot
        listening.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await listening


async def listen(bot: Bot) -> None:
    offset = 0
    while True:
        for update in await bot.get_updates(offset=offset, timeout=20):
            offset = update.update_id + 1
            await repeat(bot, update)


async def repeat(bot: Bot, update: Update) -> None:
    if update.callback_query:
        query = update.callback_query
        assert query.message is not None
        alarmed = query.data == "alert"
        await bot.answer_callback_query(query.id, f"Oído: {query.data}", show_alert=alarmed)
        if not alarmed:
            await bot.edit_message_text("<i>cambiado</i>", ANA, query.message.message_id, parse_mode="HTML")
    elif update.message and update.message.text:
        markup = keys([("Otra vez", "again"), ("Alarma", "alert")])
        text = f"Usted dijo <b>{update.message.text}</b> &lt;script&gt;"
        await bot.send_message(update.message.chat_id, text, parse_mode="HTML", reply_markup=markup)


@pytest.fixture
async def page(browser: Browser, telegram: LocalTelegram, echo: Bot) -> AsyncIterator[Page]:
    page = await browser.new_page(locale="en-US", timezone_id="Asia/Tokyo")
    with watched(page):
        await visit(page, telegram)
        yield page


async def visit(page: Page, telegram: LocalTelegram) -> None:
    page.set_default_timeout(PATIENCE_MS)
    await page.goto(telegram.url)
    await expect(page.locator(".phone")).to_have_count(2)
    await expect(page.locator("#clock")).to_contain_text("2024")


@contextlib.contextmanager
def watched(page: Page) -> Iterator[None]:
    """Fail if the browser's console shows an error, except refusals of the server."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and "a status of 400" not in message.text:
            complaints.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield
    assert complaints == []
