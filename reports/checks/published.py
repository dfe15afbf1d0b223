"""Reads a table of progress that was published elsewhere, from a CSV file.

Its columns are unit, line, title, targets, start, end, counted_by_…, published, note, in any order; others
are ignored. Values are like «16 Actas + 12 Acuerdos», «9 actas + 9 acuerdos» or one number, «12.5 %», «menos
de 1 %»; a cell is empty if the table does not have the value.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

LARGEST = 5_000_000  # bytes
COLUMNS = ("unit", "line", "title", "targets", "start", "end", "published")
COUNTED = "counted_by_"
LESS_THAN_ONE = Decimal("-1")  # «menos de 1 %»

_AMOUNT = re.compile(
    r"(?P<amount>(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,6})?)(?: +(?P<measure>\D.*))?",
    re.ASCII,
)
_PERCENTAGE = re.compile(r"(?P<number>\d{1,4}(?:\.\d{1,4})?) ?%?", re.ASCII)
_LESS = re.compile(r"(?:menos de|menor al?|<) ?1 ?%?", re.IGNORECASE)
_LOCAL_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


class UnreadableTable(Exception):
    """The file cannot be read; the message is one English sentence with the reason and the place."""


@dataclass(frozen=True)
class PublishedLine:
    """One line of the table. Amounts have the measure as written, or "" without one.

    `published` is a percentage, `LESS_THAN_ONE`, or None. `number` is the row's in the file; the header is 1.
    """

    number: int
    unit: str
    line: int
    title: str
    targets: tuple[tuple[Decimal, str], ...]
    start: date | None
    end: date | None
    counted: tuple[tuple[Decimal, str], ...]
    published: Decimal | None


def read(content: bytes) -> tuple[PublishedLine, ...]:
    """Return the rows of a file. Raises `UnreadableTable`."""
    if len(content) > LARGEST:
        raise UnreadableTable(f"it has {len(content):,} bytes; a table has {LARGEST:,} at most")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableTable("it is not UTF-8 text; save it as CSV UTF-8") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        return tuple(_rows(reader))
    except csv.Error as error:
        raise UnreadableTable(f"line {reader.line_num}: it is no CSV ({error})") from None


def _rows(reader: Iterator[list[str]]) -> Iterator[PublishedLine]:
    head = [name.strip().casefold() for name in next(reader, [])]
    counted = [name for name in head if name.startswith(COUNTED)]
    missing = [name for name in COLUMNS if name not in head] + ([] if counted else [f"{COUNTED}…"])
    if missing:
        raise UnreadableTable(f"the first row lacks {', '.join(missing)}")
    if len(counted) > 1 or len(set(head)) < len(head):
        twice = counted[:2] if len(counted) > 1 else [name for name in head if head.count(name) > 1][:1]
        raise UnreadableTable(f"the first row has a column twice: {', '.join(twice)}")
    for number, cells in enumerate(reader, 2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(head):
            raise UnreadableTable(f"row {number} has {len(cells)} cells, the first row {len(head)}")
        yield _Cells(number, dict(zip(head, (cell.strip() for cell in cells), strict=True))).row(counted[0])


@dataclass(frozen=True)
class _Cells:
    number: int
    by_name: dict[str, str]

    def row(self, counted: str) -> PublishedLine:
        if not self.by_name["unit"]:
            raise self._wrong("unit", "a name")
        if not re.fullmatch(r"\d{1,4}", self.by_name["line"], re.ASCII):
            raise self._wrong("line", "a number like 5")
        return PublishedLine(
            number=self.number,
            unit=self.by_name["unit"],
            line=int(self.by_name["line"]),
            title=self.by_name["title"],
            targets=self._amounts("targets"),
            start=self._day("start"),
            end=self._day("end"),
            counted=self._amounts(counted),
            published=self._percentage(),
        )

    def _amounts(self, column: str) -> tuple[tuple[Decimal, str], ...]:
        found = []
        for part in self.by_name[column].split("+") if self.by_name[column] else ():
            said = _AMOUNT.fullmatch(part.strip())
            if said is None:
                raise self._wrong(column, "amounts like 16 Actas + 12 Acuerdos")
            found.append((Decimal(said["amount"].replace(",", "")), (said["measure"] or "").strip()))
        return tuple(found)

    def _day(self, column: str) -> date | None:
        text = self.by_name[column]
        try:
            if local := _LOCAL_DAY.fullmatch(text):
                return date(int(local[3]), int(local[2]), int(local[1]))
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise self._wrong(column, "a day like 2024-12-31") from None

    def _percentage(self) -> Decimal | None:
        text = self.by_name["published"]
        if _LESS.fullmatch(text):
            return LESS_THAN_ONE
        found = _PERCENTAGE.fullmatch(text)
        if text and found is None:
            raise self._wrong("published", "a percentage like 12.5 %")
        return Decimal(found["number"]) if found else None

    def _wrong(self, column: str, expected: str) -> UnreadableTable:
        given = self.by_name[column]
        short = given if len(given) <= 40 else f"{given[:40]}…"
        return UnreadableTable(f"row {self.number}, {column}: {short!r} is not {expected}")
