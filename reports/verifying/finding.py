"""What is wrong with a report's file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

LONGEST = 80  # characters of a text in a finding


@dataclass(frozen=True)
class Alteration:
    """Something that is not as it was signed or made: where («page 7», «$.units[0].exact»), and what."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def instead(found: object, expected: object) -> str:
    """Return «"25" instead of "12.5"»."""
    return f"{shortened(repr(found))} instead of {shortened(repr(expected))}"


def of_words(where: str, found: Sequence[str], expected: Sequence[str]) -> Iterator[Alteration]:
    """Yield each place where the words differ."""
    matcher = SequenceMatcher(None, expected, found, autojunk=False)
    for kind, start, end, first, last in matcher.get_opcodes():
        was, now = " ".join(expected[start:end]), " ".join(found[first:last])
        if kind == "delete":
            yield Alteration(where, f"{shortened(repr(was))} is missing")
        elif kind == "insert":
            yield Alteration(where, f"{shortened(repr(now))} was added")
        elif kind == "replace":
            yield Alteration(where, instead(now, was))
