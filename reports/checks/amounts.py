"""Compares the amounts of a target's measure that a text claims with what was registered."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from models.quarter import Quarter
from reports.checks.claims import Claim, Told
from reports.checks.finding import CheckScope, Finding, FindingKind
from reports.quarterly.content import ActivityPart, LinePart, Report, TargetPart, UnitPart
from spanish.reading.activity.measures import MeasureKind, counting

Amounts = frozenset[Decimal]


def check(report: Report) -> Iterator[Finding]:
    """Yield the findings on every activity, every line's statements, and the units' presentations."""
    for unit in report.units:
        yield from _presentation(CheckScope(unit), report.quarter)
        for line in unit.lines:
            yield from _statements(CheckScope(unit, line), report.quarter)
            for activity in line.activities:
                yield from _activity(CheckScope(unit, line, activity), report.quarter)


def _activity(place: CheckScope, quarter: Quarter) -> Iterator[Finding]:
    line, activity = place.line, place.activity
    assert line is not None and activity is not None
    told = Told(activity.narrative, quarter, _measures(line))
    for target in _counting(line):
        claims = told.claims(target.measure, obtained=target.combine.is_rate)
        quantity, waiting = registered(activity, target.measure)
        own = frozenset((quantity, quantity - waiting, waiting)) - {Decimal(0)} | _people(activity, target)
        wrong = _contradiction(claims, quantity, own, own | _of_line(line, target, activity))
        if wrong is not None:
            yield place.found(
                FindingKind.AMOUNT_TOLD, told=str(wrong), quantity=str(quantity), measure=target.measure
            )


def registered(activity: ActivityPart, measure: str) -> tuple[Decimal, Decimal]:
    """Return how much of a measure an activity claims, and how much of that is pending."""
    own = [entry for entry in activity.entries if entry.measure == measure]
    return sum((each.quantity for each in own), Decimal(0)), sum((each.pending for each in own), Decimal(0))


def _contradiction(
    claims: tuple[Claim, ...], quantity: Decimal, own: Amounts, wide: Amounts
) -> Decimal | None:
    """Return the claimed amount that contradicts what was registered, or None if the text may agree.

    If one number agrees, or the sum, the others are taken as parts of it. Several with a smaller sum are
    taken as parts too, of which some are not mentioned. An activity that registered nothing is compared only
    with what the text says was done.
    """
    sure = [claim.amount for claim in claims if not claim.weak]
    if {claim.amount for claim in claims} & own or _sums(claims) & own:
        return None
    if len(set(sure)) > 1 and sum(sure) < quantity:
        return None
    return next(
        (
            claim.amount
            for claim in claims
            if not claim.weak
            and claim.amount not in (wide if claim.whole else own)
            and (quantity or (claim.done and claim.amount))
        ),
        None,
    )


def _sums(claims: tuple[Claim, ...]) -> Amounts:
    """Return the sums of all claims, of the certain ones, and of different ones (numbers may be repeated)."""
    every = [claim.amount for claim in claims]
    sure = [claim.amount for claim in claims if not claim.weak]
    return frozenset(sum(each, Decimal(0)) for each in (every, sure, set(every)))


def _people(activity: ActivityPart, target: TargetPart) -> Amounts:
    """Return the number of participants as an accepted amount, if the target's measure is people."""
    people = activity.people.participants
    return frozenset((Decimal(people),)) if people is not None and _of_people(target) else frozenset()


def _of_people(target: TargetPart) -> bool:
    return _is_people(target.measure)


def _is_people(measure: str) -> bool:
    """Return whether participants are counted, whose numbers `reports.checks.people` checks, too."""
    return counting(measure).kind is MeasureKind.PEOPLE


def _of_line(line: LinePart, target: TargetPart, until: ActivityPart) -> Amounts:
    """Return what else a number may be: «con ellas se completan las 21 de febrero», «de las 16 del año»."""
    if target.combine.is_rate:
        return _totals(line, target) | _goals(target)
    months: defaultdict[int, Decimal] = defaultdict(Decimal)
    before = later = Decimal(0)
    reached = False
    for activity in line.activities:
        quantity, waiting = registered(activity, target.measure)
        months[activity.ends_on.month] += quantity
        if reached:
            later += quantity - waiting
        else:
            before += quantity
        reached = reached or activity is until
    left = target.amount - target.counted
    return _totals(line, target) | _goals(target) | {before, target.counted - later, left, *months.values()}


def _totals(line: LinePart, target: TargetPart) -> Amounts:
    """Return amounts that were done: what counts by now, what is pending, and what the quarter's activities
    registered.

    Of a rate each of its values, which add up to nothing.
    """
    parts = [registered(activity, target.measure) for activity in line.activities]
    if target.combine.is_rate:
        return frozenset((target.counted, target.pending, *(quantity for quantity, _ in parts)))
    done = sum((quantity for quantity, _ in parts), Decimal(0))
    waiting = sum((waits for _, waits in parts), Decimal(0))
    now = target.counted, target.pending, target.counted + target.pending
    return frozenset((*now, done, done - waiting))


def _goals(target: TargetPart) -> Amounts:
    """Return amounts that were planned, for the year and its periods."""
    plan = (part for part in (*target.by_quarter, target.planned) if part.denominator == 1)
    return frozenset((target.amount, target.programmed, *(Decimal(part.numerator) for part in plan)))


def _statements(place: CheckScope, quarter: Quarter) -> Iterator[Finding]:
    """Yield the findings on a line's standstill and observation, compared with the line."""
    line = place.line
    assert line is not None
    for name, text in (("standstill", line.standstill), ("observation", line.observation)):
        told = Told(text or "", quarter, _measures(line))
        for target in _counting(line):
            claims = told.claims(target.measure, obtained=target.combine.is_rate)
            yield from _against(place, name, claims, target.measure, _totals(line, target), _goals(target))


def _presentation(place: CheckScope, quarter: Quarter) -> Iterator[Finding]:
    """Compare a presentation with the totals of each of the unit's lines, and of all with one measure."""
    every_measure = _by_measure(place.unit)
    told = Told("\n".join(place.unit.presentation), quarter, every_measure)
    for measure, every in every_measure.items():
        parts = [(line, target) for line, target in every if not target.combine.is_rate]
        rates = [_totals(line, target) for line, target in every if target.combine.is_rate]
        lines = [_totals(line, target) for line, target in parts]
        quantities = [registered(each, measure)[0] for line, _ in parts for each in line.activities]
        counted = sum((target.counted for _, target in parts), Decimal(0))
        done = frozenset().union(*lines, *rates, {counted, sum(quantities, Decimal(0))})
        amounts = {sum((target.amount for _, target in parts), Decimal(0))}
        goals = frozenset().union(*(_goals(target) for _, target in every), amounts)
        claims = told.claims(measure, obtained=bool(rates))
        yield from _against(place, "presentation", claims, measure, done, goals)


def _by_measure(unit: UnitPart) -> dict[str, list[tuple[LinePart, TargetPart]]]:
    found: defaultdict[str, list[tuple[LinePart, TargetPart]]] = defaultdict(list)
    for line in unit.lines:
        for target in _counting(line):
            found[target.measure].append((line, target))
    return found


def _against(
    place: CheckScope,
    statement: str,
    told: tuple[Claim, ...],
    measure: str,
    done: Amounts,
    goals: Amounts,
) -> Iterator[Finding]:
    """Yield a finding if the only number does not agree; several may be parts, and are accepted."""
    claims = [claim for claim in told if not claim.weak and not (claim.whole and claim.amount in goals)]
    amounts = {claim.amount for claim in claims}
    if not amounts or amounts & done or _sums(tuple(claims)) & done or _is_people(measure):
        return
    if len(amounts) == 1 or max(amounts) > max(done | goals):
        yield place.found(
            FindingKind.AMOUNT_TOLD, told=str(max(amounts)), measure=measure, statement=statement
        )


def _counting(line: LinePart) -> tuple[TargetPart, ...]:
    return tuple(target for target in line.targets if not target.informative)


def _measures(line: LinePart) -> tuple[str, ...]:
    return tuple(target.measure for target in _counting(line))
