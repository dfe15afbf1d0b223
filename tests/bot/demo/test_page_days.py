"""The demo's page on the days around a close: each phone receives its reminders at the right hour."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.bot.demo.test_demo import running
from tests.support.browser import browser

__all__ = ["browser"]

pytestmark = pytest.mark.browser
ANA, ROBERTO, ELENA = 0, 1, 2


@pytest.fixture
async def page(browser: Browser, tmp_path: Path) -> AsyncIterator[Page]:
    """The demo on the morning before a close."""
    async with running(tmp_path, "2024-04-04T09:30", 8300) as (_, said):
        opened = await browser.new_page(locale="es-MX", viewport={"width": 1280, "height": 900})
        await opened.goto(said.partition("ready at ")[2].split()[0])
        yield opened
        await opened.close()


async def a_day_on(page: Page, clock: str) -> None:
    button = page.get_by_role("button", name="+1 día")
    await button.click()
    await expect(page.locator("#clock")).to_contain_text(clock)
    await expect(button).to_be_enabled()


async def test_phones_on_the_page_receive_the_reminders_around_a_close(page: Page) -> None:
    phones = page.locator(".phone")
    newest = [phones.nth(each).locator(".from-bot").last for each in (ANA, ROBERTO, ELENA)]
    await a_day_on(page, "viernes, 5 de abril de 2024, 09:3")
    for phone in (ANA, ROBERTO):
        await expect(newest[phone]).to_contain_text("Hoy cierra la captura")
        await expect(newest[phone].locator("time")).to_have_text("09:00")
    await a_day_on(page, "sábado, 6 de abril")
    drawn = phones.nth(ELENA).locator(".from-bot").nth(-1)
    await expect(drawn.locator("img")).to_be_visible()
    for summary in (newest[ROBERTO], phones.nth(ELENA).locator(".from-bot").nth(-2)):
        await expect(summary).to_contain_text("Hoy cierra la captura del 1er trimestre 2024")
        await expect(summary.locator("time")).to_have_text("17:00")
    await expect(newest[ROBERTO].get_by_role("button", name="Firmar")).to_be_visible()
    await a_day_on(page, "domingo, 7 de abril")
    await a_day_on(page, "lunes, 8 de abril")
    await expect(newest[ROBERTO]).to_contain_text("aún no está firmado")
    await a_day_on(page, "martes, 9 de abril")
    await expect(newest[ELENA]).to_contain_text("Aún no están listas:")
    await newest[ROBERTO].get_by_role("button", name="Lo atiendo").click()
    await expect(newest[ROBERTO]).to_contain_text("lo atiende Roberto Culebro Díaz")
    await a_day_on(page, "miércoles, 10 de abril")
    await expect(newest[ELENA]).to_contain_text("Aún no están listas:")
    await expect(newest[ELENA]).not_to_contain_text("Dirección Jurídica")
    await expect(newest[ROBERTO]).to_contain_text("lo atiende Roberto Culebro Díaz")
