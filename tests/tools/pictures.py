"""The pictures of README and manual, taken of the demo: `make pictures`.

It needs Chromium and a font with coloured signs, as Debian's fonts-noto-color-emoji.

The same conversation is held each time. What its phones show, and how the page draws them, is hashed into
docs/images/pictures.json; `tests/conventions/test_pictures.py` holds it again, without a browser, and
compares.
"""

import asyncio
import hashlib
import json
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw
from playwright.async_api import Browser, ViewportSize
from pydantic import SecretStr

from bot.demo.demo import OPENS_AT, YEAR_BEGINS, opened
from bot.demo.first_quarter import first_quarter
from bot.settings import Settings
from tests.support.browser import launched
from tests.support.phones.phone import Phone
from tests.support.phones.screen import Message

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
HASHES = IMAGES / "pictures.json"
PORT = 8390
WIDE: ViewportSize = {"width": 1280, "height": 930}
TALL: ViewportSize = {"width": 412, "height": 1180}
# By picture: who holds the phone that it shows; None shows all three side by side.
PICTURES = {
    "manual-tarjeta": "ana",
    "demo-phone": "ana",
    "manual-avance": "roberto",
    "demo": None,
    "manual-ayuda": "ana",
}
Shoot = Callable[[str, str | None], Awaitable[None]]


def photograph() -> bytes:
    """Return a drawn picture of a meeting."""
    picture = Image.new("RGB", (640, 360), "#efe3c8")
    draw = ImageDraw.Draw(picture)
    for left in range(40, 640, 200):
        draw.rectangle((left, 20, left + 130, 110), "#a9d5ea", "#ffffff", 8)
    for place, colour in enumerate(("#31507a", "#8d2f3f", "#2a6d57", "#64508a", "#3b3d42", "#b0713a")):
        middle = 75 + 100 * place
        draw.ellipse((middle - 24, 130, middle + 24, 182), "#c98f6b")
        draw.rounded_rectangle((middle - 40, 184, middle + 40, 270), 16, colour)
    draw.rectangle((0, 262, 640, 360), "#96673f")
    for left in range(50, 600, 100):
        draw.polygon(((left, 300), (left + 12, 278), (left + 50, 278), (left + 56, 300)), "#ffffff")
    written = BytesIO()
    picture.save(written, "JPEG", quality=85)
    return written.getvalue()


async def converse(url: str, shoot: Shoot) -> dict[str, str]:
    """Talk on the demo's phones, and have each picture taken at its moment; return the pictures' hashes."""
    phones = {
        key: Phone(url, first_quarter().player(key).user_id, key) for key in ("ana", "roberto", "elena")
    }
    ana, roberto, elena = phones.values()
    begun = {key: len(await phone.messages()) for key, phone in phones.items()}
    hashes = {}

    async def take(name: str) -> None:
        for phone in phones.values():
            await phone.settled()
        of = PICTURES[name]
        shown = [_seen(await phones[key].messages(), begun[key]) for key in ([of] if of else phones)]
        hashes[name] = _hash([*shown, _look()])
        await shoot(name, of)

    await ana.send(
        "Ayer sesionó el Órgano de Gobierno: 1 acta y 4 acuerdos, 2 por publicar, 9 personas (6 mujeres)"
    )
    await ana.wait_for("Por registrar")
    await ana.send_photo(photograph())
    await ana.wait_for("1 foto")
    await take("manual-tarjeta")
    await ana.tap("✅ Registrar")
    await ana.wait_for("Registrada")
    await take("demo-phone")
    await roberto.send("¿cómo va jurídica?")
    await roberto.wait_for("Dirección Jurídica")
    await take("manual-avance")
    await elena.send("/avance")
    await elena.wait_for("SESAECH")
    await take("demo")
    await ana.send("/ayuda")
    await ana.wait_for("Esto puedo hacer")
    await take("manual-ayuda")
    for phone in phones.values():
        await phone.close()
    return hashes


def _seen(messages: list[Message], begun: int) -> str:
    """Return the messages since the conversation began, with their buttons."""
    return "\n".join(f"{each.html}\n{each.keyboard()}\n{each.media is not None}" for each in messages[begun:])


def _look() -> str:
    """Return how the page draws a phone."""
    files = sorted((ROOT / "local_telegram" / "page").iterdir())
    return "".join(hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.is_file())


def _hash(parts: list[str]) -> str:
    return hashlib.sha256("\n\n".join(parts).encode()).hexdigest()


@asynccontextmanager
async def demo() -> AsyncIterator[str]:
    """Yield the address of the demo on its first morning, in a folder of its own."""
    with TemporaryDirectory(prefix="avance-pictures-") as folder:
        settings = Settings(_env_file=None, telegram_token=SecretStr(""), data_dir=Path(folder))
        async with opened(settings, YEAR_BEGINS, PORT) as stage:
            await stage.play(OPENS_AT)
            yield stage.url


async def _take_all() -> None:
    async with demo() as url, launched() as browser:

        async def shoot(name: str, of: str | None) -> None:
            await _photograph(browser, url, name, of)

        hashes = await converse(url, shoot)
    HASHES.write_text(json.dumps(hashes, indent=2, sort_keys=True) + "\n", encoding="utf-8")


async def _photograph(browser: Browser, url: str, name: str, of: str | None) -> None:
    page = await browser.new_page(viewport=TALL if of else WIDE, color_scheme="light", locale="es-MX")
    await page.goto(url)
    await page.wait_for_selector(".message")
    if of:
        person = first_quarter().player(of).name.split(" ")[0]
        await page.get_by_role("tab", name=person).click()
    await page.wait_for_timeout(1500)  # fonts and pictures; only this script waits, no test
    shown = page.locator(f"#phone-{first_quarter().player(of).user_id}") if of else page
    await shown.screenshot(path=IMAGES / f"{name}.png")
    await page.close()


if __name__ == "__main__":
    os.chdir(ROOT)
    asyncio.run(_take_all())
    sys.stdout.write(f"{len(PICTURES)} pictures in {IMAGES}\n")
