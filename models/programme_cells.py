"""What a cell says, as the format takes it. What is no such value stays, for the checks to name."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from models.programme_excel_reading import Value
from models.programme_sheets import NO, YES, Kind

_WORDS = {YES.casefold(): True, "si": True, NO.casefold(): False}
_LOCAL_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)  # as it is written in Mexico


def read_cell(kind: Kind, value: Value | None) -> Any:
    """Forgiving where nothing can be meant but one thing: 2024 as a name, «Sí», 31/12/2024."""
    if kind is Kind.TEXT and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    if kind is Kind.TEXTS and isinstance(value, str | int):
        return [text for each in str(value).split("\n") if (text := each.strip())]
    if kind is Kind.YES_NO and isinstance(value, str):
        return _WORDS.get(value.casefold(), value)
    if kind is Kind.DAY and isinstance(value, str) and (written := _LOCAL_DAY.fullmatch(value)):
        return _local_day(value, *map(int, written.groups()))
    return value


def _local_day(text: str, day: int, month: int, year: int) -> date | str:
    try:
        return date(year, month, day)
    except ValueError:
        return text
