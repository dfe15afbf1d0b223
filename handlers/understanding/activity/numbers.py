"""Numbers in running text: words made digits, and one pattern for what counts something."""

import re
from collections.abc import Iterable

from handlers.understanding.days import fold

GAP = " ; "  # stands where something was cut out, so that its neighbours do not become one phrase

_SMALL = {
    word: number
    for number, word in enumerate(
        [
            "dos",
            "tres",
            "cuatro",
            "cinco",
            "seis",
            "siete",
            "ocho",
            "nueve",
            "diez",
            "once",
            "doce",
            "trece",
            "catorce",
            "quince",
            "dieciseis",
            "diecisiete",
            "dieciocho",
            "diecinueve",
            "veinte",
            "veintiuno",
            "veintidos",
            "veintitres",
            "veinticuatro",
            "veinticinco",
            "veintiseis",
            "veintisiete",
            "veintiocho",
            "veintinueve",
        ],
        2,
    )
} | {"veintiun": 21, "veintiuna": 21}
_TENS = {
    word: number
    for number, word in zip(
        range(30, 101, 10),
        ["treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa", "cien"],
        strict=True,
    )
}
_ONES = {"un": 1, "uno": 1, "una": 1} | {word: number for word, number in _SMALL.items() if number < 10}
_WORD = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})(?: y (?P<ones>{'|'.join(_ONES)}))?|(?P<small>{'|'.join(_SMALL)}))\b"
)
_TWICE = re.compile(r"(?<![\w.,])(\d+) ?\( ?\1 ?\)")  # «tres (3) informes», «3 (tres)»

# A number that counts: no part of a date, an hour, a code, a fraction or a sum of money.
NUMBER = r"(?<![\w.,:/$#-])(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,6})?(?![\w%/º°ª]|[.,:-]\d)"


def in_digits(text: str) -> str:
    """The text folded, with its numbers from two to a hundred in digits and a gap at each new line."""
    folded = fold(re.sub(r"[\r\n]+", GAP, text))
    return _TWICE.sub(r"\1", _WORD.sub(_digits, folded))


def _digits(found: re.Match[str]) -> str:
    if found["small"]:
        return str(_SMALL[found["small"]])
    return str(_TENS[found["tens"]] + _ONES.get(found["ones"] or "", 0))


def cut(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with a gap in place of each span, of which some may overlap."""
    rest, end = [], 0
    for start, stop in sorted(spans):
        rest += [text[end : max(start, end)], GAP]
        end = max(end, stop)
    return "".join([*rest, text[end:]])
