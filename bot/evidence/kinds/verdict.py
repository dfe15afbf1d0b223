"""The result of examining a file: its media type, or why it may not be kept."""

from dataclasses import dataclass, field

PROGRAM, EMPTY, UNREADABLE = "program", "empty", "unreadable_kind"
# In what way it is a program or unreadable; each has a sentence of its own in
# `handlers.texts.activities.files`.
LOADS = "loads"  # opening it fetches or starts something from elsewhere
CARRIES = "carries"  # another file or object is embedded
LOCKED = "locked"  # it needs a password
NESTED = "nested"  # an archive inside an archive, or one that unpacks to far too much
DISGUISED = "disguised"  # two kinds of file at once, or another one than its name says


@dataclass(frozen=True)
class Sniffed:
    """A result: `media_type` if the file may be kept, else `reason` why not, more precisely in `detail`."""

    media_type: str | None = None
    reason: str | None = None
    detail: str | None = field(default=None, compare=False)


def refused(detail: str | None = None) -> Sniffed:
    """Return the result for a program; `detail` is in what way it is one, if not plainly."""
    return Sniffed(reason=PROGRAM, detail=detail)


def unreadable(detail: str | None = None) -> Sniffed:
    return Sniffed(reason=UNREADABLE, detail=detail)
