"""The beginning of a text that is too long, cut where it may be cut."""

import re

_SENTENCE = re.compile(r"[.!?…](?=\s)|\n")
LEAST = 0.6  # of the limit; a sentence that ends before is too early a place


def beginning(text: str, limit: int) -> str:
    """Return as much of the text as fits into `limit` characters: whole sentences, else whole words."""
    if len(text) <= limit:
        return text
    head = text[:limit]
    ends = [found.end() for found in _SENTENCE.finditer(text, 0, limit + 1) if found.end() <= limit]
    if ends and ends[-1] >= LEAST * limit:
        return head[: ends[-1]].rstrip()
    at_word = head if text[limit].isspace() else head.rsplit(maxsplit=1)[0]
    return at_word.rstrip() if len(at_word) >= LEAST * limit else head
