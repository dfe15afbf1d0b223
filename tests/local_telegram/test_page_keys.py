"""The page by keyboard alone, and at a phone's width."""

import pytest
from playwright.async_api import Locator, Page, expect
from telegram import Bot

from local_telegram.server import LocalTelegram
from tests.local_telegram.conftest import ANA, LUIS
from tests.local_telegram.open_page import echo, page, telegram
from tests.local_telegram.test_page_files import attach, jpeg, pdf, stored
from tests.support.browser import browser

__all__ = ["browser", "echo", "page", "telegram"]

pytestmark = pytest.mark.browser

SMALL_TARGETS = """() => [...document.querySelectorAll("button, .key, .document, .place-card, input")]
    .filter((target) => target.checkVisibility())
    .map((target) => [target.outerHTML.slice(0, 90), target.getBoundingClientRect()])
    .filter(([, { width, height }]) => width < 40 || height < 40)
    .map(([name]) => name)"""


@pytest.fixture
def ana(page: Page) -> Locator:
    return page.locator(f"#phone-{ANA}")


@pytest.fixture
def field(ana: Locator) -> Locator:
    return ana.get_by_label("Mensaje de Ana Torres")


async def say(phone: Locator, *texts: str) -> None:
    """Send texts that the bot repeats, each with two buttons."""
    for text in texts:
        await phone.locator("textarea").fill(text)
        await phone.locator("textarea").press("Enter")
        await expect(phone.locator(".from-bot").last).to_contain_text(text)


async def press(page: Page, *names: str) -> None:
    for name in names:
        await page.keyboard.press(name)


async def test_the_conversation_is_one_tab_stop(page: Page, ana: Locator, field: Locator) -> None:
    await expect(field).to_be_focused()
    await say(ana, "/uno", "/dos", "/tres")
    await press(page, "Shift+Tab")
    await expect(ana.get_by_role("button", name="Adjuntar")).to_be_focused()
    await press(page, "Shift+Tab", "Shift+Tab")
    await expect(ana.locator(".message").last).to_be_focused()
    await press(page, "Shift+Tab")
    await expect(page.get_by_role("button", name="Teclas")).to_be_focused()
    await press(page, "Alt+2")
    await expect(page.locator(f"#phone-{LUIS} textarea")).to_be_focused()


async def test_arrow_keys_move_between_and_into_messages(page: Page, ana: Locator, field: Locator) -> None:
    await say(ana, "/uno", "dos")
    messages = ana.locator(".message")
    await press(page, "ArrowUp")
    await expect(messages.nth(3)).to_be_focused()
    await press(page, "Home")
    await expect(messages.nth(0)).to_be_focused()
    await press(page, "ArrowDown", "Enter")
    second = messages.nth(1)
    await expect(second.get_by_role("button", name="Otra vez")).to_be_focused()
    await press(page, "ArrowRight", "Enter")
    await expect(ana.locator(".alert p")).to_have_text("Oído: alert")
    await press(page, "Escape")
    await expect(ana.locator(".alert")).to_be_hidden()
    await expect(second.get_by_role("button", name="Alarma")).to_be_focused()
    await press(page, "ArrowLeft", "Enter")
    await expect(second.locator(".text")).to_have_text("cambiado")
    await expect(second).to_be_focused()
    await press(page, "Escape")
    await expect(field).to_be_focused()


async def test_a_command_in_a_text_is_pressed_with_enter(page: Page, ana: Locator) -> None:
    await say(ana, "/uno")
    await press(page, "ArrowUp", "ArrowUp", "Enter")
    await expect(ana.locator(".from-person").get_by_role("button", name="/uno")).to_be_focused()
    await press(page, "Enter")
    await expect(ana.locator(".from-person")).to_have_count(2)


async def test_replying_quotes_and_the_quotation_leads_back(
    page: Page, ana: Locator, field: Locator, telegram: LocalTelegram
) -> None:
    await say(ana, "uno", "dos")
    await press(page, "ArrowUp", "Home", "ArrowDown", "r")
    await expect(field).to_be_focused()
    await expect(ana.locator(".about")).to_contain_text("Respuesta a Avance")
    await press(page, "Escape")
    await expect(ana.locator(".about")).to_be_hidden()
    await ana.locator(".message").nth(1).hover()
    await ana.locator(".message").nth(1).get_by_role("button", name="Responder").click()
    await field.press_sequentially("de acuerdo")
    await field.press("Enter")
    answer = ana.locator(".message", has_text="de acuerdo").first
    await expect(answer.locator(".quote")).to_contain_text("Usted dijo uno <script>")
    assert stored(telegram)[4]["reply_to_message"]["message_id"] == 2
    await expect(ana.locator(".about")).to_be_hidden()
    await answer.locator(".quote").click()
    await expect(ana.locator(".message").nth(1)).to_be_focused()


async def test_an_own_message_can_be_edited(
    page: Page, ana: Locator, field: Locator, telegram: LocalTelegram
) -> None:
    await say(ana, "9 personas")
    await field.fill("sin terminar")
    mine = ana.locator(".from-person")
    await mine.focus()
    await press(page, "e")
    await expect(field).to_have_value("9 personas")
    await expect(ana.locator(".about")).to_contain_text("Editando")
    await press(page, "Escape")
    await expect(field).to_have_value("sin terminar")
    await mine.focus()
    await press(page, "e")
    await field.fill("10 personas")
    await field.press("Enter")
    await expect(mine.locator(".text")).to_have_text("10 personas")
    await expect(mine.locator(".stamp")).to_contain_text("editado")
    await expect(field).to_have_value("sin terminar")
    await ana.locator(".from-bot").focus()
    await press(page, "e")
    await expect(ana.locator(".about")).to_be_hidden()

    telegram.world.advance(49 * 3600)
    await mine.focus()
    await press(page, "e")
    await field.fill("11 personas")
    await field.press("Enter")
    await expect(ana.locator(".toast")).to_contain_text("48 horas")
    await expect(field).to_have_value("11 personas")


async def test_the_caption_of_an_album_can_be_edited(
    ana: Locator, field: Locator, telegram: LocalTelegram
) -> None:
    await attach(ana, "Foto o álbum", jpeg("1.jpg"), jpeg("2.jpg"))
    await field.fill("Dos fotos")
    await field.press("Enter")
    album = ana.locator(".message")
    await expect(album.locator("img")).to_have_count(2)
    await album.focus()
    await album.press("E")
    await expect(field).to_have_value("Dos fotos")
    await field.fill("")
    await field.press("Enter")
    await expect(album.locator(".text")).to_have_count(0)
    await expect(album.locator("img")).to_have_count(2)
    assert "caption" not in stored(telegram)[0]


async def test_files_can_be_sent_by_keyboard(page: Page, ana: Locator, field: Locator) -> None:
    await press(page, "Shift+Tab", "Enter", "ArrowDown")
    await expect(ana.get_by_role("button", name="Documento")).to_be_focused()
    await press(page, "Escape")
    await expect(ana.get_by_role("button", name="Adjuntar")).to_be_focused()
    async with page.expect_file_chooser() as dialog:
        await press(page, "Enter", "ArrowDown", "Enter")
    await (await dialog.value).set_files([pdf("acta.pdf"), pdf("otra.pdf")])
    await expect(ana.locator(".tray li")).to_have_count(2)
    await ana.get_by_role("button", name="Quitar acta.pdf").press("Enter")
    await expect(ana.get_by_role("button", name="Quitar otra.pdf")).to_be_focused()
    await field.press("Enter")
    await expect(ana.locator(".message")).to_have_count(1)
    await press(page, "ArrowUp", "Enter")
    await expect(ana.get_by_role("link", name="otra.pdf")).to_be_focused()


async def test_the_keys_are_explained(page: Page, ana: Locator, field: Locator) -> None:
    await say(ana, "¿y?")
    await press(page, "ArrowUp", "?")
    help_ = page.get_by_role("dialog", name="Con el teclado")
    await expect(help_).to_be_visible()
    await press(page, "Escape")
    await expect(help_).to_be_hidden()
    await expect(ana.locator(".message").last).to_be_focused()


@pytest.mark.parametrize("width", [390, 320])
async def test_the_page_fits_a_phones_width(
    width: int, page: Page, ana: Locator, field: Locator, telegram: LocalTelegram, echo: Bot
) -> None:
    await page.set_viewport_size({"width": width, "height": 844})
    await say(ana, "Una_palabra_muy_larga_" * 8)
    await attach(ana, "Foto o álbum", *(jpeg(f"{n}.jpg", 1600) for n in range(5)), pdf("a" * 70 + ".pdf"))
    await field.press("Enter")
    await expect(ana.locator(".document")).to_have_count(1)
    await page.request.post(
        f"{telegram.url}/phone/{ANA}/location", data={"latitude": 16.7, "longitude": -93.1, "title": "X" * 60}
    )
    await expect(ana.locator(".place-card")).to_have_count(1)
    await attach(ana, "Documento", pdf("b" * 70 + ".pdf"))
    await ana.get_by_role("button", name="Adjuntar").click()
    await ana.get_by_role("button", name="Ubicación", exact=True).click()
    await ana.get_by_role("button", name="Menú de comandos").click()
    assert await page.evaluate("document.documentElement.scrollWidth") == width
    assert await ana.locator(".messages").evaluate("box => box.scrollWidth - box.clientWidth") == 0
    assert await page.evaluate(SMALL_TARGETS) == []
