"""The header rows of a programme's sheets: finding them, the columns' titles, and faults in them."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping

from models.programme_file.excel_reading import HEAD_WITHIN, Sheet, filled
from models.programme_file.sentences import Sentence, said
from models.programme_file.sheets import (
    COLUMNS,
    FIRST_HEADER,
    INSTITUTION,
    SHEETS,
    STRATEGY,
    UNITS,
    as_named,
)
from models.programme_file.tree import FilePosition, Unreadable

Faults = Iterator[tuple[FilePosition, Sentence]]
_NUMBERED = re.compile(rf"{STRATEGY} \d{{1,3}}", re.ASCII)


def check_sheets(sheets: Mapping[str, Sheet]) -> None:
    """Raise `Unreadable` if a sheet is missing."""
    if missing := [name for name in SHEETS if name not in sheets]:
        listed = ", ".join(f"«{name}»" for name in missing)
        raise Unreadable(said("sheet_missing", missing=listed, known=", ".join(SHEETS)))


def find_head(name: str, sheet: Sheet) -> None:
    """Set `sheet.head` to the row with the titles, which other text may precede, and normalise the titles."""
    known = _titles(name)[0]
    named = {
        number: {place: _as_title(name, str(each), known) for place, each in cells.items()}
        for number, cells in sheet.rows.items()
        if number <= HEAD_WITHIN
    }
    hits = {number: len({*titles.values()} & {*known}) for number, titles in named.items()}
    best = max(sorted(hits), key=hits.__getitem__, default=1)
    sheet.head = best if hits.get(best, 0) >= min(2, len(known)) else 1
    if sheet.head in named:
        sheet.rows[sheet.head] = {**named[sheet.head]}


def titled(sheet: Sheet) -> dict[str, int]:
    """Return the column number of each title."""
    return {str(title): place for place, title in sheet.rows.get(sheet.head, {}).items()}


def check_head(name: str, sheet: Sheet) -> Faults:
    """Yield the faults of a header: titles twice or unknown, columns without one, required titles missing."""
    known, required = _titles(name)
    head = sheet.rows.get(sheet.head, {})
    seen: set[str] = set()
    for place, title in sorted(head.items()):
        numbered = name == UNITS and _NUMBERED.fullmatch(str(title))
        if str(title) in seen:
            yield FilePosition(sheet.head, place, name), said("column_twice", title=str(title))
        elif title not in known and not numbered:
            yield FilePosition(sheet.head, place, name), unknown("column", str(title), known)
        seen.add(str(title))
    untitled = {place: number for number, cells in filled(sheet) for place in cells.keys() - head.keys()}
    for place, number in sorted(untitled.items()):
        yield FilePosition(number, place, name), said("column_untitled")
    if missing := [title for title in required if title not in seen]:
        yield (
            FilePosition(sheet.head, 1, name),
            said("head_lacks", missing=", ".join(f"«{each}»" for each in missing)),
        )


def _as_title(name: str, given: str, known: list[str]) -> str:
    """Return the known title that is meant, or the given one unchanged."""
    numbered = re.search(r"(?<!\d)\d{1,3}\Z", given, re.ASCII) if name == UNITS else None
    if numbered and as_named(given[: numbered.start()].strip(), [STRATEGY]):
        return f"{STRATEGY} {numbered[0]}"
    return as_named(given, known) or given


def unknown(what: str, given: str, known: Iterable[str], **facts: str) -> Sentence:
    """Return the sentence that a name is unknown, with the one that is probably meant."""
    if meant := difflib.get_close_matches(given, list(known), n=1):
        return said(f"{what}_meant", title=given[:40], meant=meant[0], **facts)
    return said(f"{what}_unknown", title=given[:40], **facts)


def _titles(sheet: str) -> tuple[list[str], list[str]]:
    """Return the titles that the sheet may have, and those that it must have."""
    if sheet == INSTITUTION:
        return list(FIRST_HEADER), list(FIRST_HEADER[:2])
    columns = COLUMNS[sheet]
    return [each.title for each in columns], [each.title for each in columns if each.required]
