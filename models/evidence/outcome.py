"""Outcomes of fetching a file, and what to tell the sender about them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from models.evidence.look import PictureLook
from models.tables.evidence import EvidenceKind


@dataclass(frozen=True)
class Kept:
    """The file is stored.

    `copy_sha256` is the hash of a picture's copy for reports, `copyable` whether it should have one, `cut`
    whether the picture is truncated; `look` is what it looks like. `reading` is set if the file may be a
    programme: see `models.programme_file.reading`.
    """

    sha256: str
    bytes: int
    media_type: str
    copy_sha256: str | None = None
    copyable: bool = False
    cut: bool = False
    look: PictureLook | None = None
    reading: dict[str, Any] | None = None


@dataclass(frozen=True)
class Refused:
    """The file cannot be evidence.

    `reason` is a key of `handlers.texts.activities.files`, `detail` a more precise one, `reading` as in
    `Kept`.
    """

    reason: str
    reading: dict[str, Any] | None = None
    detail: str | None = None


@dataclass(frozen=True)
class Failed:
    """The file could not be fetched this time.

    The attempt does not count if the cause is neither the file nor Telegram; `retry_at` is set then.
    """

    retry_at: datetime | None = None

    @property
    def counts(self) -> bool:
        return self.retry_at is None


Ending = Kept | Refused | Failed


class OutcomeKind(StrEnum):
    """What to tell the sender."""

    REFUSED = "refused"
    REPEATED = "repeated"
    ELSEWHERE = "elsewhere"  # stored, but already evidence of another activity of the unit
    NO_COPY = "no_copy"  # stored, but it will not be in the report
    CUT = "cut"  # stored, and copied for the report as far as the picture goes
    MISSING = "missing"
    ARRIVED = "arrived"  # it was missing, and is stored now
    GIVEN_UP = "given_up"


@dataclass(frozen=True)
class News:
    """What to tell one person about one file.

    `activity_id` is the activity that it belongs to, if any; `other_id` another one with the same file.
    """

    what: OutcomeKind
    person_id: int
    chat_id: int
    kind: EvidenceKind
    message_id: int | None = None
    name: str | None = None
    media_type: str | None = None
    reason: str | None = None
    activity_id: int | None = None
    other_id: int | None = None


@dataclass(frozen=True)
class Read:
    """A programme file was read: its content, for the draft that asks what to do with it."""

    draft_id: int
    reading: dict[str, Any]
