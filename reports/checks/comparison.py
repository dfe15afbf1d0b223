"""Compares a table published elsewhere with the report: what differs, and what only one of them has."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reports.checks.finding import CheckScope, Finding, FindingKind
from reports.checks.published import LESS_THAN_ONE, PublishedLine
from reports.checks.shares import reads
from reports.quarterly.content import LinePart, Report, TargetPart, UnitPart
from spanish.reading.wording import singular_of
from spanish.writing import formats
from spanish.writing.folding import fold

LIKENESS = 85  # of 100: «Dir. de Vinculación y Políticas Públicas» is the Dirección
Amounts = tuple[tuple[Decimal, str], ...]


def compare(report: Report, rows: Sequence[PublishedLine]) -> tuple[Finding, ...]:
    """Return the findings in order of the report's lines; rows without a line in it come last.

    For a report of one unit, rows of other units are ignored.
    """
    found: list[Finding] = []
    by_line: dict[tuple[str, int], PublishedLine] = {}
    strange: list[Finding] = []
    for row in rows:
        unit = _unit(row, report)
        if unit is None:
            if report.whole:
                strange.append(
                    Finding(FindingKind.ONLY_PUBLISHED, "", row.unit, row.line, facts={"row": row.number})
                )
            continue
        line = next((each for each in unit.lines if each.number == row.line), None)
        first = by_line.setdefault((unit.key, row.line), row)
        if first is not row:
            strange.append(
                Finding(FindingKind.PUBLISHED_TWICE, unit.key, unit.name, row.line, facts=_rows(row, first))
            )
        elif line is None:
            strange.append(
                Finding(FindingKind.ONLY_PUBLISHED, unit.key, unit.name, row.line, facts={"row": row.number})
            )
    for unit in report.units:
        for line in unit.lines:
            place = CheckScope(unit, line)
            published = by_line.get((unit.key, line.number))
            found += _line(place, line, published, report.quarter.year) if published else [_none(place)]
    return (*found, *strange)


def _none(place: CheckScope) -> Finding:
    return place.found(FindingKind.NOT_PUBLISHED)


def _rows(row: PublishedLine, first: PublishedLine) -> dict[str, int]:
    return {"row": row.number, "first": first.number}


def _unit(row: PublishedLine, report: Report) -> UnitPart | None:
    """Return the row's unit by key or name, else the only one with a similar name, or None."""
    from rapidfuzz import fuzz  # here, so that the bot does not load it unless needed

    said = fold(row.unit)
    for unit in report.units:
        if said in (fold(unit.key), fold(unit.name)):
            return unit
    alike = sorted(
        ((fuzz.token_sort_ratio(said, fold(unit.name)), at) for at, unit in enumerate(report.units)),
        reverse=True,
    )
    if not alike or alike[0][0] < LIKENESS or (len(alike) > 1 and alike[1][0] >= LIKENESS):
        return None
    return report.units[alike[0][1]]


def _line(place: CheckScope, line: LinePart, row: PublishedLine, year: int) -> Iterator[Finding]:
    yield from _percentage(place, line, row)
    counting = [target for target in line.targets if not target.informative]
    counted = [(target, target.counted) for target in counting]
    amounts = [(target, target.amount) for target in counting]
    if row.counted and not _agree(row.counted, counted, line):
        yield place.found(
            FindingKind.PUBLISHED_COUNTED, published=_said(row.counted), counted=_amounts(counted)
        )
    if row.targets and not _agree(row.targets, amounts, line):
        yield place.found(
            FindingKind.PUBLISHED_TARGETS, published=_said(row.targets), amounts=_amounts(amounts)
        )
    yield from _dates(place, line, row, year)


def _percentage(place: CheckScope, line: LinePart, row: PublishedLine) -> Iterator[Finding]:
    """Compare the percentage; none published is right for a line without activity."""
    targets = [target for target in line.targets if not target.informative]
    facts = {
        "shown": line.shown,
        "counted": _amounts([(target, target.counted) for target in targets]),
        "amounts": _amounts([(target, target.amount) for target in targets]),
    }
    if row.published is None:
        if line.activities or line.exact:
            yield place.found(FindingKind.PUBLISHED_WITHOUT, **facts)
    elif row.published == LESS_THAN_ONE:
        if not 0 < line.exact * 100 < 1:
            yield place.found(FindingKind.PUBLISHED_PERCENTAGE, published=None, **facts)
    elif not reads(line.exact, row.published):
        yield place.found(FindingKind.PUBLISHED_PERCENTAGE, published=f"{row.published:f}", **facts)


def _agree(published: Amounts, own: list[tuple[TargetPart, Decimal]], line: LinePart) -> bool:
    """Return whether published amounts agree with the targets of their measures.

    A number without a measure is compared with the only target; informative targets may be left out.
    """
    if len(own) == 1 and len(published) == 1 and not published[0][1]:
        return published[0][0] == own[0][1]
    said = {_measure(measure): amount for amount, measure in published}
    known = {_measure(target.measure): amount for target, amount in own}
    informative = {_measure(target.measure) for target in line.targets if target.informative}
    return {name: amount for name, amount in said.items() if name not in informative} == known


def _measure(text: str) -> str:
    return " ".join(map(singular_of, fold(text).split()))


def _dates(place: CheckScope, line: LinePart, row: PublishedLine, year: int) -> Iterator[Finding]:
    """Yield a finding if the dates differ, or are equal but outside the year."""
    published = row.start or line.starts_on, row.end or line.ends_on
    days = {"published_starts": published[0].isoformat(), "published_ends": published[1].isoformat()}
    if published != (line.starts_on, line.ends_on):
        own = {"starts": line.starts_on.isoformat(), "ends": line.ends_on.isoformat()}
        yield place.found(FindingKind.PUBLISHED_DATES, **days, **own)
    elif (row.start or row.end) and {published[0].year, published[1].year} != {year}:
        yield place.found(FindingKind.PUBLISHED_OUTSIDE, **days, year=year)


def _amounts(own: list[tuple[TargetPart, Decimal]]) -> list[list[str]]:
    """Return the amounts for JSON, like [["5", "Solicitudes"], …]."""
    return [[formats.number(amount), target.measure] for target, amount in own]


def _said(published: Amounts) -> list[list[str]]:
    return [[formats.number(amount), measure] for amount, measure in published]
