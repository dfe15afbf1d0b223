"""Terminal output in which control characters of names and texts are escaped."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

# Control characters except line ends and tabs, direction characters, line separators, lone surrogates. All
# have at most four hexadecimal digits, so that escaped JSON is valid and means the same. The characters that
# isolate a text (U+2068, U+2069) are allowed: they keep a right-to-left name from reordering text beside it.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066\u2067\ud800-\udfff\ufeff]"
)


def escaped(text: str) -> str:
    """Return the text with control characters as escape sequences."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


class Plain:
    """A text stream that escapes control characters."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        # A carriage return at the beginning is our own: the demo overwrites its line.
        ours = "\r" if text.startswith("\r") else ""
        self._stream.write(ours + escaped(text.removeprefix(ours)))
        return len(text)

    def writelines(self, lines: list[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def plain() -> Iterator[None]:
    """Inside the block, standard output and standard error escape control characters."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = Plain(sys.stdout), Plain(sys.stderr)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def counted(number: int, one: str, many: str = "") -> str:
    """Return «1 unit», «6 units»; `many` is the plural if it is irregular."""
    return f"{number} {one if number == 1 else many or one + 's'}"
