"""Uploads: opens the files that a payload of the outbox names, when it is sent.

Each file is compared with its hash, and the compared copy is sent.

Where the Bot API expects a file (one of `PLACES`, or the `media` of each item of a media group) a payload may
have `{"evidence": SHA256, "name": "foto-1.jpg"}`, which is read from the store when it is sent, or
`{"base64": "…", "name": "qr.png"}`; a document also `{"manual": "pdf", "name": …}`. A string is passed to
Telegram. Line breaks in names are removed, since a header cannot contain them.
"""

import asyncio
import base64
import json
import os
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from telegram import InputFile
from telegram.constants import FileSizeLimit
from telegram.error import TelegramError

from bot.storage.store import Altered, Store
from bot.telegram import manual
from models.clean_text import clean_file_name
from models.tables.operations.store_fault import FaultKind

PLACES = ("photo", "document", "voice", "video", "audio", "certificate")
NAMELESS = "archivo"  # replaces a name without visible characters
LARGEST = FileSizeLimit.FILESIZE_UPLOAD  # bytes of all files of one call


class FileGone(TelegramError):
    """The file to be sent is missing from the store, altered, or too large for Telegram.

    `fault` is missing or altered, for the file `sha256`.
    """

    def __init__(self, message: str, sha256: str, fault: FaultKind | None = None) -> None:
        super().__init__(message)
        self.sha256, self.fault = sha256, fault


@dataclass
class Outgoing:
    """The parameters and files of a call; `bytes` is the size of the files."""

    parameters: dict[str, Any] = field(default_factory=dict)
    files: dict[str, InputFile] = field(default_factory=dict)
    bytes: int = 0

    @property
    def contains_files(self) -> bool:
        return bool(self.files)

    @property
    def json_parameters(self) -> dict[str, str]:
        """Return the fields of a form: a text as it is, other values as JSON."""
        given = self.parameters.items()
        return {name: value if isinstance(value, str) else json.dumps(value) for name, value in given}

    @property
    def multipart_data(self) -> dict[str, Any]:
        """Return, by the name of the form's part, a file's name, content and type."""
        return {part: file.field_tuple for part, file in self.files.items()}


@asynccontextmanager
async def outgoing(payload: dict[str, Any], store: Store | None) -> AsyncIterator[Outgoing]:
    """Yield the payload as a request; its files are open until the block is left. Raises `FileGone`."""
    given = {name: value for name, value in payload.items() if value is not None}
    if not carries_files(given):
        yield Outgoing(given)
        return
    with ExitStack() as opened:
        loading = _Loading(store, opened)
        if isinstance(given.get("document"), dict) and "manual" in given["document"]:
            assert store is not None, "a bot without a store has no folder for the manual"
            loading.manual = await manual.pdf(store.folder.parent / "manual")
        yield await asyncio.to_thread(loading.read, given)


def carries_files(payload: dict[str, Any]) -> bool:
    return "media" in payload or any(isinstance(payload.get(place), dict) for place in PLACES)


class _Loading:
    """Opens the files of one payload and adds up their sizes."""

    def __init__(self, store: Store | None, opened: ExitStack) -> None:
        self._store, self._opened = store, opened
        self.manual: Path | None = None
        self._read = Outgoing()

    def read(self, payload: dict[str, Any]) -> Outgoing:
        for name, value in payload.items():
            if name in PLACES and isinstance(value, dict):
                self._read.files[name] = self._file(value, attach=False)
            else:
                self._read.parameters[name] = value if name != "media" else list(map(self._item, value))
        return self._read

    def _item(self, item: dict[str, Any]) -> dict[str, Any]:
        """Return an item of a media group, which refers to its file as a part of the form."""
        if not isinstance(item["media"], dict):
            return item
        file = self._file(item["media"], attach=True)
        assert file.attach_name is not None
        self._read.files[file.attach_name] = file
        return {**item, "media": file.attach_uri}

    def _file(self, value: dict[str, str], attach: bool) -> InputFile:
        """Return the file as an open stream, so that it is never whole in memory."""
        name = clean_file_name(value["name"]) or NAMELESS
        if "base64" in value:
            content = base64.b64decode(value["base64"])
            self._read.bytes += len(content)
            return InputFile(content, name, attach)
        if self.manual is not None:
            content = self.manual.read_bytes()
            self._read.bytes += len(content)
            return InputFile(content, name, attach)
        assert self._store is not None, "a bot without a store sends no evidence"
        file = self._opened.enter_context(_opened(self._store, value["evidence"], LARGEST - self._read.bytes))
        self._read.bytes += file.seek(0, os.SEEK_END)
        file.seek(0)
        return InputFile(file, name, attach, read_file_handle=False)


def _opened(store: Store, sha256: str, room: int) -> BinaryIO:
    """Return the open file if it has at most `room` bytes. Raises `FileGone`."""
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
