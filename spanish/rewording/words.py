"""The words of a text that may be changed: not those in links, addresses, folios, codes or quotations."""

import re
from collections.abc import Callable
from re import Match

# A word that stands by itself: no part of a link, an address, a folio, a file name or a code.
WORD = re.compile(r"(?<![\w/@.#&])[^\W\d_]+(?![\w@#]|[/&]\w|-\d|\.\w|://)")
_FIXED = re.compile(
    r"https?://\S+|www\.\S+|(?<![\w.@+-])[\w.+-]{1,64}@[\w.-]{1,64}|"
    r"(?<![\w.-])[\w-]{1,40}(?:\.[\w-]{2,40}){1,4}/\S*|(?<![\w/-])[A-Z]{2}[\w-]{0,40}(?:/[\w-]{1,40}){1,8}"
)


def fixed_spans(text: str) -> list[tuple[int, int]]:
    """Return where links, addresses and folios stand, which are never changed."""
    return [found.span() for found in _FIXED.finditer(text)]


def rewrite(text: str, write: Callable[[Match[str]], str], pattern: re.Pattern[str] = WORD) -> str:
    """Return the text with each match of the pattern written otherwise, except in `fixed_spans`."""
    fixed = fixed_spans(text)

    def outside(found: Match[str]) -> str:
        inside = any(start < found.end() and found.start() < end for start, end in fixed)
        return found[0] if inside else write(found)

    return pattern.sub(outside, text)


def like(written: str, model: str) -> str:
    """Return `written` with a capital, or in capitals, if `model` is."""
    if len(model) > 1 and model.isupper():
        return written.upper()
    return written[:1].upper() + written[1:] if model[:1].isupper() else written
