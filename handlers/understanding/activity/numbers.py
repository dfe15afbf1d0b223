"""Numbers in running text: words made digits, and one pattern for what counts something."""

import re
from collections.abc import Iterator

from handlers.understanding.activity.spoken import Spoken

_UP_TO_NINE = "un dos tres cuatro cinco seis siete ocho nueve"
_UP_TO_29 = (
    "diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve veinte veintiuno "
    "veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve"
)
_BY_TEN = "treinta cuarenta cincuenta sesenta setenta ochenta noventa"
_BY_HUNDRED = "doscient trescient cuatrocient quinient seiscient setecient ochocient novecient"
ARTICLES = frozenset(("un", "uno", "una"))
_ONES = {word: number for number, word in enumerate(_UP_TO_NINE.split(), 1)} | dict.fromkeys(ARTICLES, 1)
_TEENS = {word: number for number, word in enumerate(_UP_TO_29.split(), 10)} | {
    "veintiun": 21,
    "veintiuna": 21,
}
_TENS = {word: 10 * number for number, word in enumerate(_BY_TEN.split(), 3)}
_HUNDREDS = {"cien": 100, "ciento": 100} | {
    f"{stem}{ending}": 100 * number
    for number, stem in enumerate(_BY_HUNDRED.split(), 2)
    for ending in ("os", "as")
}
_ALL = sorted({*_ONES, *_TEENS, *_TENS, *_HUNDREDS, "mil", "cero"}, key=len, reverse=True)
_RUN = re.compile(rf"\b(?:{'|'.join(_ALL)})(?: (?:y )?(?:{'|'.join(_ALL)}))*\b")
_WORD = re.compile(r"\S+")
_SPACED = re.compile(r"(?<![\w.,/:$#-])(?<!\d )\d{1,3}(?: \d{3})+(?![\w,/]| \d)")  # 61 640
_TWICE = re.compile(r"(?<![\w.,])(\d+) ?\( ?\1 ?\)")  # «tres (3) informes», «3 (tres)»
_SOME = re.compile(r"\b(?:(?:un|el) par|(?:una|la) (?P<half>media )?docena|media docena)\b(?: de\b)?")

# A number that counts: no part of a date, an hour, a code, a fraction or a sum of money.
NUMBER = r"(?<![\w.,:/$#-])(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,6})?(?![\w%/º°ª]|[.,:-]\d)"


def in_digits(spoken: Spoken) -> Spoken:
    """The text with its numbers in digits: words, pairs and dozens, «61 640», «tres (3)».

    «Un», «una» and «uno» alone stay words: they are articles oftener than numbers.
    """
    spoken = spoken.rewrite(_SOME, lambda found: _dozens(found[0]))
    pieces = [piece for run in _RUN.finditer(spoken.text) for piece in _numbers(run[0], run.start())]
    spoken = spoken.replace(pieces) if pieces else spoken
    spoken = spoken.rewrite(_SPACED, lambda found: found[0].replace(" ", ","))
    return spoken.rewrite(_TWICE, lambda found: found[1])


def _dozens(said: str) -> str:
    return "2" if "par" in said.split() else "6" if "media" in said else "12"


def _numbers(run: str, start: int) -> Iterator[tuple[int, int, str]]:
    """The numbers of words that follow one another: «dos mil tres» is one, «dos y tres» are two."""
    words = [(each[0], start + each.start(), start + each.end()) for each in _WORD.finditer(run)]
    said = [word for word, _, _ in words]
    place = 0
    while place < len(words):
        value, after = _read(said, place)
        first, last = words[place], words[max(place, after - 1)]
        if after == place:  # «y»
            place += 1
            continue
        if after - place > 1 or first[0] not in ARTICLES:
            yield first[1], last[2], str(value)
        place = after


def _read(words: list[str], place: int) -> tuple[int, int]:
    """The number that begins at that word, and where it ends; the same place where none does."""
    if words[place] == "cero":
        return 0, place + 1
    value, after = _below_thousand(words, place)
    if after < len(words) and words[after] == "mil":
        rest, end = _below_thousand(words, after + 1)
        return (value or 1) * 1000 + rest, end
    return value, after


def _below_thousand(words: list[str], place: int) -> tuple[int, int]:
    value, after = 0, place
    if after < len(words) and words[after] in _HUNDREDS:
        value, after = _HUNDREDS[words[after]], after + 1
        if words[after - 1] == "cien":
            return value, after
    if after < len(words) and words[after] in _TENS:
        value, after = value + _TENS[words[after]], after + 1
        if after + 1 < len(words) and words[after] == "y" and words[after + 1] in _ONES:
            return value + _ONES[words[after + 1]], after + 2
    elif after < len(words) and (one := {**_TEENS, **_ONES}.get(words[after])):
        value, after = value + one, after + 1
    return value, after
