"""Splits a list of people's names as people write it."""

import re

_BETWEEN = re.compile(r"[\n;,]")
_AND = re.compile(r"\s(?:y|e)\s", re.IGNORECASE)


def split_names(text: str) -> list[str]:
    """Return the names of a list with commas, semicolons, line breaks or «y» between them, in order.

    «y» between two surnames («José Ortega y Gasset») parts nothing.
    """
    return [name for part in _BETWEEN.split(text) for name in _parted(" ".join(part.split())) if name]


def _parted(text: str) -> list[str]:
    text = re.sub(r"^(?:y|e)\s", "", text, flags=re.IGNORECASE)
    names = [text]
    for found in reversed(list(_AND.finditer(text))):
        before, after = names[0][: found.start()], names[0][found.end() :]
        if len(after.split()) > 1 or len(before.split()) == 1:
            names[:1] = [before, after]
    return [name.strip(" .·•-–*") for name in names]
