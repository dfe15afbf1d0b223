"""Numbers as they are written: words made digits, what counts something, and the value of one.

Digits are as in Mexico: 1,200 or 1200, 12.5 with a point.
"""

import re
from decimal import Decimal

from models.errors import Rejected
from spanish.reading.numbers.units import WORD as UNIT
from spanish.reading.spoken import Spoken
from spanish.writing import number_words
from spanish.writing.number_words import written

# A number that counts: no part of a date, an hour, a code, a fraction or a sum of money.
NUMBER = r"(?<![\w.,:/$#-])(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,6})?(?![\w%/º°ª]|[.,:-]\d)"
# A hundred digits are read too: that they are too many is for a target's limit to say.
_DIGITS = re.compile(r"(?P<whole>\d{1,3}(?:[, ]\d{3}){1,33}|\d{1,100})(?:\.(?P<part>\d{1,6}))?")

_N = r"(?<![\w.,:/#-])\$?(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,6})?(?!\d)"
_MONTHS = "(?:ene|feb|mar|abr|may|jun|jul|ago|sep|oct|nov|dic)"
_APOSTROPHE = re.compile(r"(?<=\d)['’´`](?=\d{3}(?!\d))")  # 1’200,000
# «3actas», «62,500m2»; «1er», «5a» and «8M 5H» stay together.
_JOINED = re.compile(
    r"(?<![\w.,:/#-])\$?\d[\d,.]{0,20}(?<=\d)"
    r"(?!(?:er[oa]?s?|r[oa]s?|d[oa]s?|t[oa]s?|v[oa]s?|n[oa]s?|m[oa]s?|av[oa]s?)\b)"
    r"(?=(?:[a-z]{2,30}|m(?=[23²³]))[23²³]?(?![\w-]))"
)
_SPACED = re.compile(r"(?<![\w.,/:$#-])(?<!\d )\d{1,3}(?: \d{3})+(?![\w,/]| \d)")  # 61 640
_DICTATED = re.compile(r"(?<![\w.,:/#-])(\d{1,9}) (?:punto|coma) ((?:0 ){0,3}\d{1,6})(?![\w.,:/%-])")
_DECIMAL_COMMA = re.compile(
    r"(?<![\w.,/:#-])(?<!dias )(?<!lineas )(?<!folios )(?<!articulos )(?<!arts\. )"
    r"(\$?\d{1,6}),(\d{1,2}|\d{4,6})"
    rf"(?![\w,:/-]|\.\d| ?[ye] \d| de {_MONTHS})"
)
_DECIMAL_COMMA_ABROAD = re.compile(  # 12.500,75 and 1.234.567
    r"(?<![\w.,/:#-])\$?(?:\d{1,3}(?:\.\d{3}){2,3}(?:,\d{1,2})?|\d{1,3}\.\d{3},\d{1,2})(?![\w,./:-])"
)
_MILLIONS_OF_PESOS = re.compile(r"(?<=\$)(\d{1,4}(?:\.\d{1,4})?)m(?!\w)")  # «$1.5M»
_PESOS_AND_CENTS = re.compile(rf"(?P<pesos>{_N}) pesos (?:con|y) (?P<cents>\d{{1,2}}) centavos?\b")
_REPEATED = re.compile(  # «tres (3) informes», «$1,200.00 (1200 pesos 00/100 m.n.)»
    rf"(?P<first>{_N}) ?\( ?(?P<second>{_N})(?: pesos)?(?: \d\d/100)?(?: m\.? ?n\.?)? ?\)"
)
_COLLECTIVE = re.compile(
    r"(?:\b(?P<half>medi[oa]) |\b(?=docena y)|"
    r"(?<![\w.,:/$#-])(?P<number>\d{1,6}|un|el|una|la|otr[oa]) (?P<halved>medi[oa] )?)"
    r"(?P<noun>par|docenas?|decenas?|veintenas?|treintenas?|centenar|centenares|centenas?|millar|"
    r"millares|millon)\b(?P<more> y medi[oa]\b)?(?P<of> de\b(?! pesos))?"
)
_SIZES = (
    ("par", 2), ("docena", 12), ("decena", 10), ("veintena", 20), ("treintena", 30), ("centena", 100),
    ("millar", 1000), ("millon", 1_000_000),
)  # fmt: skip
_COMMA_AND_POINT = str.maketrans(",.", ".,")
_PARTS = {
    "medio": "0.5", "media": "0.5", "1/2": "0.5", "½": "0.5", "un cuarto": "0.25", "cuarto": "0.25",
    "1/4": "0.25", "¼": "0.25", "tres cuartos": "0.75", "3 cuartos": "0.75", "3/4": "0.75", "¾": "0.75",
}  # fmt: skip
_PART = r"(?:medi[oa]|(?:un |3 )?cuartos?)\b"
_NO_PART = r"(?! (?:dia|ambiente|superior|tiempo|manana|tarde|ano|mes|siglo|maraton)\b)"
_LONG_UNIT = rf"(?:{UNIT}|dia|dias|mes|meses|ano|anos|semana|semanas|hoja|hojas|pagina|paginas)"
_AND_PART = re.compile(  # «dos hectáreas y media», «hora y media», «2 páginas y media»
    rf"(?:(?P<number>{_N}|\bun|\buna) (?P<noun>[a-z]{{1,20}}(?: cuadrad[oa]s?| cubic[oa]s?)?)|"
    rf"(?<!\d )\b(?P<unit>{_LONG_UNIT})) y (?P<part>{_PART}){_NO_PART}"
)
_MIXED = re.compile(  # «3 y medio», «1 1/2», «2½»; an hour: «las 10 y media»
    rf"(?P<hour>\b(?:las?|desde|hasta) )?(?P<number>{_N})"
    rf"(?: y (?P<part>{_PART}){_NO_PART}| ?(?P<sign>[½¼¾])| (?P<ratio>1/2|1/4|3/4)(?![\w/]))"
)
_PART_OF_UNIT = re.compile(  # «media hectárea», «tres cuartos de hectárea», «1/2 km»
    rf"(?:(?<!\d )(?<![\w/])(?P<part>medi[oa]|1/2|1/4|3/4|[½¼¾])(?: de)?|"
    rf"\b(?P<quarter>un cuarto|3 cuartos|cuarto) de) (?={UNIT}\b)"
)
_SIGN = re.compile(r"(?<![\w½¼¾])[½¼¾](?!\w)")


def in_digits(spoken: Spoken) -> Spoken:
    """The text with its numbers in digits: words, halves, pairs and dozens, «61 640», «tres (3)», «12,5».

    «Un», «una» and «uno» alone stay words: they are articles oftener than numbers.
    """
    spoken = spoken.rewrite(_APOSTROPHE, lambda _: ",")
    spoken = spoken.rewrite(_DECIMAL_COMMA, lambda found: f"{found[1]}.{found[2]}")
    spoken = spoken.rewrite(_DECIMAL_COMMA_ABROAD, lambda found: found[0].translate(_COMMA_AND_POINT))
    spoken = spoken.rewrite(_MILLIONS_OF_PESOS, lambda found: written(Decimal(found[1]) * 1_000_000))
    spoken = spoken.rewrite(_JOINED, lambda found: f"{found[0]} ")
    spoken = spoken.rewrite(number_words.PHRASE, number_words.digits)
    spoken = spoken.rewrite(_SPACED, lambda found: found[0].replace(" ", ","))
    spoken = spoken.rewrite(_DICTATED, lambda found: f"{found[1]}.{found[2].replace(' ', '')}")
    spoken = spoken.rewrite(_PESOS_AND_CENTS, lambda found: f"{found['pesos']}.{found['cents']:0>2} pesos")
    spoken = spoken.rewrite(_REPEATED, _once)
    spoken = spoken.rewrite(_COLLECTIVE, _collective)
    return _with_parts(spoken)


def _with_parts(spoken: Spoken) -> Spoken:
    """Halves and quarters added to what stands before them."""
    spoken = spoken.rewrite(_AND_PART, _noun_and_part)
    spoken = spoken.rewrite(_MIXED, _mixed)
    spoken = spoken.rewrite(_PART_OF_UNIT, lambda found: f"{_PARTS[found['part'] or found['quarter']]} ")
    return spoken.rewrite(_SIGN, lambda found: _PARTS[found[0]])


def _number(digits: str) -> Decimal:
    return Decimal(digits.lstrip("$").replace(",", ""))


def _once(found: re.Match[str]) -> str:
    return found["first"] if _number(found["first"]) == _number(found["second"]) else found[0]


def _collective(found: re.Match[str]) -> str:
    """«Un par de», «tres docenas», «media docena», «medio millón» in digits."""
    noun, number = found["noun"], found["number"]
    if (number in ("el", "la") and noun not in ("par", "docena")) or (noun == "millon" and not found["half"]):
        return found[0]
    times = Decimal(number) if number and number.isdigit() else Decimal(1)
    if found["half"] or found["halved"]:
        times = Decimal("0.5") * times
    if found["more"]:
        times += Decimal("0.5")
    size = next(size for name, size in _SIZES if noun.startswith(name))
    return written(times * size)


def _noun_and_part(found: re.Match[str]) -> str:
    number, part = found["number"], _PARTS[found["part"]]
    whole = Decimal(1) if number in (None, "un", "una") else _number(number)
    sign = "$" if number and number.startswith("$") else ""
    return f"{sign}{written(whole + Decimal(part))} {found['noun'] or found['unit']}"


def _mixed(found: re.Match[str]) -> str:
    part = Decimal(_PARTS[found["part"] or found["sign"] or found["ratio"]])
    number = found["number"]
    if found["hour"] and number.isdigit() and len(number) <= 2:
        return f"{found['hour']}{number}:{int(part * 60):02}"
    if "." in number:
        return found[0]
    sign = "$" if number.startswith("$") else ""
    return f"{found['hour'] or ''}{sign}{written(_number(number) + part)}"


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
