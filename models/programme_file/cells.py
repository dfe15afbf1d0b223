"""Converts values of Excel cells to those of the format; others are kept, for the checks to report."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from models.programme_file.excel_reading import Value
from models.programme_file.sheets import COMBINES, MONTHS, NO, YES, CellKind, as_named

_WORDS = {YES: True, NO: False, "Verdadero": True, "Falso": False, "True": True, "False": False}
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)  # thousands as in Mexico
_SPACED = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:\.\d+)?", re.ASCII)
_PLAIN = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?", re.ASCII)
_LOCAL_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)  # day, month, year, as in Mexico
_ISO_DAY = re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})", re.ASCII)
_WEEKDAY, _NUMBER_OF_DAY, _OF = r"(?:[^\W\d]+,? +)?", r"(\d{1,2}|primero)(?:[°º]|er\.?|o\.?)?", r" +de +"
_NAMED_DAY = re.compile(
    rf"{_WEEKDAY}{_NUMBER_OF_DAY}(?:{_OF}|[ /.-]+)([a-z]{{3,10}})\.?(?: +del? +|,? +|[/.-])(\d{{4}})"
)
_HOUR = re.compile(r"(?<![T ])[T ]++\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?(?: ?[ap]\.? ?m\.?)?$", re.IGNORECASE)
_MONTH_NAMES = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio"),
    *("agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
_MONTH_OF = {
    **{name: number for number, name in enumerate(_MONTH_NAMES, 1)},
    **{name.casefold(): number for number, name in enumerate(MONTHS, 1)},
    "setiembre": 9,
    "sept": 9,
}


def read_cell(kind: CellKind, value: Value | None) -> Any:
    """Return the value converted to the column's kind, from any clear form: «Sí», 31/12/2024, «1,250»."""
    reader = _READERS.get(kind)
    return value if reader is None or value is None else reader(value)


def _text(value: Value) -> Any:
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    return value


def _texts(value: Value) -> Any:
    if isinstance(value, str | int):
        return [text for each in str(value).split("\n") if (text := each.strip())]
    return value


def _yes_no(value: Value) -> Any:
    word = as_named(value, _WORDS) if isinstance(value, str) else None
    return value if word is None else _WORDS[word]


def _combine(value: Value) -> Any:
    word = as_named(value, COMBINES.values()) if isinstance(value, str) else None
    return next((how.value for how, name in COMBINES.items() if name == word), value)


def _number(value: Value) -> Any:
    if not isinstance(value, str):
        return value
    plain = value.strip().lstrip("'’").strip()
    if _GROUPED.fullmatch(plain) or _SPACED.fullmatch(plain):
        plain = re.sub(r"[,\s]", "", plain)
    if not _PLAIN.fullmatch(plain):
        return value
    exact = Decimal(plain)
    return int(exact) if exact == exact.to_integral_value() else exact


def _day(value: Value) -> Any:
    """Return the date, ignoring a time of day; any other value unchanged."""
    if isinstance(value, datetime):
        return value.date()
    if not isinstance(value, str):
        return value
    plain = _HOUR.sub("", " ".join(value.split()).casefold()).strip(" .")
    for pattern, order in ((_ISO_DAY, (1, 2, 3)), (_LOCAL_DAY, (3, 2, 1))):
        if found := pattern.fullmatch(plain):
            return _existing(value, *(int(found[each]) for each in order))
    if (found := _NAMED_DAY.fullmatch(plain)) and found[2] in _MONTH_OF:
        day = 1 if found[1] == "primero" else int(found[1])
        return _existing(value, int(found[3]), _MONTH_OF[found[2]], day)
    return value


def _existing(given: str, year: int, month: int, day: int) -> date | str:
    with suppress(ValueError):
        return date(year, month, day)
    return given


_READERS: dict[CellKind, Callable[[Value], Any]] = {
    CellKind.TEXT: _text,
    CellKind.NUMBER: _number,
    CellKind.DAY: _day,
    CellKind.YES_NO: _yes_no,
    CellKind.TEXTS: _texts,
    CellKind.COMBINE: _combine,
}
