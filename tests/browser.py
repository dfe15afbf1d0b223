"""A real browser: Debian's chromium, driven by Playwright's async interface."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, async_playwright, expect

from tests.patience import PATIENCE_MS

expect.set_options(timeout=PATIENCE_MS)
QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """Where it is installed, if it is."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with launched() as running:
        yield running


@asynccontextmanager
async def launched(*flags: str) -> AsyncIterator[Browser]:
    """A browser of its own, with more flags."""
    executable = chromium()
    if executable is None:
        pytest.skip("chromium is not installed")
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=executable, args=[*QUIETLY, *flags])
        yield running
        await running.close()
