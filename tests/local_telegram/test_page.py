"""The page in a real browser: a conversation, the demo's clock, one phone at a time."""

import pytest
from playwright.async_api import Page, expect
from telegram import Bot

from local_telegram.server import LocalTelegram
from tests.local_telegram.conftest import ANA, LUIS
from tests.local_telegram.open_page import echo, page, telegram
from tests.local_telegram.test_messages import png
from tests.support.browser import browser

__all__ = ["browser", "echo", "page", "telegram"]

pytestmark = pytest.mark.browser


async def test_a_conversation_on_the_page(page: Page) -> None:
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


async def test_a_narrow_screen_shows_one_phone_at_a_time(page: Page) -> None:
    await page.set_viewport_size({"width": 390, "height": 844})
    await expect(page.locator(f"#phone-{LUIS}")).to_be_hidden()
    await page.get_by_role("tab", name="Ana").press("ArrowRight")
    await expect(page.locator(f"#phone-{LUIS}")).to_be_visible()
    await expect(page.locator(f"#phone-{ANA}")).to_be_hidden()
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
