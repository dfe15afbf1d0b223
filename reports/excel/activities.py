"""The columns of the workbook's sheets of activities and participants, with the value of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import get_args

from models.tables.activity import AttendanceFacts, OptionalFacts
from reports.excel.parts import activities, local
from reports.quarterly.content import ActivityPart, EntryPart, LinePart, Report, UnitPart
from reports.texts import sheets
from reports.workbook import ColumnFormat, ReadColumn, Value
from spanish.writing.people import SECTORS, SEXES

NOBODY_SAID = AttendanceFacts()


@dataclass(frozen=True)
class ActivityRow:
    """The data of a row in either sheet; `entry` is None if the activity adds to no target."""

    report: Report
    unit: UnitPart
    line: LinePart
    activity: ActivityPart
    entry: EntryPart | None = None


_KINDS = {int: ColumnFormat.NUMBER, date: ColumnFormat.DAY}
_Column = ReadColumn[ActivityRow]
_ACTIVITY = _Column(sheets.ACTIVITY, ColumnFormat.PLAIN, 10, value=lambda row: row.activity.id)
_UNIT = _Column(sheets.UNIT, width=22, value=lambda row: row.unit.name)
_LINE = _Column(sheets.LINE, ColumnFormat.PLAIN, 7, value=lambda row: row.line.number)
_FROM = _Column(sheets.FROM, ColumnFormat.DAY, 11.5, value=lambda row: row.activity.starts_on)
_TO = _Column(sheets.TO, ColumnFormat.DAY, 11.5, value=lambda row: row.activity.ends_on)


def _optional(name: str, title: str) -> _Column:
    """Return the column of a field in `OptionalFacts`, formatted by its type."""
    types = get_args(OptionalFacts.model_fields[name].annotation)
    kind = next((kind for each, kind in _KINDS.items() if each in types), ColumnFormat.TEXT)
    return _Column(title, kind, 20, value=lambda row: getattr(row.activity.optional, name))


ACTIVITIES = (
    _ACTIVITY,
    _UNIT,
    _LINE,
    _FROM,
    _TO,
    _Column(sheets.NARRATIVE, width=70, value=lambda row: row.activity.narrative),
    _Column(sheets.REPORT_TEXT, width=70, value=lambda row: row.activity.text),
    _Column(sheets.MEASURE, width=16, value=lambda row: row.entry.measure if row.entry else None),
    _Column(
        sheets.QUANTITY, ColumnFormat.NUMBER, 10, value=lambda row: row.entry.quantity if row.entry else None
    ),
    _Column(
        sheets.PENDING, ColumnFormat.NUMBER, 11, value=lambda row: row.entry.pending if row.entry else None
    ),
    *(_optional(name, title) for name, title in sheets.OPTIONAL.items()),
    _Column(sheets.PEOPLE, ColumnFormat.NUMBER, 13, value=lambda row: row.activity.people.participants),
    _Column(sheets.DOCUMENTS, width=24, value=lambda row: "\n".join(row.activity.documents)),
    _Column(sheets.FILES, ColumnFormat.NUMBER, 11, value=lambda row: len(row.activity.evidence)),
    _Column(sheets.REGISTERED_BY, width=20, value=lambda row: row.activity.registered_by),
    _Column(
        sheets.REGISTERED_AT,
        ColumnFormat.MOMENT,
        16,
        value=lambda row: local(row.report, row.activity.registered_at),
    ),
    _Column(sheets.VERSION, ColumnFormat.PLAIN, 9, value=lambda row: row.activity.version),
)


def _part(name: str, title: str) -> _Column:
    """Return the column for a part of the participants, by its name in `AttendanceFacts`."""
    return _Column(title, ColumnFormat.NUMBER, 13, value=lambda row: _number(row, name))


def _rest(parts: Iterable[str], title: str) -> _Column:
    """Return the column for participants that are in none of those parts."""

    def rest(row: ActivityRow) -> Value:
        whole = row.activity.people.participants
        return None if whole is None else whole - sum(_number(row, name) or 0 for name in parts)

    return _Column(title, ColumnFormat.NUMBER, 13, value=rest)


def _number(row: ActivityRow, name: str) -> int | None:
    number: int | None = getattr(row.activity.people, name)
    return number


PARTICIPANTS = (
    _ACTIVITY,
    _UNIT,
    _LINE,
    _Column(sheets.TITLE, width=28, value=lambda row: row.line.title),
    _FROM,
    _TO,
    _part("participants", sheets.PEOPLE),
    *(_part(name, names.capitalize()) for name, (_, names) in SEXES.items()),
    _rest(SEXES, sheets.SEX_UNSAID),
    *(_part(name, title.capitalize()) for name, (_, title) in SECTORS.items()),
    _rest(SECTORS, sheets.SECTOR_UNSAID),
)


def activity_entries(report: Report) -> Iterator[ActivityRow]:
    """Yield one row for each target that an activity adds to, or one if it adds to none."""
    for unit, line, activity in activities(report):
        for entry in activity.entries or (None,):
            yield ActivityRow(report, unit, line, activity, entry)


def attended(report: Report) -> Iterator[ActivityRow]:
    """Yield one row for each activity with known participants."""
    for unit, line, activity in activities(report):
        if activity.people != NOBODY_SAID:
            yield ActivityRow(report, unit, line, activity)
