"""Files that go out: where a payload of the outbox names one, it is opened now and uploaded.

Where the Bot API wants a file (`photo`, `document`, `voice`, `video`, `audio`, or the `media` of each item of
a media group) a payload may hold `{"evidence": SHA256, "name": "foto-1.jpg"}`, which is read from the store
at the moment of sending, or `{"base64": "…", "name": "qr.png"}`. A string there is left to Telegram. Names
are cleaned: a line break in one is refused in a header.
"""

import base64
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from telegram import InputFile
from telegram.error import TelegramError
from telegram.request import RequestData
from telegram.request._requestparameter import RequestParameter

from bot.evidence.store import Store
from models.clean_text import clean_file_name

PLACES = ("photo", "document", "voice", "video", "audio")
NAMELESS = "archivo"  # for a name of which nothing can be seen
LARGEST = 50 * 1024 * 1024  # bytes that Telegram takes from a bot


class FileGone(TelegramError):
    """The file that was to be sent is not in the store, or too large for Telegram; it will never be sent."""


@dataclass(frozen=True)
class Outgoing:
    """What a call takes along; `bytes` of files."""

    data: RequestData
    bytes: int = 0


@contextmanager
def outgoing(payload: dict[str, Any], store: Store | None) -> Iterator[Outgoing]:
    """The payload as a request, its files open until the block is left. Raises `FileGone`."""
    if not carries_files(payload):
        yield Outgoing(RequestData([RequestParameter(*each, None) for each in payload.items()]))
        return
    with ExitStack() as opened:
        loading = _Loading(store, opened)
        parameters = [loading.parameter(name, value) for name, value in payload.items()]
        yield Outgoing(RequestData(parameters), loading.bytes)


def carries_files(payload: dict[str, Any]) -> bool:
    return "media" in payload or any(isinstance(payload.get(place), dict) for place in PLACES)


class _Loading:
    """Opens the files of one payload and adds up their size."""

    def __init__(self, store: Store | None, opened: ExitStack) -> None:
        self._store, self._opened = store, opened
        self.bytes = 0

    def parameter(self, name: str, value: Any) -> RequestParameter:
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
        try:
            assert self._store is not None, "a bot without a store sends no evidence"
            file = self._opened.enter_context(self._store.open(value["evidence"]))
        except OSError as error:
            raise FileGone(f"{value['evidence']} cannot be read: {error.strerror}") from None
        size = os.fstat(file.fileno()).st_size
        self.bytes += size
        if self.bytes > LARGEST:
            raise FileGone(f"{value['evidence']} makes it more than Telegram takes at once")
        return InputFile(file, name, attach, read_file_handle=False)
