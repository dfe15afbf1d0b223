"""Reads numbers written in words, in either gender: «treinta y nueve», «mil doscientas una», 0 to 999,999.

All functions take folded text (`spanish.writing.folding.fold`). Implemented here for speed, as every
narrative uses it; the tests compare it with num2words from 0 to 9,999.
"""

import re


def _numbered(words: str, first: int, step: int = 1) -> dict[str, int]:
    return {word: first + step * place for place, word in enumerate(words.split())}


_ONES = _numbered("un dos tres cuatro cinco seis siete ocho nueve", 1) | {"uno": 1, "una": 1}
_TEENS = _numbered(
    "diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte veintiuno "
    "veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve",
    10,
) | {"veintiun": 21, "veintiuna": 21}
_TENS = _numbered("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10)
_HUNDREDS = {"cien": 100, "ciento": 100} | {
    stem + ending: number
    for stem, number in _numbered(
        "doscient trescient cuatrocient quinient seiscient setecient ochocient novecient", 200, 100
    ).items()
    for ending in ("os", "as")
}
_VALUES = {"cero": 0} | _ONES | _TEENS | _TENS | _HUNDREDS

_ONE = f"(?:{'|'.join(_ONES)})"
_BELOW_100 = f"(?:(?:{'|'.join(_TENS)})(?: y {_ONE})?|{'|'.join(_TEENS)}|{_ONE})"
_BELOW_1000 = rf"(?:(?:{'|'.join(_HUNDREDS)})\b(?: {_BELOW_100}\b)?|{_BELOW_100}\b)"
# The longest first, so that «dos mil tres» is one number and not three.
PATTERN = rf"\b(?:(?:{_BELOW_1000} )?mil\b(?: {_BELOW_1000})?|{_BELOW_1000}|cero\b)"
PHRASE = re.compile(PATTERN)
ARTICLES = frozenset(("un", "uno", "una"))  # in running text more often an article than a number


def value(words: str) -> int | None:
    """Return the value of a phrase that is only a number: 39 for «treinta y nueve»; else None."""
    return _value(words) if PHRASE.fullmatch(words) else None


def in_digits(text: str) -> str:
    """Return the text with its numbers in digits; «un», «uno» and «una» alone are kept."""
    return PHRASE.sub(lambda found: digits(found[0]), text)


def digits(words: str) -> str:
    """Return a phrase matched by `PHRASE` in digits; an article unchanged."""
    return words if words in ARTICLES else str(_value(words))


def _value(words: str) -> int:
    thousands, rest = 0, 0
    for word in words.split():
        if word == "mil":
            thousands, rest = (rest or 1) * 1000, 0
        elif word != "y":
            rest += _VALUES[word]
    return thousands + rest
