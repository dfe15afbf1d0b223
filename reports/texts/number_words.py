"""Numbers written in words, in either gender: «treinta y nueve», «mil doscientas una», 0 to 999,999.

Every function takes folded text (`reports.texts.folding.fold`). Written out by hand because it is on the way of
every narrative; the tests hold it against num2words from 0 to 9,999.
"""

import re

_ONES = {"un": 1, "uno": 1, "una": 1} | {
    word: number
    for number, word in enumerate("dos tres cuatro cinco seis siete ocho nueve".split(), 2)
}  # fmt: skip
_TEENS = {
    word: number
    for number, word in enumerate(
        "diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte veintiuno "
        "veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve".split(),
        10,
    )
} | {"veintiun": 21, "veintiuna": 21}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        "treinta cuarenta cincuenta sesenta setenta ochenta noventa".split(), 3
    )
}  # fmt: skip
_HUNDREDS = {"cien": 100, "ciento": 100} | {
    stem + ending: 100 * number
    for number, stem in enumerate(
        "doscient trescient cuatrocient quinient seiscient setecient ochocient novecient".split(), 2
    )
    for ending in ("os", "as")
}
_VALUES = {"cero": 0} | _ONES | _TEENS | _TENS | _HUNDREDS

_ONE = f"(?:{'|'.join(_ONES)})"
_BELOW_100 = f"(?:(?:{'|'.join(_TENS)})(?: y {_ONE})?|{'|'.join(_TEENS)}|{_ONE})"
_BELOW_1000 = rf"(?:(?:{'|'.join(_HUNDREDS)})\b(?: {_BELOW_100}\b)?|{_BELOW_100}\b)"
# The longest first: «dos mil tres» is one number and not three.
PATTERN = rf"\b(?:(?:{_BELOW_1000} )?mil\b(?: {_BELOW_1000})?|{_BELOW_1000}|cero\b)"
_PHRASE = re.compile(PATTERN)
ARTICLES = frozenset(("un", "uno", "una"))  # in running text more often an article than a number


def value(words: str) -> int | None:
    """What a phrase says that is a number and nothing else: «treinta y nueve» is 39."""
    return _value(words) if _PHRASE.fullmatch(words) else None


def in_digits(text: str) -> str:
    """The text with its numbers in digits; «un», «uno» and «una» alone stay as they are."""
    return _PHRASE.sub(lambda found: _digits(found[0]), text)


def _digits(words: str) -> str:
    return words if words in ARTICLES else str(_value(words))


def _value(words: str) -> int:
    thousands, rest = 0, 0
    for word in words.split():
        if word == "mil":
            thousands, rest = (rest or 1) * 1000, 0
        elif word != "y":
            rest += _VALUES[word]
    return thousands + rest
