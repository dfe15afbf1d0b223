"""Finds a person's name in texts, however it is written, and takes it out.

Found are the whole name and every part of at least two of its words («Guadalupe Hernández» of «María
Guadalupe Hernández Castillejos»), in capitals or not, with accents or without, also as written in HTML.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

SHORTEST_ID = 100_000  # smaller numbers in a text are quantities, not accounts of Telegram
ID_KEYS = frozenset({"chat_id", "user_id", "telegram_id", "from_chat_id"})
ACCOUNTS = frozenset({"chat", "from", "user", "sender_user", "contact", "via_bot"})
NOBODY = 0  # in place of an account's number
_PARTICLES = frozenset(("de", "del", "la", "las", "los", "y", "e"))
_IN_HTML = {"&": "(?:&|&amp;)", "<": "(?:<|&lt;)", ">": "(?:>|&gt;)", "'": "(?:'|&#39;)", '"': '(?:"|&#34;)'}
_ACCENTED = range(0xC0, 0x250)
_MARKS = "[\u0300-\u036f]*"
_BETWEEN = "[\\s\u2066-\u2069]+"


@dataclass(frozen=True)
class Identity:
    """What is to be taken out: names, a Telegram account's number, and what replaces it."""

    names: tuple[str, ...]
    telegram_id: int | None
    instead: str

    def without(self, value: Any) -> Any:
        """Return a text, or a JSON value, without names and number; the same object if it has none."""
        if isinstance(value, str):
            found = _pattern(self.names, self.telegram_id).sub(self.instead, value)
            return value if found == value else found
        if isinstance(value, dict | list):
            found = self._within(value, "", False)
            return value if found == value else found
        return value

    def _within(self, value: Any, key: str, of_account: bool) -> Any:
        if isinstance(value, dict):
            account = key in ACCOUNTS
            return {
                self.without(name): self._within(each, str(name), account) for name, each in value.items()
            }
        if isinstance(value, list):
            return [self._within(each, key, of_account) for each in value]
        if isinstance(value, str):
            return self.without(value)
        if isinstance(value, bool) or value != self.telegram_id or value is None:
            return value
        named = key in ID_KEYS or (of_account and key == "id")
        return NOBODY if named or value >= SHORTEST_ID else value


@cache
def _pattern(names: tuple[str, ...], telegram_id: int | None) -> re.Pattern[str]:
    runs = sorted({run for name in names for run in _runs(name.split())}, key=len, reverse=True)
    found = [_BETWEEN.join(map(_spelled, run)) for run in runs]
    if telegram_id is not None and telegram_id >= SHORTEST_ID:
        found.append(str(telegram_id))
    return re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)" if found else r"(?!)", re.IGNORECASE)


def _runs(words: list[str]) -> Collection[tuple[str, ...]]:
    """Return the whole name, and its parts that begin and end with a word that is no particle."""
    telling = [place for place, word in enumerate(words) if word.lower() not in _PARTICLES and len(word) > 2]
    parts = {tuple(words[first : last + 1]) for first in telling for last in telling if first < last}
    return {tuple(words), *parts} if words else set()


def _spelled(word: str) -> str:
    """Return the expression of one word with or without accents."""
    plain = unicodedata.normalize("NFD", word)
    letters = [each for each in plain if not unicodedata.combining(each)]
    return "".join(_letter(each) for each in letters)


def _letter(letter: str) -> str:
    if letter in _IN_HTML:
        return _IN_HTML[letter]
    base = letter.casefold()
    if not ("a" <= base <= "z"):
        return re.escape(letter) + _MARKS
    return f"[{base}{_accented(base)}]{_MARKS}"


@cache
def _accented(base: str) -> str:
    return "".join(
        chr(code) for code in _ACCENTED if unicodedata.normalize("NFD", chr(code)).casefold()[:1] == base
    )
