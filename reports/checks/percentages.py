"""Compares percentages of progress that a text claims with the figure."""

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from models.quarter import Quarter
from reports.checks.amounts import registered
from reports.checks.claims import sentences
from reports.checks.finding import CheckScope, Finding, FindingKind
from reports.checks.shares import reads
from reports.checks.statements import texts
from reports.quarterly.content import ActivityPart, LinePart, Report, TargetPart
from spanish.reading.numbers.amounts import find_amounts
from spanish.reading.numbers.units import Dimension
from spanish.writing.folding import fold

_PROGRESS = re.compile(r"\b(?:avan[cz]|cumpli|alcanz|logr|progres)\w{0,20}[^%]*$")
_OF_ANOTHER = re.compile(r" de l[ao]s? (?!metas?\b)")  # «87 % de las solicitudes»
_REACH = 80  # characters before a percentage
_OF_THE_GOAL = re.compile(r"\b(?:del|de un) 100\s?%")  # «Del 100% de la meta programada, …»
_PERCENT = re.compile(r"%|por ?ciento|porcentaje|puntos? porcentual")
_MONEY = re.compile(r"\b(?:presupuest|gasto|recurso|financier|ministrad|ejercid)")


def check(report: Report) -> Iterator[Finding]:
    """Yield the findings: texts of a line are compared with the line, presentations with the unit."""
    for place, _, text in texts(report):
        shares: list[Fraction] | None = None
        for written in _claimed(text, report.quarter):
            shares = _shares(place, report) if shares is None else shares
            if not any(reads(share, written) or written == 100 <= share * 100 for share in shares):
                figure = place.line.shown if place.line else place.unit.shown
                yield place.found(FindingKind.PERCENTAGE_TOLD, told=str(written), shown=figure)


def _claimed(text: str, quarter: Quarter) -> Iterator[Decimal]:
    """Yield each percentage of progress in the text, without those of money or another quarter."""
    for sentence in sentences(text, quarter):
        said = _OF_THE_GOAL.sub("", sentence.said)
        if not _PERCENT.search(said) or _MONEY.search(said) or sentence.is_elsewhen:
            continue
        for amount in find_amounts(said):
            if amount.unit is not None and amount.unit.dimension is Dimension.PERCENT:
                before = said[max(0, amount.place[0] - _REACH) : amount.place[0]]
                if _PROGRESS.search(before) and not _OF_ANOTHER.match(said, amount.place[1]):
                    yield amount.value


def _shares(place: CheckScope, report: Report) -> list[Fraction]:
    if place.line is not None:
        return list(_of_line(place, report.quarter))
    lines = [
        share for line in place.unit.lines for share in _of_line(CheckScope(place.unit, line), report.quarter)
    ]
    unit = place.unit
    return [
        *lines,
        unit.exact,
        report.exact,
        *_of(unit.exact, unit.planned),
        *_of(report.exact, report.planned),
    ]


def _of_line(place: CheckScope, quarter: Quarter) -> Iterator[Fraction]:
    """Yield the shares that a text may mean: of the line and its targets, of the year, of the plan to the
    quarter's end and of the quarter; also as they were after the activity of the narrative."""
    line = place.line
    assert line is not None
    yield line.exact
    yield from _of(line.exact, line.planned)
    for target in line.targets:
        yield from _as_percent(line, target)
        if target.combine.is_rate:
            yield from _of(Fraction(target.counted), target.planned)
            for activity in line.activities:
                yield from _of(Fraction(_counts(activity, target.measure)), Fraction(target.amount))
            continue
        done = sum((_counts(each, target.measure) for each in line.activities), Decimal(0))
        later = sum((_counts(each, target.measure) for each in _after(place)), Decimal(0))
        for counted in (target.counted, target.counted - later):
            yield from _of(Fraction(counted), Fraction(target.amount))
        yield from _of(Fraction(target.counted), target.planned)
        yield from _of(Fraction(done), target.by_quarter[quarter.number - 1])


def _as_percent(line: LinePart, target: TargetPart) -> Iterator[Fraction]:
    """What is itself a percentage: «se atendió 87.5 % en menos de cinco días»."""
    if not _PERCENT.match(fold(target.measure)):
        return
    values = [registered(each, target.measure)[0] for each in line.activities]
    for value in (target.counted, target.amount, *values):
        yield Fraction(value) / 100


def _after(place: CheckScope) -> tuple[ActivityPart, ...]:
    assert place.line is not None
    activities = place.line.activities
    return activities[activities.index(place.activity) + 1 :] if place.activity else ()


def _counts(activity: ActivityPart, measure: str) -> Decimal:
    quantity, waiting = registered(activity, measure)
    return quantity - waiting


def _of(done: Fraction, whole: Fraction) -> Iterator[Fraction]:
    if whole:
        yield done / whole
