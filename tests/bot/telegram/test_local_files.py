"""A Bot API server with `--local` names files by their path on disk; only its own files are read."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from telegram.error import TelegramError

from bot.telegram.api import Api, TooLarge
from bot.telegram.local_files import LocalFiles, NotReadable
from tests.support.waiting import PATIENCE

TOKEN = "12345:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
CONTENT = bytes(range(256)) * 3000


class Server:
    """Answers getFile with a path."""

    def __init__(self) -> None:
        self.path = ""
        self.url = ""

    async def get_file(self, request: web.Request) -> web.Response:
        result: dict[str, Any] = {"file_id": "a", "file_path": self.path, "file_size": 0}
        return web.json_response({"ok": True, "result": result})


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    found = Server()
    app = web.Application()
    app.router.add_post(f"/bot{TOKEN}/getFile", found.get_file)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield found
    await runner.cleanup()


def kept(folder: Path) -> Path:
    """A file where such a server stores it."""
    place = folder / TOKEN / "documents" / "file_1.pdf"
    place.parent.mkdir(parents=True)
    place.write_bytes(CONTENT)
    return place


async def fetched(server: Server, folder: Path | None, largest: int = 10**7) -> bytes:
    pieces: list[bytes] = []
    async with Api(TOKEN, server.url, files=folder) as api:
        await api.download("a", pieces.append, largest)
    return b"".join(pieces)


async def test_a_path_on_this_machine_is_read(server: Server, tmp_path: Path) -> None:
    server.path = str(kept(tmp_path))
    assert await fetched(server, None) == CONTENT
    assert await fetched(server, tmp_path) == CONTENT
    with pytest.raises(TooLarge):
        await fetched(server, None, largest=1000)


async def test_the_folder_may_be_mounted_elsewhere(server: Server, tmp_path: Path) -> None:
    kept(tmp_path)
    server.path = f"/var/lib/telegram-bot-api/{TOKEN}/documents/file_1.pdf"
    assert await fetched(server, tmp_path) == CONTENT


@pytest.mark.parametrize("configured", [True, False])
@pytest.mark.parametrize("way", ["plain", "up", "link", "folder", "pipe", "gone"])
async def test_nothing_else_of_the_machine_is_read(
    server: Server, tmp_path: Path, way: str, configured: bool
) -> None:
    root = tmp_path / "server"
    own = kept(root)
    secret = tmp_path / ".env"
    secret.write_text("TELEGRAM_TOKEN=secret")
    own_link, pipe = own.with_name("link"), own.with_name("pipe")
    own_link.symlink_to(secret)
    os.mkfifo(pipe)
    ways = {
        "plain": secret,
        "up": f"{root}/{TOKEN}/../../.env",
        "link": own_link,
        "folder": own.parent,
        "pipe": pipe,
        "gone": own.with_name("gone"),
    }
    server.path = str(ways[way])
    with pytest.raises(TelegramError):
        await asyncio.wait_for(fetched(server, root if configured else None), PATIENCE)


def test_another_machines_paths_are_not_read_without_the_setting(tmp_path: Path) -> None:
    place = kept(tmp_path)
    with pytest.raises(NotReadable, match="set TELEGRAM_FILES"):
        LocalFiles(TOKEN, "http://10.0.0.7:8081", None).open(str(place))
    with LocalFiles(TOKEN, "http://10.0.0.7:8081", tmp_path).open(str(place)) as file:
        assert file.read() == CONTENT
