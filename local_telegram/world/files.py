"""The files that the local server keeps: by `file_id`, and for an hour by the link that getFile gives."""

import base64
import hashlib
import mimetypes
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath

from local_telegram.world.updates import Json

LINK_LASTS = timedelta(hours=1)  # what Telegram guarantees; here it is over then, so that nobody keeps one
_FOLDERS = {
    "photo": "photos",
    "document": "documents",
    "voice": "voice",
    "video": "videos",
    "audio": "music",
    "video_note": "video_notes",
    "animation": "animations",
}

# Python's own table alone: what a machine has in /etc/mime.types differs.
_TYPES = mimetypes.MimeTypes()
_OFFICE = "application/vnd.openxmlformats-officedocument"
for _type, _ending in (
    ("image/webp", ".webp"),
    ("image/heic", ".heic"),
    ("image/heif", ".heif"),
    ("audio/ogg", ".oga"),
    ("audio/ogg", ".ogg"),
    ("audio/mp4", ".m4a"),
    (f"{_OFFICE}.wordprocessingml.document", ".docx"),
    (f"{_OFFICE}.spreadsheetml.sheet", ".xlsx"),
    (f"{_OFFICE}.presentationml.presentation", ".pptx"),
):
    _TYPES.add_type(_type, _ending)


def type_named(name: str) -> str:
    """The MIME type that a name promises, whatever the content: clients go by the name."""
    return _TYPES.guess_type(PurePath(name).name)[0] or "application/octet-stream"


@dataclass(frozen=True)
class Upload:
    """A file that came with a multipart request."""

    filename: str
    content: bytes


@dataclass(frozen=True)
class StoredFile:
    """`number` counts the server's files; `name` is None where Telegram keeps none."""

    number: int
    kind: str
    content: bytes
    mime: str
    name: str | None = None

    @property
    def file_id(self) -> str:
        """As long and as opaque as Telegram's."""
        return f"{self.kind[:2].upper()}AC{_opaque(f'file {self.number}', 68)}"

    @property
    def unique_id(self) -> str:
        return f"AQAD{_opaque(f'content {self.number}', 12)}"

    @property
    def path(self) -> str:
        ending = PurePath(self.name).suffix if self.name else _TYPES.guess_extension(self.mime) or ""
        ending = ending if re.fullmatch(r"\.\w{1,8}", ending, re.ASCII) else ""
        return f"{_FOLDERS[self.kind]}/file_{self.number}{ending}"

    def reference(self) -> Json:
        """The fields that every file in a message has; the size is left out when nothing is in it."""
        size = {"file_size": len(self.content)} if self.content else {}
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, **size}


def _opaque(seed: str, length: int) -> str:
    return base64.urlsafe_b64encode(hashlib.sha512(seed.encode()).digest()).decode()[:length]


class Files:
    def __init__(self) -> None:
        self._kept: dict[str, StoredFile] = {}
        self._described: dict[str, Json] = {}
        self._links: dict[str, tuple[StoredFile, datetime]] = {}

    def keep(self, kind: str, content: bytes, mime: str, name: str | None = None) -> StoredFile:
        file = StoredFile(len(self._kept) + 1, kind, content, mime, name)
        self._kept[file.file_id] = file
        return file

    def find(self, file_id: str) -> StoredFile | None:
        return self._kept.get(file_id)

    def describe(self, files: Iterable[StoredFile], content: Json) -> Json:
        """Remembers the part of a message that these files make up, for who sends it again by `file_id`."""
        self._described |= {file.file_id: content for file in files}
        return content

    def described(self, file_id: str) -> Json | None:
        return self._described.get(file_id)

    def link(self, file: StoredFile, now: datetime) -> str:
        """The `file_path` under which it can be fetched for an hour."""
        self._links[file.path] = file, now + LINK_LASTS
        return file.path

    def linked(self, path: str, now: datetime) -> StoredFile | None:
        file, until = self._links.get(path, (None, now))
        return file if now < until else None
