"""The periods that a question names: days, weeks, months, quarters, years. Pure."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from models.quarter import Quarter
from spanish.reading.dates.phrases import find_day_phrases
from spanish.reading.dates.words import MONTH
from spanish.reading.questions.question import PeriodKind, QuestionPeriod
from spanish.writing.days import MONTHS

_NTH = {
    "primer": 1, "primero": 1, "1er": 1, "1ero": 1, "1o": 1, "1": 1, "i": 1, "uno": 1,
    "segundo": 2, "2do": 2, "2o": 2, "2": 2, "ii": 2, "dos": 2,
    "tercer": 3, "tercero": 3, "3er": 3, "3ero": 3, "3o": 3, "3": 3, "iii": 3, "tres": 3,
    "cuarto": 4, "4to": 4, "4o": 4, "4": 4, "iv": 4, "cuatro": 4, "ultimo": 4,
}  # fmt: skip
_ORDINAL = "|".join(sorted(_NTH, key=len, reverse=True))
_YEAR = r"(?: (?:de |del |del ano )?(?P<year>20\d\d)| del (?P<last_year>ano pasado))?"
_NTH_FEMALE = {
    "primera": 1,
    "1a": 1,
    "segunda": 2,
    "2a": 2,
    "tercera": 3,
    "3a": 3,
    "cuarta": 4,
    "4a": 4,
    "ultima": 5,
}
ONE = timedelta(days=1)
_NO_PERIOD = re.compile(
    r"\b(?:(?:hasta|al|a) (?:el )?(?:dia de )?hoy|a la fecha|hasta (?:la fecha|ahora|el momento)|"
    r"al momento|hoy en dia)\b"
)
_NUMBER = {"un": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7}
_UNITS = {"dia": 1, "dias": 1, "semana": 7, "semanas": 7, "mes": 30, "meses": 30}


_USUAL = re.compile(r"\b(?:trimestre|semestre|mes|ano)\b(?! antepasad)")


def find_periods(text: str, today: date) -> tuple[tuple[QuestionPeriod, ...], str]:
    """The periods that a folded text names, in their order, and the text without them."""
    text = _NO_PERIOD.sub(" ", text)
    found: list[tuple[int, QuestionPeriod]] = []
    for pattern, read in _FORMS:
        while (match := pattern.search(text)) is not None:
            period = read(match, today)
            if period is not None:
                found.append((match.start(), period))
            text = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
    for phrase in find_day_phrases(text, today):
        if phrase.period is not None and _USUAL.search(text, phrase.start, phrase.end):
            continue  # «en el trimestre» is the usual one, which the answer chooses
        if phrase.days is not None:
            first, last = phrase.period or phrase.days
            kind = PeriodKind.DAY if first == last else PeriodKind.SPAN
            found.append((phrase.spans[0][0], QuestionPeriod(kind, first, last)))
            for start, end in phrase.spans:
                text = text[:start] + " " * (end - start) + text[end:]
    periods = tuple(period for _, period in sorted(found, key=lambda each: each[0]))
    return tuple(dict.fromkeys(periods)), " ".join(text.split())


def of_quarter(quarter: Quarter) -> QuestionPeriod:
    return QuestionPeriod(PeriodKind.QUARTER, quarter.first_day, quarter.last_day)


def of_month(year: int, month: int) -> QuestionPeriod:
    first = date(year, month, 1)
    after = date(year + month // 12, month % 12 + 1, 1)
    return QuestionPeriod(PeriodKind.MONTH, first, after - timedelta(days=1))


def of_year(year: int) -> QuestionPeriod:
    return QuestionPeriod(PeriodKind.YEAR, date(year, 1, 1), date(year, 12, 31))


def _week_of(day: date) -> QuestionPeriod:
    monday = day - timedelta(days=day.weekday())
    return QuestionPeriod(PeriodKind.WEEK, monday, monday + timedelta(days=6))


def _year_of(found: re.Match[str], today: date) -> int:
    if found["year"]:
        return int(found["year"])
    return today.year - 1 if found["last_year"] else today.year


def _named_quarter(found: re.Match[str], today: date) -> QuestionPeriod | None:
    said = found["nth"] or found["after"] or found["short"] or found["behind"]
    number = _NTH.get(said, 0)
    return of_quarter(Quarter(_year_of(found, today), number)) if 1 <= number <= 4 else None


def _relative_quarter(found: re.Match[str], today: date) -> QuestionPeriod | None:
    here = Quarter.of(today)
    return replace(of_quarter(here), this=True) if found["this"] else of_quarter(here.previous)


def _half(found: re.Match[str], today: date) -> QuestionPeriod | None:
    number = _NTH[found["nth"]]
    if number > 2:
        return None
    year = today.year
    first, last = (date(year, 1, 1), date(year, 6, 30)), (date(year, 7, 1), date(year, 12, 31))
    return QuestionPeriod(PeriodKind.SPAN, *(first if number == 1 else last))


def _months(found: re.Match[str], today: date) -> QuestionPeriod | None:
    first, last = _month(found["first"]), _month(found["last"])
    year = int(found["year"]) if found["year"] else _likely_year(last, today)
    if first > last:
        return None
    return QuestionPeriod(PeriodKind.SPAN, of_month(year, first).first, of_month(year, last).last)


def _one_month(found: re.Match[str], today: date) -> QuestionPeriod | None:
    number = _month(found["month"])
    year = _year_of(found, today) if found["year"] or found["last_year"] else _likely_year(number, today)
    return of_month(year, number)


def _likely_year(month: int, today: date) -> int:
    """In January «noviembre» is last year's; in April «mayo» is to come."""
    return today.year - 1 if today.month <= 3 and month >= 10 else today.year


def _month(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name[:3]))


def _week_of_month(found: re.Match[str], today: date) -> QuestionPeriod | None:
    """Seven days from the 1st on, the 8th and so on; of the last week the last seven."""
    number = _month(found["month"])
    month = of_month(_likely_year(number, today), number)
    place = _NTH_FEMALE[found["nth"]]
    if found["what"] == "quincena":
        half = month.first + timedelta(days=15)
        first, last = (month.first, half - ONE) if place == 1 else (half, month.last)
        return QuestionPeriod(PeriodKind.SPAN, first, last)
    first = month.last - timedelta(days=6) if place == 5 else month.first + timedelta(days=7 * (place - 1))
    return QuestionPeriod(PeriodKind.SPAN, first, first + timedelta(days=6))


def _relative_month(found: re.Match[str], today: date) -> QuestionPeriod | None:
    if found["this"]:
        return of_month(today.year, today.month)
    before = today.replace(day=1) - timedelta(days=1)
    return of_month(before.year, before.month)


def _relative_week(found: re.Match[str], today: date) -> QuestionPeriod | None:
    return _week_of(today if found["this"] else today - timedelta(days=7))


def _last_days(found: re.Match[str], today: date) -> QuestionPeriod | None:
    said = found["count"] or "1"
    count = int(said) if said.isdecimal() else _NUMBER[said]
    return QuestionPeriod(
        PeriodKind.SPAN, today - timedelta(days=min(count * _UNITS[found["unit"]], 400) - 1), today
    )


def _relative_year(found: re.Match[str], today: date) -> QuestionPeriod | None:
    return of_year(today.year - 1 if found["past"] else today.year)


_QUARTER = r"(?:trimestre|trim|tri)"
_PAST = r"(?:pasad[oa]|anterior|previ[oa]|que (?:acaba de \w+|cerro|termino|paso|acabo))"
_CURRENT = r"(?:actual|en curso|corriente|presente)"
_SO_FAR = r"(?:(?:en |de )?lo que (?:va|llevamos) (?:de|del)(?: este)?(?: el)? )"
_FULL_MONTH = "|".join((*MONTHS, "setiembre"))
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], QuestionPeriod | None]], ...] = (
    (
        re.compile(
            rf"\b(?:(?P<nth>{_ORDINAL}) {_QUARTER}|(?:{_QUARTER}|trimestral) (?P<after>{_ORDINAL})|"
            rf"[tq](?P<short>[1-4])|(?P<behind>[1-4])[tq])\b{_YEAR}"
        ),
        _named_quarter,
    ),
    (
        re.compile(
            rf"\b(?:(?P<this>(?:este|presente|actual) {_QUARTER}|{_QUARTER} {_CURRENT}|"
            rf"{_SO_FAR}{_QUARTER})|(?:(?:pasado|anterior|ultimo) {_QUARTER}|{_QUARTER} {_PAST}))\b"
        ),
        _relative_quarter,
    ),
    (re.compile(rf"\b(?P<nth>{_ORDINAL}) semestre\b"), _half),
    (
        re.compile(
            rf"\b(?P<nth>{'|'.join(_NTH_FEMALE)}) (?P<what>semana|"
            rf"quincena) del? (?:mes de )?(?P<month>{_FULL_MONTH})\b"
        ),
        _week_of_month,
    ),
    (
        re.compile(
            rf"\b(?:(?P<this>(?:este|presente) mes|mes {_CURRENT}|{_SO_FAR}mes)|"
            rf"(?:mes {_PAST}|(?:pasado|ultimo) mes))\b"
        ),
        _relative_month,
    ),
    (
        re.compile(
            rf"\b(?:(?P<this>(?:esta|presente) semana|semana {_CURRENT}|{_SO_FAR}(?:la )?semana)|"
            rf"(?:semana {_PAST}|(?:pasada|ultima) semana))\b(?! del? \d)"
        ),
        _relative_week,
    ),
    (
        re.compile(
            rf"\b(?:en )?(?:los |las )?ultim[oa]s (?P<count>\d{{1,3}}|{'|'.join(_NUMBER)})?"
            rf" ?(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})\b"
        ),
        _last_days,
    ),
    (
        re.compile(
            rf"\b(?:{_SO_FAR}ano|este ano|ano {_CURRENT}|(?P<past>(?:el )?ano {_PAST}|(?:pasado|ultimo) ano)|"
            r"(?:todo|durante) el ano)\b"
        ),
        _relative_year,
    ),
    (
        re.compile(
            rf"(?<!\d de )\b(?:de |desde |"
            rf"entre )?(?P<first>{_FULL_MONTH})(?: (?:{_FULL_MONTH})){{0,9}} (?:a|y|hasta|"
            rf"e) (?P<last>{_FULL_MONTH})\b"
            r"(?: del? (?P<year>20\d\d))?"
        ),
        _months,
    ),
    (
        re.compile(rf"(?<!\d de )(?<!\d )\b(?:mes de )?(?P<month>{_FULL_MONTH})\b{_YEAR}"),
        _one_month,
    ),
    (
        re.compile(r"(?<![/\d])\b(?:ano |el |en |del? |de )(?P<year>20\d\d)\b(?![/\d])"),
        lambda found, today: of_year(int(found["year"])),
    ),
    (
        re.compile(r"(?<![/\d-])\b(?P<year>20\d\d)\b(?![/\d-])"),
        lambda found, today: of_year(int(found["year"])),
    ),
)
__all__ = ["MONTH", "find_periods", "of_month", "of_quarter", "of_year"]
