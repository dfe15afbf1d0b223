"""What a file was found to be, and why it may not be kept."""

from dataclasses import dataclass, field

PROGRAM, EMPTY, UNREADABLE = "program", "empty", "unreadable_kind"
# In what way it is a program or unreadable; each has a sentence of its own in
# `handlers.texts.activities.files`.
LOADS = "loads"  # opening it fetches or starts something from elsewhere
CARRIES = "carries"  # another file or object is inside
LOCKED = "locked"  # it asks for a password
NESTED = "nested"  # a packed file inside a packed file, or one that unpacks to far too much
DISGUISED = "disguised"  # two kinds of file at once, or a name that says another


@dataclass(frozen=True)
class Sniffed:
    """`media_type` of what may be kept, else `reason` why it may not, with more of it in `detail`."""

    media_type: str | None = None
    reason: str | None = None
    detail: str | None = field(default=None, compare=False)


def refused(detail: str | None = None) -> Sniffed:
    """A program, whatever it is called: in that way, or plainly."""
    return Sniffed(reason=PROGRAM, detail=detail)


def unreadable(detail: str | None = None) -> Sniffed:
    return Sniffed(reason=UNREADABLE, detail=detail)
