"""The headers of a programme's sheets: which column is which, and what is wrong with them."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping

from models.programme_excel_reading import Rows, filled
from models.programme_sentences import Sentence, said
from models.programme_sheets import (
    COLUMNS,
    FIELD,
    INSTITUTION,
    SHEETS,
    STRATEGY,
    TEXT_OF,
    UNITS,
    VALUE,
)
from models.programme_tree import Place, Unreadable

Faults = Iterator[tuple[Place, Sentence]]
_NUMBERED = re.compile(rf"{STRATEGY} \d{{1,3}}", re.ASCII)


def check_sheets(sheets: Mapping[str, Rows]) -> None:
    """Raises `Unreadable` where one is missing."""
    if missing := [name for name in SHEETS if name not in sheets]:
        listed = ", ".join(f"«{name}»" for name in missing)
        raise Unreadable(said("sheet_missing", missing=listed, known=", ".join(SHEETS)))


def titled(rows: Rows) -> dict[str, int]:
    """Which column has which title."""
    return {str(title): place for place, title in rows.get(1, {}).items()}


def check_head(sheet: str, rows: Rows) -> Faults:
    """The titles that must be there and are not, and those that are unknown, there twice, or missing."""
    known, required = _titles(sheet)
    head = rows.get(1, {})
    seen: set[str] = set()
    for place, title in sorted(head.items()):
        numbered = sheet == UNITS and _NUMBERED.fullmatch(str(title))
        if str(title) in seen:
            yield Place(1, place, sheet), said("column_twice", title=str(title))
        elif title not in known and not numbered:
            yield Place(1, place, sheet), unknown("column", str(title), known)
        seen.add(str(title))
    untitled = {place: number for number, cells in filled(rows) for place in cells.keys() - head.keys()}
    for place, number in sorted(untitled.items()):
        yield Place(number, place, sheet), said("column_untitled")
    if missing := [title for title in required if title not in seen]:
        yield Place(1, 1, sheet), said("head_lacks", missing=", ".join(f"«{title}»" for title in missing))


def unknown(what: str, given: str, known: Iterable[str], **facts: str) -> Sentence:
    """That it is none of those known, and which of them is probably meant."""
    if meant := difflib.get_close_matches(given, list(known), n=1):
        return said(f"{what}_meant", title=given[:40], meant=meant[0], **facts)
    return said(f"{what}_unknown", title=given[:40], **facts)


def _titles(sheet: str) -> tuple[list[str], list[str]]:
    """Those that the sheet may have, and those that it must have."""
    if sheet == INSTITUTION:
        return [FIELD, VALUE, TEXT_OF], [FIELD, VALUE]
    columns = COLUMNS[sheet]
    return [each.title for each in columns], [each.title for each in columns if each.required]
