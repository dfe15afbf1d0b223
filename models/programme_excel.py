"""The sheets of a workbook joined to one programme: what stands in which cell, and what stands in none."""

import difflib
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from models.programme_excel_reading import Formula, Mistake, Rows, Value, filled, read_sheets
from models.programme_sheets import (
    COLUMNS,
    FIELD,
    HOLIDAY,
    INSTITUTION,
    INSTITUTION_ROWS,
    LINE,
    LINES,
    MONTHS,
    NO,
    NOT_FIXED,
    PRINCIPLE,
    QUARTERS,
    SHEETS,
    STRATEGY,
    TARGETS,
    TEXT_OF,
    UNIT,
    UNITS,
    VALUE,
    YES,
    Kind,
)
from models.programme_tree import Path, Place, Tree, Unreadable

_WORDS = {YES.casefold(): True, "si": True, NO.casefold(): False}
_LOCAL_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)  # as it is written in Mexico


def parse_excel(source: bytes) -> Tree:
    """The tree of a workbook. Raises `Unreadable`; lesser faults (a formula, a header) are in the tree."""
    sheets = read_sheets(source)
    missing = [name for name in SHEETS if name not in sheets]
    if missing:
        names = ", ".join(f"«{name}»" for name in missing)
        raise Unreadable(f"the workbook lacks the sheet {names}: it must have {', '.join(SHEETS)}")
    return _Reader(sheets).read()


class _Reader:
    """Fills a tree from the sheets, one after another: a target finds its line, a line its unit."""

    def __init__(self, sheets: dict[str, Rows]) -> None:
        self._sheets = sheets
        self._units: dict[str, int] = {}
        self._lines: dict[tuple[str, int], tuple[int, int]] = {}
        self.root: dict[str, Any] = {"institution": {}, "calendar": {}, "units": []}
        self.tree = Tree(self.root)
        self.tree.values |= {
            (): Place(0, 0, INSTITUTION),
            ("institution",): Place(0, 0, INSTITUTION),
            ("calendar",): Place(0, 0, INSTITUTION),
            ("units",): Place(0, 0, UNITS),
        }

    def read(self) -> Tree:
        """The tree; without a root where a header is wrong, since then every row would seem to be."""
        heads = {name: self._columns(name) for name in COLUMNS}
        sound = self._has_head(INSTITUTION, (FIELD, VALUE), (FIELD, VALUE, TEXT_OF))
        if not sound or not all(heads.values()):
            self.tree.root = None
            return self.tree
        self._read_institution()
        self._read_units(heads[UNITS])
        self._read_lines(heads[LINES])
        self._read_targets(heads[TARGETS])
        return self.tree

    def _read_institution(self) -> None:
        """A field a row; holidays and principles may stand there several times."""
        rows = self._sheets[INSTITUTION]
        known = {field.title: field for field in INSTITUTION_ROWS}
        seen: set[str] = set()
        for number, cells in filled(rows):
            title, place = cells.get(1), Place(number, 1, INSTITUTION)
            if title in (HOLIDAY, PRINCIPLE):
                self._read_repeated(number, cells, str(title))
            elif not isinstance(title, str) or title not in known:
                self._fault((), place, _unknown("row", title, [*known, HOLIDAY, PRINCIPLE]))
            elif title in seen:
                self._fault((), place, f"«{title}» stands here twice")
            else:
                seen.add(title)
                self._put(self.root, known[title].path, (), known[title].kind, cells.get(2), place.beside(2))
        for field in INSTITUTION_ROWS:
            if field.title not in seen and field.required:
                self._fault(field.path, Place(0, 0, INSTITUTION), f"the row «{field.title}» is missing")

    def _read_repeated(self, number: int, cells: dict[int, Value], title: str) -> None:
        place = Place(number, 2, INSTITUTION)
        if title == HOLIDAY:
            days = self.root["calendar"].setdefault("holidays", [])
            if (
                day := self._read(Kind.DAY, cells.get(2), ("calendar", "holidays", len(days)), place)
            ) is not None:
                days.append(day)
            return
        principles = self.root["institution"].setdefault("principles", [])
        path: Path = ("institution", "principles", len(principles))
        principles.append({})
        self.tree.values[path] = place
        self._put(principles[-1], ("name",), path, Kind.TEXT, cells.get(2), place)
        self._put(principles[-1], ("text",), path, Kind.TEXT, cells.get(3), place.beside(3))

    def _read_units(self, columns: dict[str, int]) -> None:
        for number, cells in filled(self._sheets[UNITS]):
            path: Path = ("units", len(self.root["units"]))
            unit = self._part(path, UNITS, number, columns, cells)
            self._read_strategies(unit, path, number, columns, cells)
            unit["lines"] = []
            self.root["units"].append(unit)
            self._units.setdefault(str(unit.get("key")), len(self.root["units"]) - 1)

    def _read_strategies(
        self, unit: dict[str, Any], path: Path, number: int, columns: dict[str, int], cells: dict[int, Value]
    ) -> None:
        """«Estrategia 1», «Estrategia 2»… are a list; beside «Estrategia» nobody knows which is meant."""
        texts: list[Any] = []
        for title, place in sorted(columns.items(), key=lambda each: each[1]):
            if not title.startswith(f"{STRATEGY} ") or place not in cells:
                continue
            where = Place(number, place, UNITS)
            if "strategy" in unit:
                self._fault((*path, "strategy"), where, f"fill either «{STRATEGY}» or the numbered ones")
                return
            texts.append(self._read(Kind.TEXT, cells[place], (*path, "strategy", len(texts)), where))
        if texts:
            unit["strategy"] = texts

    def _read_lines(self, columns: dict[str, int]) -> None:
        for number, cells in filled(self._sheets[LINES]):
            key, where = cells.get(columns[UNIT]), Place(number, columns[UNIT], LINES)
            at = self._units.get(str(key))
            if at is None:
                self._fault((LINES, number), where, _missing_unit(key, self._units))
                continue
            lines = self.root["units"][at]["lines"]
            path: Path = ("units", at, "lines", len(lines))
            line = self._part(path, LINES, number, columns, cells)
            line["targets"] = []
            lines.append(line)
            if isinstance(line.get("number"), int):
                self._lines.setdefault((str(key), line["number"]), (at, len(lines) - 1))

    def _read_targets(self, columns: dict[str, int]) -> None:
        for number, cells in filled(self._sheets[TARGETS]):
            key, line = cells.get(columns[UNIT]), cells.get(columns[LINE])
            if str(key) not in self._units:
                where = Place(number, columns[UNIT], TARGETS)
                self._fault((TARGETS, number), where, _missing_unit(key, self._units))
                continue
            at = self._lines.get((str(key), line)) if isinstance(line, int) else None
            if at is None:
                where = Place(number, columns[LINE], TARGETS)
                told = "a line's number is missing here" if line is None else f"«{key}» has no line {line}"
                self._fault((TARGETS, number), where, f"{told}: look at the sheet {LINES}")
                continue
            targets = self.root["units"][at[0]]["lines"][at[1]]["targets"]
            path: Path = ("units", at[0], "lines", at[1], "targets", len(targets))
            target = self._part(path, TARGETS, number, columns, cells)
            self._read_plan(target, path, number, columns, cells)
            targets.append(target)

    def _read_plan(
        self,
        target: dict[str, Any],
        path: Path,
        number: int,
        columns: dict[str, int],
        cells: dict[int, Value],
    ) -> None:
        """Quarters or months; an entry left empty among others, or «por definir», is not fixed yet."""
        given = [
            titles
            for titles in (QUARTERS, MONTHS)
            if any(columns.get(title) in cells for title in titles if title in columns)
        ]
        if not given:
            return
        first = Place(number, columns[next(title for title in given[0] if title in columns)], TARGETS)
        self.tree.values[*path, "plan"] = first
        if len(given) > 1:
            self._fault(
                (*path, "plan"), first, "the plan stands in quarters and in months: leave one of them empty"
            )
            return
        target["plan"] = []
        for index, title in enumerate(given[0]):
            entry = cells.get(columns.get(title, 0))
            where = Place(number, columns.get(title, first.column), TARGETS)
            if isinstance(entry, str) and entry.casefold() == NOT_FIXED:
                entry = None
            target["plan"].append(self._read(Kind.NUMBER, entry, (*path, "plan", index), where))

    def _part(
        self, path: Path, sheet: str, number: int, columns: dict[str, int], cells: dict[int, Value]
    ) -> dict[str, Any]:
        """A unit, line or target with the fields that have a column of their own."""
        part: dict[str, Any] = {}
        self.tree.values[path] = Place(number, 1, sheet)
        for column in COLUMNS[sheet]:
            if column.path and column.path != ("plan",) and column.title in columns:
                place = columns[column.title]
                where = Place(number, place, sheet)
                self._put(part, column.path, path, column.kind, cells.get(place), where)
        return part

    def _put(
        self,
        into: dict[str, Any],
        path: tuple[str, ...],
        within: Path,
        kind: Kind,
        value: Value | None,
        place: Place,
    ) -> None:
        """The value at its path; what is empty is left out, but its cell is known."""
        whole = (*within, *path)
        self.tree.values[whole] = place
        read = self._read(kind, value, whole, place)
        if read is None:
            return
        for depth, name in enumerate(path[:-1], 1):
            self.tree.values.setdefault((*within, *path[:depth]), place)
            into = into.setdefault(name, {})
        into[path[-1]] = read

    def _read(self, kind: Kind, value: Value | None, path: Path, place: Place) -> Any:
        """The value as the format takes it; what is no such value stays, for the checks to name."""
        self.tree.values[path] = place
        if isinstance(value, Formula):
            self._fault(path, place, "a formula stands here: write its value in its place")
            return None
        if isinstance(value, Mistake):
            self._fault(path, place, "an error of Excel's stands here: write the value")
            return None
        if kind is Kind.TEXT and isinstance(value, int | Decimal) and not isinstance(value, bool):
            return f"{value:f}" if isinstance(value, Decimal) else str(value)
        if kind is Kind.TEXTS and isinstance(value, str | int):
            return [text for each in str(value).split("\n") if (text := each.strip())]
        if kind is Kind.YES_NO and isinstance(value, str):
            return _WORDS.get(value.casefold(), value)
        if kind is Kind.DAY and isinstance(value, str) and (written := _LOCAL_DAY.fullmatch(value)):
            return _local_day(value, *map(int, written.groups()))
        return value

    def _columns(self, sheet: str) -> dict[str, int]:
        """Which column has which title; nothing where one that must be there is missing."""
        known = [column.title for column in COLUMNS[sheet]]
        required = {column.title for column in COLUMNS[sheet] if column.required}
        if not self._has_head(sheet, required, known):
            return {}
        return {str(title): place for place, title in self._sheets[sheet].get(1, {}).items()}

    def _has_head(self, sheet: str, required: Iterable[str], known: Iterable[str]) -> bool:
        """Whether the first row has the titles that must be there, each once, and no unknown one."""
        head, known = self._sheets[sheet].get(1, {}), list(known)
        seen: set[str] = set()
        for place, title in sorted(head.items()):
            where = Place(1, place, sheet)
            numbered = sheet == UNITS and re.fullmatch(rf"{STRATEGY} \d{{1,3}}", str(title))
            if title in seen:
                self._fault((sheet, place), where, f"the column «{title}» stands here twice")
            elif title not in known and not numbered:
                self._fault((sheet, place), where, _unknown("column", title, known))
            seen.add(str(title))
        titled = set(head)
        for number, cells in filled(self._sheets[sheet]):
            if untitled := sorted(cells.keys() - titled):
                self._fault(
                    (sheet, untitled[0]), Place(number, untitled[0], sheet), "this column has no title"
                )
                break
        missing = [title for title in known if title in set(required) - seen]
        if missing:
            listed = ", ".join(f"«{title}»" for title in missing)
            self._fault((sheet,), Place(1, 1, sheet), f"the header is wrong: it lacks {listed}")
        return not missing

    def _fault(self, path: Path, place: Place, sentence: str) -> None:
        self.tree.faults.append((path, place, sentence))


def _unknown(what: str, title: object, known: Iterable[str]) -> str:
    if not isinstance(title, str):
        return f"this {what} has no title"
    meant = difflib.get_close_matches(title, list(known), n=1)
    return f"«{title[:40]}» is no {what} of this sheet" + (f": is «{meant[0]}» meant?" if meant else "")


def _missing_unit(key: object, known: Iterable[str]) -> str:
    if key is None:
        return f"the unit's key is missing here: take it from the sheet {UNITS}"
    meant = difflib.get_close_matches(str(key), list(known), n=1)
    told = f"«{str(key)[:40]}» is no key of the sheet {UNITS}"
    return told + (f": is «{meant[0]}» meant?" if meant else "")


def _local_day(text: str, day: int, month: int, year: int) -> date | str:
    try:
        return date(year, month, day)
    except ValueError:
        return text
