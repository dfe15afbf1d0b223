"""The names of files as they are kept and sent: what no disk, log or upload header stumbles over."""

import re
import unicodedata

LONGEST = 240  # bytes in UTF-8; file systems take 255
_PARTED = re.compile(r"\s+")
_FORBIDDEN = str.maketrans(dict.fromkeys('"“”„«»<>|*?', "") | dict.fromkeys("/\\:", "-"))
_INVISIBLE = {
    "Cc",
    "Cf",
    "Cs",
    "Co",
    "Cn",
}  # control, format (bidi too), half surrogates, private, unassigned


def clean(name: str | None, otherwise: str = "archivo") -> str | None:
    """The name without line breaks, control, bidi and invisible signs, quotes and path separators, at most
    240 bytes long, its ending kept; `otherwise` where nothing is left, None where there was none."""
    if name is None:
        return None
    spaced = _PARTED.sub(" ", name).translate(_FORBIDDEN)
    visible = "".join(sign for sign in spaced if unicodedata.category(sign) not in _INVISIBLE)
    named = visible.lstrip(" '-").rstrip(" .'-")
    return _cut(otherwise + named if re.fullmatch(r"(\.\w{1,15})?", named) else named.lstrip(". -"))


def _cut(name: str) -> str:
    """A long name loses its middle: how it begins and its ending (up to 15 bytes) stay."""
    content = name.encode()
    if len(content) <= LONGEST:
        return name
    stem, dot, ending = name.rpartition(".")
    tail = dot + ending if stem and len(ending.encode()) <= 15 else ""
    head = content[: LONGEST - len(tail.encode())].decode(errors="ignore")
    return head.rstrip() + tail
