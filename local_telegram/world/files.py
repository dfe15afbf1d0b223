"""The files that the local server stores: by `file_id`, and for an hour by the path that getFile returns."""

import base64
import hashlib
import mimetypes
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath

from local_telegram.world.updates import Json

LINK_LASTS = timedelta(hours=1)  # what Telegram guarantees; here links end then, so that none is kept
_FOLDERS = {
    "photo": "photos",
    "document": "documents",
    "voice": "voice",
    "video": "videos",
    "audio": "music",
    "video_note": "video_notes",
    "animation": "animations",
}

# Only Python's own table: /etc/mime.types differs between machines.
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
    """Return the MIME type by the file's name, whatever its content, as Telegram's apps do."""
    return _TYPES.guess_type(PurePath(name).name)[0] or "application/octet-stream"


@dataclass(frozen=True)
class Upload:
    """A file that came with a multipart request."""

    filename: str
    content: bytes


@dataclass(frozen=True)
class StoredFile:
    """A stored file. `number` counts the server's files; `name` is None for kinds that have none."""

    number: int
    kind: str
    content: bytes
    mime: str
    name: str | None = None

    @property
    def file_id(self) -> str:
        """Return an identifier as long and opaque as Telegram's."""
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
        """Return the fields that every file in a message has; `file_size` is left out for an empty one."""
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
        """Store the message fields that describe these files, for a later call that sends a `file_id`."""
        self._described |= {file.file_id: content for file in files}
        return content

    def described(self, file_id: str) -> Json | None:
        return self._described.get(file_id)

    def link(self, file: StoredFile, now: datetime) -> str:
        """Return the `file_path` under which the file can be fetched for an hour."""
        self._links[file.path] = file, now + LINK_LASTS
        return file.path

    def linked(self, path: str, now: datetime) -> StoredFile | None:
        file, until = self._links.get(path, (None, now))
        return file if now < until else None
