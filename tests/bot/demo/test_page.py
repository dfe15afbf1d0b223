"""The page in a real browser, with a bot behind it that repeats what it hears."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, expect
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from telegram import Bot, Update

from bot.demo.server import LocalTelegram
from bot.demo.world import World
from tests.bot.demo.conftest import ANA, LUIS, MORNING, plain_request
from tests.bot.demo.test_messages import keys, png
from tests.browser import browser

__all__ = ["browser"]

pytestmark = pytest.mark.browser


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
    """Nothing may be complained of in the console."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page = await browser.new_page(locale="en-US", timezone_id="Asia/Tokyo")
    page.set_default_timeout(5000)
    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(telegram.url)
    await expect(page.locator(".phone")).to_have_count(2)
    yield page
    assert complaints == []


async def test_a_conversation_by_keyboard_and_taps(page: Page) -> None:
    ana = page.locator(f"#phone-{ANA}")
    field = ana.get_by_label("Mensaje de Ana Torres")
    await field.press_sequentially("hola")
    await field.press("Shift+Enter")
    await field.press_sequentially("mundo")
    await field.press("Enter")
    await expect(ana.locator(".from-person .text")).to_have_text("hola\nmundo")
    await expect(ana.locator(".from-bot b")).to_have_text("hola\nmundo")
    await expect(ana.locator(".from-bot .text")).to_contain_text("<script>")
    await expect(ana.locator(".from-bot time")).to_have_text("09:00")
    await expect(page.locator(f"#phone-{LUIS} .message")).to_have_count(0)

    await ana.get_by_role("button", name="Alarma").click()
    await expect(ana.locator(".alert p")).to_have_text("Oído: alert")
    await ana.get_by_role("button", name="Aceptar").click()
    await ana.get_by_role("button", name="Otra vez").press("Enter")
    await expect(ana.locator(".toast")).to_have_text("Oído: again")
    await expect(ana.locator(".from-bot .text")).to_have_text("cambiado")
    await expect(ana.locator(".from-bot .stamp")).to_contain_text("editado")
    await expect(ana.locator(".keys")).to_have_count(0)


async def test_the_command_menu_and_the_first_button(page: Page) -> None:
    luis = page.locator(f"#phone-{LUIS}")
    await luis.get_by_role("button", name="Iniciar").click()
    await expect(luis.locator(".from-bot")).to_have_count(1)
    await luis.get_by_role("button", name="Menú de comandos").click()
    await expect(luis.locator(".menu li")).to_have_count(2)
    await page.keyboard.press("Escape")
    await expect(luis.locator(".menu")).to_be_hidden()
    await luis.get_by_label("Mensaje de Luis").press_sequentially("/av")
    await luis.get_by_role("button", name="/avance").click()
    await expect(luis.locator(".from-person").last).to_contain_text("/avance")
    await expect(luis.locator(".from-bot")).to_have_count(2)


async def test_the_clock_and_the_demo_s_own_button(page: Page, telegram: LocalTelegram) -> None:
    await expect(page.locator("#clock")).to_have_text("miércoles, 20 de marzo de 2024, 09:00")
    await page.get_by_role("button", name="+1 día").click()
    await expect(page.locator("#clock")).to_have_text("jueves, 21 de marzo de 2024, 09:00")
    telegram.world.advance(3600)
    await expect(page.locator("#clock")).to_have_text("jueves, 21 de marzo de 2024, 10:00")
    await page.get_by_role("button", name="Reproducir").click()
    await expect(page.locator("#notice")).to_have_text("Listo, se reprodujo")


async def test_pictures_and_deletions_are_shown(page: Page, telegram: LocalTelegram, echo: Bot) -> None:
    telegram.world.people[ANA].standing = "member"
    sent = await echo.send_photo(ANA, png(4, 4), caption="Su código")
    picture = page.get_by_role("img", name="Su código")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 4
    await echo.delete_message(ANA, sent.message_id)
    await expect(picture).to_have_count(0)


async def test_one_phone_at_a_time_on_a_telephone(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await expect(page.locator(f"#phone-{LUIS}")).to_be_hidden()
    await page.get_by_role("tab", name="Ana").press("ArrowRight")
    await expect(page.locator(f"#phone-{LUIS}")).to_be_visible()
    await expect(page.locator(f"#phone-{ANA}")).to_be_hidden()
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
