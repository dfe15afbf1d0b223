"""Files that go out: where a payload of the outbox names one, it is opened now and uploaded.

Each file is compared with its hash, and what is sent is a copy of what was compared.

Where the Bot API wants a file (`photo`, `document`, `voice`, `video`, `audio`, or the `media` of each item of
a media group) a payload may hold `{"evidence": SHA256, "name": "foto-1.jpg"}`, which is read from the store
at the moment of sending, or `{"base64": "…", "name": "qr.png"}`. A string there is left to Telegram. Names
are cleaned: a line break in one is refused in a header.
"""

import asyncio
import base64
import os
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

from telegram import InputFile
from telegram.error import TelegramError
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.storage.store import Altered, Store
from models.clean_text import clean_file_name
from models.tables.store_fault import FaultKind

PLACES = ("photo", "document", "voice", "video", "audio")
NAMELESS = "archivo"  # for a name of which nothing can be seen
LARGEST = 50 * 1024 * 1024  # bytes that Telegram takes from a bot


class FileGone(TelegramError):
    """The file that was to be sent is not in the store, altered, or too large for Telegram: it is not sent.

    `fault` says which of the first two it is, of the file `sha256`.
    """

    def __init__(self, message: str, sha256: str, fault: FaultKind | None = None) -> None:
        super().__init__(message)
        self.sha256, self.fault = sha256, fault


@dataclass(frozen=True)
class Outgoing:
    """What a call takes along; `bytes` of files."""

    data: RequestData
    bytes: int = 0


@asynccontextmanager
async def outgoing(payload: dict[str, Any], store: Store | None) -> AsyncIterator[Outgoing]:
    """The payload as a request, its files open until the block is left. Raises `FileGone`."""
    if not carries_files(payload):
        yield Outgoing(RequestData([RequestParameter(*each, None) for each in payload.items()]))
        return
    with ExitStack() as opened:
        loading = _Loading(store, opened)
        parameters = await asyncio.to_thread(loading.parameters, payload)
        yield Outgoing(RequestData(parameters), loading.bytes)


def carries_files(payload: dict[str, Any]) -> bool:
    return "media" in payload or any(isinstance(payload.get(place), dict) for place in PLACES)


class _Loading:
    """Opens the files of one payload and adds up their size."""

    def __init__(self, store: Store | None, opened: ExitStack) -> None:
        self._store, self._opened = store, opened
        self.bytes = 0

    def parameters(self, payload: dict[str, Any]) -> list[RequestParameter]:
        return [self._parameter(name, value) for name, value in payload.items()]

    def _parameter(self, name: str, value: Any) -> RequestParameter:
        if name in PLACES and isinstance(value, dict):
            return RequestParameter(name, None, [self._file(value, attach=False)])
        if name != "media":
            return RequestParameter(name, value, None)
        items, files = [], []
        for item in value:
            if isinstance(item["media"], dict):
                files.append(self._file(item["media"], attach=True))
                item = {**item, "media": f"attach://{files[-1].attach_name}"}
            items.append(item)
        return RequestParameter(name, items, files)

    def _file(self, value: dict[str, str], attach: bool) -> InputFile:
        """Handed on as an open file, so that it is never whole in memory."""
        name = clean_file_name(value["name"]) or NAMELESS
        if "base64" in value:
            content = base64.b64decode(value["base64"])
            self.bytes += len(content)
            return InputFile(content, name, attach)
        assert self._store is not None, "a bot without a store sends no evidence"
        file = self._opened.enter_context(_opened(self._store, value["evidence"], LARGEST - self.bytes))
        self.bytes += file.seek(0, os.SEEK_END)
        file.seek(0)
        return InputFile(file, name, attach, read_file_handle=False)


def _opened(store: Store, sha256: str, room: int) -> BinaryIO:
    """The file, if it has at most `room` bytes. Raises `FileGone`."""
    try:
        if store.size(sha256) <= room:
            return store.open(sha256)
        if not store.matches(sha256):
            raise Altered(sha256)
    except Altered:
        raise FileGone(f"{sha256} was altered on disk", sha256, FaultKind.ALTERED) from None
    except OSError as error:
        reason = f"{sha256} cannot be read: {error.strerror}"
        raise FileGone(reason, sha256, FaultKind.MISSING) from None
    raise FileGone(f"{sha256} makes it more than Telegram takes at once", sha256)
