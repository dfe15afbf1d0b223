"""The national transparency platform's table of indicators, to be pasted into its template.

There is one row per indicator, which is a target that counts: a line with two targets gives two rows, since
each has its own measure and amount, and the note has the figure that the report prints for the whole line.
Fields of an indicator that the programme does not have are derived from the line, and the note says so.
"""

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from reports.quarterly.content import LinePart, Report, TargetPart, UnitPart
from reports.texts import transparency as texts
from reports.workbook import Column, ColumnFormat, Value, Workbook
from spanish.writing import formats

COLUMNS = (
    Column(texts.YEAR, ColumnFormat.PLAIN, 10),
    Column(texts.PERIOD_STARTS, width=13),
    Column(texts.PERIOD_ENDS, width=13),
    Column(texts.OBJECTIVE, width=50),
    Column(texts.NAME, width=40),
    Column(texts.DIMENSION, width=14),
    Column(texts.DEFINITION, width=50),
    Column(texts.METHOD, width=40),
    Column(texts.MEASURE, width=16),
    Column(texts.FREQUENCY, width=13),
    Column(texts.BASELINE, width=10),
    Column(texts.PROGRAMMED, ColumnFormat.NUMBER, 13),
    Column(texts.ADJUSTED, ColumnFormat.NUMBER, 13),
    Column(texts.PROGRESS, width=14),
    Column(texts.DIRECTION, width=13),
    Column(texts.SOURCE, width=34),
    Column(texts.AREA, width=34),
    Column(texts.VALIDATED, width=13),
    Column(texts.UPDATED, width=13),
    Column(texts.NOTE, width=50),
)


def render(report: Report) -> bytes:
    """Return the workbook: one sheet with a header row. Days are texts, as the platform expects."""
    book = Workbook(report.title, report.institution.name, report.dated_at, report.heading)
    book.add_table(texts.SHEET, COLUMNS, _rows(report))
    return book.content()


def _rows(report: Report) -> Iterator[tuple[Value, ...]]:
    for unit in report.units:
        for line in unit.lines:
            counting = [target for target in line.targets if not target.informative]
            for target in counting:
                yield _row(report, unit, line, target, alone=len(counting) == 1)


def _row(
    report: Report, unit: UnitPart, line: LinePart, target: TargetPart, alone: bool
) -> tuple[Value, ...]:
    adjusted = bool(target.adjustments)
    derived = _derived(unit, line, target, adjusted)
    said = {field: line.indicator.get(field) or instead for field, instead in derived.items()}
    validated = unit.signature and unit.signature.signed_at.astimezone(report.dated_at.tzinfo)
    return (
        report.quarter.year,
        _day(report.quarter.first_day),
        _day(report.quarter.last_day),
        line.indicator.get("objective") or unit.objective,
        said["name"] if alone else texts.of_measure(said["name"], target.measure),
        said["dimension"],
        said["definition"],
        said["method"],
        target.measure,
        said["frequency"],
        said["baseline"],
        target.programmed,
        target.amount if adjusted else 0,
        _progress(line, target, alone),
        _of_catalogue(said["direction"]),
        said["source"],
        unit.name,
        _day(validated.date()) if validated else None,
        _day(report.on),
        _note(line, [field for field in derived if not line.indicator.get(field)], alone, bool(validated)),
    )


def _derived(unit: UnitPart, line: LinePart, target: TargetPart, adjusted: bool) -> dict[str, str]:
    """Return the derived values of an indicator's fields, for those that the programme does not have."""
    return {
        "name": texts.name(line.title),
        "dimension": texts.EFFICACY,
        "definition": line.description or line.title,
        "method": texts.method(target.measure, adjusted, target.counts_when, target.combine),
        "frequency": texts.QUARTERLY,
        "baseline": texts.UNSAID if target.combine.is_rate else texts.FROM_ZERO,
        "direction": texts.ASCENDING,
        "source": texts.source(unit.name),
    }


def _progress(line: LinePart, target: TargetPart, alone: bool) -> str:
    """Return the line's printed percentage if it has one target, else the target's own."""
    if alone or not target.amount:
        return f"{line.shown} %"
    return formats.shown(Fraction(target.counted) / Fraction(target.amount))


def _of_catalogue(direction: str) -> str:
    """Return the direction as in the platform's catalogue, or unchanged if it is not in it."""
    known = {each.casefold(): each for each in texts.DIRECTIONS}
    return known.get(direction.strip(" .").casefold(), direction)


def _note(line: LinePart, derived: list[str], alone: bool, signed: bool) -> str:
    parts = [
        None if signed else texts.DRAFT,
        None if alone else texts.shared_line(line.shown),
        line.observation,
        texts.derived(derived) if derived else None,
    ]
    return " ".join(filter(None, parts))


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
