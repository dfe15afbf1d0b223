"""Reads the sheets of a workbook into one programme tree, with the cell of every value."""

from collections.abc import Iterator
from typing import Any

from models.programme_file.cells import read_cell
from models.programme_file.excel_head import check_head, check_sheets, find_head, titled, unknown
from models.programme_file.excel_merged import spread
from models.programme_file.excel_reading import (
    Formula,
    Mistake,
    Percent,
    Sheet,
    Value,
    filled,
    read_sheets,
)
from models.programme_file.sentences import Sentence, said
from models.programme_file.sheets import (
    COLUMNS,
    HOLIDAY,
    INSTITUTION,
    INSTITUTION_ROWS,
    LAST_ROWS,
    LINE,
    LINES,
    MONTHS,
    NOT_FIXED,
    QUARTERS,
    REPEATED,
    SHEETS,
    STRATEGY,
    TARGETS,
    UNIT,
    UNITS,
    CellKind,
    as_named,
)
from models.programme_file.tree import FilePosition, Path, Tree


def parse_excel(source: bytes) -> Tree:
    """Return the tree of a workbook. Raises `Unreadable`; other faults (a formula, a header) are in the tree.

    If a header is wrong the tree has no root, since otherwise every row would be reported.
    """
    sheets = read_sheets(source)
    check_sheets(sheets)
    for name, sheet in sheets.items():
        find_head(name, sheet)
    faults = [((sheet,), *fault) for sheet in SHEETS for fault in check_head(sheet, sheets[sheet])]
    merged = [((name,), *fault) for name in SHEETS for fault in spread(name, sheets[name])]
    tree = Tree(faults=list(faults)) if faults else _Reader(sheets).read()
    tree.faults += merged
    return tree


class _Row:
    """A row below a header, with access to its cells by column title."""

    def __init__(self, sheet: str, number: int, columns: dict[str, int], cells: dict[int, Value]) -> None:
        self.sheet, self.number = sheet, number
        self._columns, self._cells = columns, cells

    def value(self, title: str) -> Value | None:
        return self._cells.get(self._columns.get(title, 0))

    def place(self, title: str) -> FilePosition:
        """Return the position of the cell; of the row's first one if the sheet does not have the column."""
        return FilePosition(self.number, self._columns.get(title, 1), self.sheet)

    def filled(self, titles: tuple[str, ...]) -> list[str]:
        """Return those of the titles whose cell is not empty."""
        return [title for title in titles if self._columns.get(title, 0) in self._cells]

    def numbered(self, stem: str) -> tuple[str, ...]:
        """Return the titles like «Estrategia 1», «Estrategia 2»… in the order of the columns."""
        titles = sorted(self._columns, key=self._columns.__getitem__)
        return tuple(title for title in titles if title.startswith(f"{stem} "))


class _Reader:
    """Fills a tree from the sheets in order, so that lines find their unit and targets their line."""

    def __init__(self, sheets: dict[str, Sheet]) -> None:
        self._sheets = sheets
        self._units: dict[str, int] = {}
        self._lines: dict[tuple[int, int], int] = {}
        self.root: dict[str, Any] = {"institution": {}, "calendar": {}, "units": []}
        self.tree = Tree(self.root)
        sheet_of = {(): INSTITUTION, ("institution",): INSTITUTION, ("calendar",): INSTITUTION}
        self.tree.values |= {path: FilePosition(0, 0, name) for path, name in sheet_of.items()}
        self.tree.values[("units",)] = FilePosition(0, 0, UNITS)

    def read(self) -> Tree:
        self._read_institution()
        for row in self._rows(UNITS):
            self._read_unit(row)
        for row in self._rows(LINES):
            self._read_line(row)
        for row in self._rows(TARGETS):
            self._read_target(row)
        return self.tree

    def _rows(self, sheet: str) -> Iterator[_Row]:
        found = self._sheets[sheet]
        columns = titled(found)
        return (_Row(sheet, number, columns, cells) for number, cells in filled(found))

    def _read_institution(self) -> None:
        """Read the first sheet: one field per row; holidays and `REPEATED` rows may be repeated."""
        known = {field.title: field for field in (*INSTITUTION_ROWS, *LAST_ROWS)}
        listed = [*known, HOLIDAY, *REPEATED]
        seen: set[str] = set()
        for number, cells in filled(self._sheets[INSTITUTION]):
            given, place = cells.get(1), FilePosition(number, 1, INSTITUTION)
            title = given and (as_named(str(given), listed) or given)
            if title == HOLIDAY:
                self._read_holiday(cells.get(2), place.beside(2))
            elif title in REPEATED:
                self._read_repeated(*REPEATED[str(title)], cells, place)
            elif title is None:
                self._fault((INSTITUTION, number), place, said("row_untitled"))
            elif title not in known:
                self._fault((INSTITUTION, number), place, unknown("row", str(title), listed))
            elif title in seen:
                self._fault((INSTITUTION, number), place, said("row_twice", title=str(title)))
            else:
                seen.add(str(title))
                field = known[str(title)]
                self._put(self.root, field.path, (), field.kind, cells.get(2), place.beside(2))
        for field in INSTITUTION_ROWS:
            if field.required and field.title not in seen:
                self._fault(
                    field.path, FilePosition(0, 0, INSTITUTION), said("row_missing", title=field.title)
                )

    def _read_holiday(self, value: Value | None, place: FilePosition) -> None:
        days = self.root["calendar"].setdefault("holidays", [])
        day = self._read(CellKind.DAY, value, ("calendar", "holidays", len(days)), place)
        if day is not None:
            days.append(day)

    def _read_repeated(
        self, name: str, fields: tuple[str, ...], cells: dict[int, Value], place: FilePosition
    ) -> None:
        """Read a row with one of the institution's principles, acronyms or signatories."""
        parts = self.root["institution"].setdefault(name, [])
        path: Path = ("institution", name, len(parts))
        parts.append({})
        self.tree.values[path] = place
        for column, field in enumerate(fields, 2):
            self._put(parts[-1], (field,), path, CellKind.TEXT, cells.get(column), place.beside(column))

    def _read_unit(self, row: _Row) -> None:
        path: Path = ("units", len(self.root["units"]))
        unit = self._part(path, row)
        self._read_strategies(unit, path, row)
        unit["lines"] = []
        self.root["units"].append(unit)
        self._units.setdefault(str(unit.get("key")), len(self.root["units"]) - 1)

    def _read_strategies(self, unit: dict[str, Any], path: Path, row: _Row) -> None:
        """Read numbered strategies as a list; it is a fault if «Estrategia» itself is filled too."""
        titles = row.filled(row.numbered(STRATEGY))
        if titles and "strategy" in unit:
            self._fault((*path, "strategy"), row.place(titles[0]), said("two_strategies"))
        elif titles:
            unit["strategy"] = [
                self._read(CellKind.TEXT, row.value(title), (*path, "strategy", index), row.place(title))
                for index, title in enumerate(titles)
            ]

    def _read_line(self, row: _Row) -> None:
        at = self._unit_of(row)
        if at is None:
            return
        lines = self.root["units"][at]["lines"]
        path: Path = ("units", at, "lines", len(lines))
        line = self._part(path, row)
        line["targets"] = []
        lines.append(line)
        if isinstance(line.get("number"), int):
            self._lines.setdefault((at, line["number"]), len(lines) - 1)

    def _read_target(self, row: _Row) -> None:
        unit = self._unit_of(row)
        if unit is None:
            return
        number, where = read_cell(CellKind.NUMBER, row.value(LINE)), row.place(LINE)
        line = self._lines.get((unit, number)) if isinstance(number, int) else None
        if line is None:
            key = str(row.value(UNIT))
            missing = said("line_of_row_missing", sheet=LINES)
            none = said("line_of_row_unknown", unit=key, number=_short(number), sheet=LINES)
            self._fault((TARGETS, row.number), where, missing if number is None else none)
            return
        targets = self.root["units"][unit]["lines"][line]["targets"]
        path: Path = ("units", unit, "lines", line, "targets", len(targets))
        target = self._part(path, row)
        self._read_plan(target, path, row)
        targets.append(target)

    def _unit_of(self, row: _Row) -> int | None:
        """Return the index of the row's unit, or None, which is a fault."""
        key = row.value(UNIT)
        at = self._units.get(str(key)) if key is not None else None
        if at is None:
            missing = said("unit_of_row_missing", sheet=UNITS)
            none = unknown("unit_of_row", str(key), self._units, sheet=UNITS)
            self._fault((row.sheet, row.number), row.place(UNIT), missing if key is None else none)
        return at

    def _read_plan(self, target: dict[str, Any], path: Path, row: _Row) -> None:
        """Read quarters or months; an empty entry among others, or «por definir», is not fixed yet."""
        given = [titles for titles in (QUARTERS, MONTHS) if row.filled(titles)]
        if not given:
            return
        self.tree.values[*path, "plan"] = row.place(row.filled(given[0])[0])
        if len(given) > 1:
            self._fault((*path, "plan"), self.tree.values[*path, "plan"], said("two_plans"))
            return
        target["plan"] = []
        for index, title in enumerate(given[0]):
            entry = row.value(title)
            fixed = None if isinstance(entry, str) and as_named(entry, [NOT_FIXED]) else entry
            read = self._read(CellKind.NUMBER, fixed, (*path, "plan", index), row.place(title))
            target["plan"].append(read)

    def _part(self, path: Path, row: _Row) -> dict[str, Any]:
        """Return a unit, line or target with the fields that have a column of their own."""
        part: dict[str, Any] = {}
        self.tree.values[path] = FilePosition(row.number, 1, row.sheet)
        for column in COLUMNS[row.sheet]:
            if column.path and column.path != ("plan",):
                where = row.place(column.title)
                self._put(part, column.path, path, column.kind, row.value(column.title), where)
        return part

    def _put(
        self,
        into: dict[str, Any],
        path: tuple[str, ...],
        within: Path,
        kind: CellKind,
        value: Value | None,
        place: FilePosition,
    ) -> None:
        """Store the value at its path; an empty one is left out, but its position is stored."""
        read = self._read(kind, value, (*within, *path), place)
        if read is None:
            return
        for depth, name in enumerate(path[:-1], 1):
            self.tree.values.setdefault((*within, *path[:depth]), place)
            into = into.setdefault(name, {})
        into[path[-1]] = read

    def _read(self, kind: CellKind, value: Value | None, path: Path, place: FilePosition) -> Any:
        self.tree.values[path] = place
        if isinstance(value, Formula | Mistake):
            self._fault(path, place, said("formula" if isinstance(value, Formula) else "excel_error"))
            return None
        if isinstance(value, Percent):
            shown = f"{(value.number * 100).normalize():f}"
            self._fault(path, place, said("percent", given=f"{value.number:f}", shown=shown))
            return None
        return read_cell(kind, value)

    def _fault(self, path: Path, place: FilePosition, sentence: Sentence) -> None:
        self.tree.faults.append((path, place, sentence))


def _short(value: Any) -> str:
    """Return a cell's value as it is quoted in a sentence."""
    if isinstance(value, Formula | Mistake):
        return "=" if isinstance(value, Formula) else "#"
    return str(value)[:40]
