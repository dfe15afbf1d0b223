"""What is written into the platform's cells: words of its catalogues, and no character that it refuses."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from reports.quarterly.content import Report
from reports.transparency.format import PlatformColumn, PlatformFormat
from reports.transparency.indicators import FIELDS, indicators
from reports.workbook import Value


class WrongWord(Exception):
    """A value is none of the catalogue's words; the message names it, the line and the words."""


def rows(
    report: Report,
    form: PlatformFormat,
    columns: Sequence[PlatformColumn],
    catalogues: Mapping[str, tuple[str, ...]] | None = None,
) -> Iterator[tuple[Value, ...]]:
    """Yield the cells of each indicator. `catalogues` go before the format's. Raises `WrongWord`."""
    known = {**form.catalogues, **(catalogues or {})}
    for row in indicators(report):
        cells = []
        for column in columns:
            value = FIELDS[column.field](row)
            if isinstance(value, str):
                value = accepted(value, form)
                if column.field in known:
                    where = f"{row.unit.name}, line {row.line.number}, {column.head}"
                    value = _word(value, known[column.field], where)
            cells.append(value)
        yield tuple(cells)


def accepted(text: str, form: PlatformFormat) -> str:
    """Return the text without characters that the platform refuses, in one line."""
    for refused, instead in form.replace.items():
        text = text.replace(refused, instead)
    kept = (" " if each.isspace() else each if _is_plain(each) else "" for each in text)
    return " ".join("".join(kept).split())


def _is_plain(character: str) -> bool:
    """Return whether it is a printable character of Latin-1, which Spanish is written with."""
    return ord(character) < 256 and unicodedata.category(character) != "Cc"


def _word(value: str, words: Sequence[str], where: str) -> str:
    known = {each.strip(" .").casefold(): each for each in words}
    found = known.get(value.strip(" .").casefold())
    if found is None:
        raise WrongWord(f"{where}: {value!r} is not in the platform's catalogue: {', '.join(words)}")
    return found


def number(value: Value) -> Value:
    """Return an exact amount as a number that a cell can hold."""
    if isinstance(value, Decimal | Fraction):
        return int(value) if value == int(value) else float(value)
    return value
