"""The report's pages for the governing body: a summary and tables, all from the same figures as the rest."""

from collections.abc import Iterator
from fractions import Fraction

from models.programme.format import BoardPart
from models.progress.signal import Signal
from models.quarter import Quarter
from models.tables.activity import SECTORS, AttendanceFacts
from reports.quarterly.content import BoardBlock, EarlierQuarter, LinePart, Report, Table, UnitPart
from reports.texts import board as texts

SHOWN = 5  # lines that the summary names as the best, and as behind
_BEHIND = (Signal.RED, Signal.YELLOW)
_AHEAD = (Signal.MET, Signal.GREEN, Signal.RUNNING)


def board(
    report: Report, earlier: tuple[EarlierQuarter, ...], without: frozenset[str]
) -> tuple[BoardBlock, ...]:
    """Return the blocks before the units' pages, in order; `without`: parts that are switched off."""
    made = (
        _summary(report),
        _lines(report),
        _participants(report),
        _comparison(report, earlier),
        _deviations(report),
    )
    return tuple(each for each in made if each is not None and each.part not in without)


def _named(unit: UnitPart, line: LinePart) -> str:
    return texts.line(unit.name, line.number, line.title)


def _all(report: Report) -> list[tuple[UnitPart, LinePart]]:
    return [(unit, line) for unit in report.units for line in unit.lines]


def cause(line: LinePart) -> str | None:
    """Return why a line is behind, as its unit wrote it."""
    return line.observation or line.standstill


def _summary(report: Report) -> BoardBlock:
    lines = _all(report)
    ahead = [each for each in lines if each[1].signal in _AHEAD and each[1].exact]
    late = [each for each in lines if each[1].signal in _BEHIND]
    best = [
        texts.best(_named(unit, line), line.exact, line.planned)
        for unit, line in sorted(ahead, key=_lead, reverse=True)[:SHOWN]
    ]
    behind = [
        texts.behind(_named(unit, line), line.exact, line.planned, cause(line))
        for unit, line in sorted(late, key=_lead)[:SHOWN]
    ]
    lists = (
        (texts.BEST, tuple(best)),
        (texts.BEHIND, tuple(behind) or (texts.NONE_BEHIND,)),
        (texts.TO_DECIDE, texts.first(list(_to_decide(report)), SHOWN)),
    )
    name = report.institution.name if report.whole else report.units[0].name if report.units else ""
    activities = [activity for _, line in lines for activity in line.activities]
    people = [activity.people for activity in activities]
    paragraphs = (
        texts.standing(name, report.exact, report.planned, report.signal),
        texts.reached(
            sum(each.participants or 0 for each in people),
            sum(each.women or 0 for each in people),
            sum(each.men or 0 for each in people),
            len(activities),
        ),
        texts.signed(sum(unit.signature is not None for unit in report.units), len(report.units)),
    )
    return BoardBlock(BoardPart.SUMMARY, texts.SUMMARY, paragraphs, tuple(each for each in lists if each[1]))


def _lead(each: tuple[UnitPart, LinePart]) -> Fraction:
    """Return how far a line is ahead of its plan."""
    return each[1].exact - each[1].planned


def _to_decide(report: Report) -> Iterator[str]:
    """Yield what needs a decision: delays without a cause, what waits to count, changed targets."""
    late = sum(line.signal in _BEHIND and not cause(line) for _, line in _all(report))
    if late:
        yield texts.without_cause(late)
    for unit, line in _all(report):
        for target in line.targets:
            if target.pending:
                yield texts.pending(_named(unit, line), target.pending, target.measure, target.counts_when)
            for each in target.adjustments:
                if report.quarter.first_day <= each.on <= report.quarter.last_day:
                    yield texts.adjusted(_named(unit, line), each.amount, target.measure, each.reason)


def _lines(report: Report) -> BoardBlock | None:
    tables = tuple(
        Table(0, texts.LINES_HEAD, tuple(_rows(unit, report.quarter)), None, unit.name)
        for unit in report.units
        if unit.lines
    )
    return BoardBlock(BoardPart.LINES, texts.LINES, (texts.QUARTER_ONLY,), tables=tables) if tables else None


def _rows(unit: UnitPart, quarter: Quarter) -> Iterator[tuple[str, ...]]:
    for line in unit.lines:
        targets = [each for each in line.targets if not each.informative] or line.targets
        programmed = (each.by_quarter[quarter.number - 1] for each in targets)
        yield (
            f"{line.number}. {line.title}",
            line.goal,
            texts.cells([texts.amount(each) for each in programmed]),
            texts.cells([texts.value(each.done, each.combine) for each in targets]),
            texts.cells([texts.value(Fraction(each.counted), each.combine) for each in targets]),
            texts.percent(line.exact),
            texts.signal(line.signal),
        )


def _participants(report: Report) -> BoardBlock | None:
    told = [(unit.name, _sums(unit)) for unit in report.units]
    told = [(name, sums) for name, sums in told if sums["participants"]]
    if not told:
        return None
    sectors = tuple(name for name in SECTORS if any(sums[name] for _, sums in told))
    names = ("participants", "women", "men", "unspecified", *sectors)
    head = (*texts.PARTICIPANTS_HEAD, *(texts.SECTORS_HEAD[name] for name in sectors))
    rows = tuple((name, *(texts.amount(sums[each]) for each in names)) for name, sums in told)
    total = (texts.ALL, *(texts.amount(sum(sums[each] for _, sums in told)) for each in names))
    table = Table(0, head, rows, total if len(rows) > 1 else None, "")
    return BoardBlock(BoardPart.PARTICIPANTS, texts.PARTICIPANTS, tables=(table,))


def _sums(unit: UnitPart) -> dict[str, int]:
    people = [activity.people for line in unit.lines for activity in line.activities]
    sums = {name: sum(getattr(each, name) or 0 for each in people) for name in AttendanceFacts.model_fields}
    return {**sums, "unspecified": sums["participants"] - sums["women"] - sums["men"]}


def _comparison(report: Report, earlier: tuple[EarlierQuarter, ...]) -> BoardBlock | None:
    if not earlier:
        return None
    now = EarlierQuarter(report.quarter, report.exact, {each.key: each.exact for each in report.units})
    columns = (*earlier, now)
    rows = tuple(
        (unit.name, *(texts.figure(each.units.get(unit.key)) for each in columns)) for unit in report.units
    )
    total = (texts.WHOLE, *(texts.figure(each.exact) for each in columns)) if report.whole else None
    table = Table(0, texts.comparison_head([each.quarter for each in columns]), rows, total, "")
    return BoardBlock(BoardPart.COMPARISON, texts.COMPARISON, (texts.CUMULATIVE,), tables=(table,))


def _deviations(report: Report) -> BoardBlock | None:
    rows = tuple(
        (
            texts.line(unit.name, line.number, line.title),
            texts.percent(line.planned),
            texts.percent(line.exact),
            cause(line) or texts.NO_CAUSE,
        )
        for unit, line in _all(report)
        if line.signal in _BEHIND
    )
    table = Table(0, texts.DEVIATIONS_HEAD, rows, None, "")
    return BoardBlock(BoardPart.DEVIATIONS, texts.DEVIATIONS, tables=(table,)) if rows else None
