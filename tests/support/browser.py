"""A real browser: Debian's Chromium, driven by Playwright's async interface."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, async_playwright, expect

from tests.support.waiting import PATIENCE_MS

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
    """Return the path of Chromium, or None if it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with launched() as running:
        yield running


@asynccontextmanager
async def launched(*flags: str) -> AsyncIterator[Browser]:
    """Start a browser with additional flags."""
    executable = chromium()
    if executable is None:
        pytest.skip("chromium is not installed")
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=executable, args=[*QUIETLY, *flags])
        yield running
        await running.close()
