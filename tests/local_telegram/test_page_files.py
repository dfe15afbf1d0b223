"""Files on the page: photos, albums, documents, voice notes, locations."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import FilePayload, Locator, Page, expect
from telegram import Bot

from local_telegram.server import LocalTelegram
from tests.local_telegram.conftest import ANA, LUIS
from tests.local_telegram.open_page import echo, page, telegram, visit, watched
from tests.support.browser import browser, launched

__all__ = ["browser", "echo", "page", "telegram"]

pytestmark = pytest.mark.browser

MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
BRING = """([way, name, type, text]) => {
    const brought = new DataTransfer();
    brought.items.add(new File([text], name, { type }));
    const facts = { bubbles: true, cancelable: true, dataTransfer: brought, clipboardData: brought };
    const field = document.querySelector("textarea");
    if (way === "paste") return field.dispatchEvent(new ClipboardEvent("paste", facts));
    field.dispatchEvent(new DragEvent("dragover", facts));
    field.dispatchEvent(new DragEvent("drop", facts));
}"""

ENTER_TWICE = """field => [1, 2].forEach(() => field.dispatchEvent(
    new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true })))"""


@pytest.fixture
def ana(page: Page) -> Locator:
    return page.locator(f"#phone-{ANA}")


def jpeg(name: str, width: int = 400, height: int = 300) -> FilePayload:
    content = io.BytesIO()
    Image.new("RGB", (width, height), "#3a7").save(content, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": content.getvalue()}


def pdf(name: str) -> FilePayload:
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7 " + b"x" * 2500}


async def attach(phone: Locator, choice: str, *files: FilePayload) -> None:
    """Choose files through the menu beside the text field and the system's dialog."""
    before = await phone.locator(".tray li").count()
    await phone.get_by_role("button", name="Adjuntar").click()
    async with phone.page.expect_file_chooser() as dialog:
        await phone.locator(".attachments").get_by_role("button", name=choice).click()
    await (await dialog.value).set_files(list(files))
    await expect(phone.locator(".tray li")).to_have_count(before + len(files))


def stored(telegram: LocalTelegram) -> list[dict[str, Any]]:
    """Return Ana's chat as the server has it."""
    return list(telegram.world.chats[ANA].messages.values())


async def test_a_photo_with_its_caption(page: Page, ana: Locator, telegram: LocalTelegram) -> None:
    await attach(ana, "Foto o álbum", jpeg("sesion.jpg"))
    field = ana.get_by_label("Mensaje de Ana Torres")
    await expect(field).to_be_focused()
    await field.press_sequentially("1 acta, ayer")
    await field.evaluate(ENTER_TWICE)
    await expect(ana.locator(".from-person .text")).to_have_text("1 acta, ayer")
    await expect(ana.locator(".tray")).to_be_hidden()
    await expect(field).to_have_value("")
    (sent,) = stored(telegram)
    assert (sent["caption"], sent["photo"][-1]["width"]) == ("1 acta, ayer", 400)

    await ana.get_by_role("button", name="1 acta, ayer").click()
    enlarged = page.get_by_role("dialog", name="Foto ampliada")
    await expect(enlarged.get_by_role("img", name="1 acta, ayer")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(enlarged).to_be_hidden()
    await expect(ana.locator(".message")).to_have_count(1)


async def test_an_album_is_one_message_with_a_viewer(
    page: Page, ana: Locator, telegram: LocalTelegram
) -> None:
    await attach(ana, "Foto o álbum", *(jpeg(f"{n}.jpg", 300 + n) for n in range(4)))
    await ana.get_by_role("button", name="Quitar 0.jpg").click()
    await expect(ana.locator(".tray li")).to_have_count(3)
    await ana.get_by_label("Mensaje de Ana Torres").fill("La sesión")
    await ana.get_by_role("button", name="Enviar", exact=True).click()
    bubble = ana.locator(".message")
    await expect(bubble).to_have_count(1)
    await expect(bubble.locator(".album img")).to_have_count(3)
    await expect(bubble).to_have_accessible_name("Ana, 09:00. álbum de 3. 📷 La sesión. 📷 Foto")
    sent = stored(telegram)
    assert len({message["media_group_id"] for message in sent}) == 1
    assert [message.get("caption") for message in sent] == ["La sesión", None, None]

    await bubble.locator(".photo").nth(2).click()
    viewer = page.locator("#viewer")
    await expect(viewer.locator(".caption")).to_have_text("3 de 3")
    await page.keyboard.press("ArrowRight")
    await expect(viewer.locator(".caption")).to_have_text("1 de 3 · La sesión")
    await page.keyboard.press("Escape")
    await page.reload()
    await expect(bubble.locator(".album img")).to_have_count(3)


async def test_photos_and_documents_chosen_together_are_sent_separately(
    ana: Locator, telegram: LocalTelegram
) -> None:
    broken: FilePayload = {
        "name": "programa.jpg",
        "mimeType": "image/jpeg",
        "buffer": b"MZ\x90 not a picture",
    }
    await attach(ana, "Foto o álbum", *(jpeg(f"{n}.jpg") for n in range(11)), broken)
    await attach(ana, "Documento", jpeg("plano.jpg"))
    await ana.get_by_label("Mensaje de Ana Torres").fill("Todo")
    await ana.get_by_label("Mensaje de Ana Torres").press("Enter")
    await expect(ana.locator(".message")).to_have_count(3)
    kinds = ["document" if "document" in message else "photo" for message in stored(telegram)]
    assert kinds == ["photo"] * 11 + ["document"] * 2
    albums = [message.get("media_group_id") for message in stored(telegram)]
    assert len(set(albums[:10])) == 1
    assert albums[10] is None
    assert [message.get("caption") for message in stored(telegram)] == ["Todo"] + [None] * 12


@pytest.mark.parametrize("way", ["drop", "paste"])
async def test_a_dropped_or_pasted_document_can_be_sent_and_downloaded(
    way: str, page: Page, ana: Locator
) -> None:
    await page.evaluate(BRING, [way, "oficio 012.txt", "text/plain", "Contenido"])
    await expect(ana.locator(".tray .name")).to_have_text("oficio 012.txt")
    await expect(ana.locator(".tray .facts")).to_have_text("Documento · 9 B")
    await ana.get_by_label("Mensaje de Ana Torres").press("Enter")
    link = ana.get_by_role("link", name="oficio 012.txt")
    await expect(link).to_contain_text("9 B")
    async with page.expect_download() as download:
        await link.click()
    arrived = await download.value
    assert arrived.suggested_filename == "oficio 012.txt"
    assert Path(await arrived.path()).read_text() == "Contenido"


async def test_a_caption_over_the_limit_is_not_sent(ana: Locator, telegram: LocalTelegram) -> None:
    field, limit = ana.get_by_label("Mensaje de Ana Torres"), ana.locator(".limit")
    await attach(ana, "Documento", pdf("acta.pdf"))
    await field.fill("é" * 900)
    await expect(limit).to_be_hidden()
    await field.fill("📝" * 513)
    await expect(limit).to_have_text("1026 de 1024 caracteres: sobran 2")
    await field.press("Enter")
    await expect(ana.locator(".toast")).to_contain_text("quite 2 caracteres")
    await field.press("Backspace")
    await expect(limit).to_have_text("1024 de 1024 caracteres")
    await field.press("Enter")
    await expect(ana.locator(".message")).to_have_count(1)
    assert [message["caption"] for message in stored(telegram)] == ["📝" * 512]


async def test_a_refused_file_stays_to_be_sent_again(
    page: Page, ana: Locator, telegram: LocalTelegram
) -> None:
    field = ana.get_by_label("Mensaje de Ana Torres")
    await attach(ana, "Documento", pdf("acta.pdf"))
    await field.fill("El acta")
    await page.route("**/send", lambda route: route.fulfill(status=400, json={"error": "hoy no"}))
    await field.press("Enter")
    await expect(ana.locator(".toast")).to_have_text("No se envió: hoy no")
    await expect(field).to_have_value("El acta")
    await page.unroute("**/send")
    await field.press("Enter")
    await expect(ana.locator(".message")).to_have_count(1)
    assert [message["caption"] for message in stored(telegram)] == ["El acta"]


async def test_a_voice_note_is_recorded(telegram: LocalTelegram, echo: Bot) -> None:
    async with launched(*MICROPHONE) as browser:
        page = await browser.new_page()
        with watched(page):
            await visit(page, telegram)
            ana = page.locator(f"#phone-{ANA}")
            await open_recorder(ana)
            await expect(ana.locator(".recorder")).to_contain_text("Grabando 0:01")
            await ana.get_by_role("button", name="Descartar").click()
            await expect(ana.locator(".recorder")).to_be_hidden()
            await open_recorder(ana)
            await expect(ana.locator(".recorder")).to_contain_text("Grabando 0:01")
            await ana.get_by_role("button", name="Terminar").press("Enter")
            await expect(ana.locator(".tray .facts")).to_contain_text("Nota de voz")
            await ana.get_by_label("Mensaje de Ana Torres").press("Enter")
            played = await ana.locator("audio").evaluate("audio => audio.play().then(() => true)")
    assert played
    (sent,) = stored(telegram)
    assert 1 <= sent["voice"]["duration"] <= 3


async def open_recorder(phone: Locator) -> None:
    await phone.get_by_role("button", name="Adjuntar").click()
    await phone.get_by_role("button", name="Nota de voz").click()


async def test_without_a_microphone_a_sound_file_can_be_sent(
    page: Page, ana: Locator, telegram: LocalTelegram
) -> None:
    await open_recorder(ana)
    await expect(ana.locator(".recorder")).to_contain_text("no hay micrófono")
    async with page.expect_file_chooser() as dialog:
        await ana.get_by_role("button", name="Elegir un archivo de sonido").click()
    sound: FilePayload = {"name": "nota.ogg", "mimeType": "audio/ogg", "buffer": b"OggS" + bytes(60)}
    await (await dialog.value).set_files([sound])
    await expect(ana.locator(".tray .facts")).to_have_text("Nota de voz · 64 B")
    await ana.get_by_label("Mensaje de Ana Torres").press("Enter")
    await expect(ana.locator(".message audio")).to_have_count(1)
    assert "voice" in stored(telegram)[0]


async def test_a_location_with_and_without_a_title_can_be_sent(
    page: Page, ana: Locator, telegram: LocalTelegram
) -> None:
    for name in ("Palacio de Gobierno", ""):
        await ana.get_by_role("button", name="Adjuntar").click()
        await ana.get_by_role("button", name="Ubicación", exact=True).click()
        await expect(ana.get_by_label("Latitud")).to_have_value("16.7528")
        await ana.get_by_label("Longitud").fill("-93.25")
        await ana.get_by_label("Nombre del lugar").fill(name)
        await page.keyboard.press("Enter")
        await expect(ana.locator(".place")).to_be_hidden()
    cards = ana.locator(".place-card")
    await expect(cards).to_have_count(2)
    await expect(cards.first).to_contain_text("Palacio de Gobierno")
    await expect(cards.last).to_contain_text("16.75280, -93.25000")
    venue, location = stored(telegram)
    assert venue["venue"]["title"] == "Palacio de Gobierno"
    assert "venue" not in location


async def test_a_video_and_a_photo_are_one_album(ana: Locator, telegram: LocalTelegram) -> None:
    film: FilePayload = {"name": "visita.webm", "mimeType": "video/webm", "buffer": b"\x1aE\xdf\xa3"}
    await attach(ana, "Video", film)
    await attach(ana, "Foto o álbum", jpeg("visita.jpg"))
    await expect(ana.locator(".tray .facts").first).to_have_text("Video · 4 B")
    await ana.get_by_label("Mensaje de Ana Torres").press("Enter")
    await expect(ana.locator(".album video")).to_have_count(1)
    await expect(ana.locator(".album img")).to_have_count(1)
    assert ["video" in message for message in stored(telegram)] == [True, False]


async def test_a_forwarded_message_names_its_author(
    page: Page, ana: Locator, telegram: LocalTelegram
) -> None:
    group = -77
    telegram.world.add_group(group, "Jurídica", [ANA, LUIS])
    api = page.request
    said = await api.post(f"{telegram.url}/phone/{LUIS}/send", data={"text": "3 acuerdos", "chat": group})
    wanted = {"from_chat": group, "message_ids": [(await said.json())["message_id"]]}
    await api.post(f"{telegram.url}/phone/{ANA}/forward", data=wanted)
    message = ana.locator(".message", has_text="3 acuerdos").first
    await expect(message.locator(".forwarded")).to_have_text("Reenviado de Luis")
    await expect(message.get_by_role("button", name="Editar")).to_have_count(0)
