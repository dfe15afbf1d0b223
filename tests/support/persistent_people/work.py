"""An activity as its person knows it: what they wrote, sent and decided."""

import re
from dataclasses import dataclass, field

from tests.support.phones.phone import Message

_KEY = re.compile(r"sesión (\d+-\d+)")


@dataclass(frozen=True)
class Sent:
    """A file or a place. `content` is what the phone sent, where Telegram passes that on byte by byte; None
    for a photograph, which it makes anew, and for a place."""

    message: Message
    content: bytes | None = None
    program: bool = False  # a program named like a picture, which is refused


@dataclass
class Work:
    """One activity, registered or cancelled; `key` distinguishes it from all others."""

    key: str
    told: Message | None = None  # the message that began it, which can be edited
    parts: list[str] = field(default_factory=list)  # the texts that make up the narrative
    sent: list[Sent] = field(default_factory=list)
    let_go: list[Sent] = field(default_factory=list)  # sent to a correction that was cancelled
    registered: Message | None = None  # the message that confirms the registration
    number: int = 0  # the activity's number
    version: int = 1
    voided: bool = False  # undone or withdrawn
    given_back: bool = False  # undone: its card came back, and was cancelled

    @property
    def named(self) -> str:
        """Return how its texts name it."""
        return f"sesión {self.key}"

    @property
    def narrative(self) -> str:
        return "\n".join(self.parts)


def key_of(text: str) -> str:
    """Return the key in the text, or "" if there is none."""
    found = _KEY.search(text)
    return found[1] if found else ""
