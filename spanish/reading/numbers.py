"""Numbers as they are written: words made digits, what counts something, and the value of one.

Digits are as in Mexico: 1,200 or 1200, 12.5 with a point.
"""

import re

from models.errors import Rejected
from spanish.reading.spoken import Spoken
from spanish.writing import number_words

_SPACED = re.compile(r"(?<![\w.,/:$#-])(?<!\d )\d{1,3}(?: \d{3})+(?![\w,/]| \d)")  # 61 640
_TWICE = re.compile(r"(?<![\w.,])(\d+) ?\( ?\1 ?\)")  # «tres (3) informes», «3 (tres)»
_SOME = re.compile(r"\b(?:(?:un|el) par|(?:una|la) (?P<half>media )?docena|media docena)\b(?: de\b)?")

# A number that counts: no part of a date, an hour, a code, a fraction or a sum of money.
NUMBER = r"(?<![\w.,:/$#-])(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,6})?(?![\w%/º°ª]|[.,:-]\d)"
# A hundred digits are read too: that they are too many is for a target's limit to say.
_DIGITS = re.compile(r"(?P<whole>\d{1,3}(?:[, ]\d{3}){1,33}|\d{1,100})(?:\.(?P<part>\d{1,6}))?")


def in_digits(spoken: Spoken) -> Spoken:
    """The text with its numbers in digits: words, pairs and dozens, «61 640», «tres (3)».

    «Un», «una» and «uno» alone stay words: they are articles oftener than numbers.
    """
    spoken = spoken.rewrite(_SOME, lambda found: _dozens(found[0]))
    spoken = spoken.rewrite(number_words.PHRASE, lambda found: number_words.digits(found[0]))
    spoken = spoken.rewrite(_SPACED, lambda found: found[0].replace(" ", ","))
    return spoken.rewrite(_TWICE, lambda found: found[1])


def _dozens(said: str) -> str:
    return "2" if "par" in said.split() else "6" if "media" in said else "12"


def scaled(digits: str, decimals: int) -> int | None:
    """The number that the digits are, scaled by `decimals`; None for anything else: words, a sign.

    Raises `Rejected` for too fine fractions: `quantity_too_fine`, `quantity_not_whole`.
    """
    found = _DIGITS.fullmatch(digits.strip())
    if found is None:
        return None
    part = (found["part"] or "").rstrip("0")
    if len(part) > decimals:
        raise Rejected("quantity_too_fine" if decimals else "quantity_not_whole")
    return int(re.sub(r"\D", "", found["whole"]) + part.ljust(decimals, "0"))
