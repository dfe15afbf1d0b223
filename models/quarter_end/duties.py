"""What each unit has to do for a quarter, computed from the database and an instant.

Rules: docs/rules.md#duties. Each unit needs a few statements that return sums per line, however much is
stored. Figures are those of `/avance` (`models.progress.progress`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from sqlmodel import Session

from models.activities import returning, unfinished
from models.calendar import closing
from models.programme import plan
from models.programme.view import UnitView, programmes
from models.progress.progress import progress
from models.progress.signal import Signal
from models.progress.status import LineStatus, UnitStatus
from models.quarter import Quarter, as_of
from models.quarter_end import statements
from models.tables.people import Role

WINDOWS = (1, 7, 15, 30)  # days before a line's end at which its unit is told that it is below its target
TOLERANCE = Fraction(1, 10)  # ten points of the plan


class DutyKind(StrEnum):
    """Kinds of duty, most urgent first."""

    RETURNED = "returned"  # an activity was returned and is not corrected yet
    NOTHING_REGISTERED = "nothing-registered"  # planned this quarter, without activity or statement
    UNEXPLAINED_DEVIATION = "unexplained-deviation"  # more than ten points off the plan, no observation
    ENDS_SOON = "ends-soon"  # the line ends within 30, 15, 7, 1 days, below its target
    BEHIND = "behind"  # the line's signal is yellow or red
    NO_PRESENTATION = "no-presentation"
    PENDING_QUANTITY = "pending-quantity"  # registered, but does not count yet
    NO_EVIDENCE = "no-evidence"  # activities without evidence
    NOT_SIGNED = "not-signed"  # the quarter has ended


URGENCY = {kind: place for place, kind in enumerate(DutyKind)}
BLOCKING = frozenset(
    (
        DutyKind.RETURNED,
        DutyKind.NOTHING_REGISTERED,
        DutyKind.UNEXPLAINED_DEVIATION,
        DutyKind.NO_PRESENTATION,
    )
)
DIRECTORS = frozenset((DutyKind.UNEXPLAINED_DEVIATION, DutyKind.NO_PRESENTATION, DutyKind.NOT_SIGNED))


@dataclass(frozen=True)
class Duty:
    """One thing that a unit has to do for a quarter.

    `count` is the number of activities or entries concerned, `activity_id` or `entry_id` the oldest of them.
    `days_left` is the window (1, 7, 15 or 30 days) in which the line ends. A `done` one is owed no more.
    """

    kind: DutyKind
    unit_id: int
    quarter: Quarter
    line_id: int | None = None
    activity_id: int | None = None
    entry_id: int | None = None
    days_left: int | None = None
    count: int = 1
    done: bool = False

    @property
    def key(self) -> str:
        """Return what tells it from the other duties of its unit: «2024-T1/behind/24»."""
        owner = self.activity_id if self.kind is DutyKind.RETURNED else self.line_id
        return f"{self.quarter.key}/{self.kind}/{owner or ''}"

    @property
    def blocking(self) -> bool:
        """Return whether it must be done or explained before the quarter is signed (decision 0026)."""
        return self.kind in BLOCKING

    @property
    def owner(self) -> Role:
        """Return who does it: the staff, or the director, who alone writes statements and signs."""
        return Role.DIRECTOR if self.kind in DIRECTORS else Role.STAFF


def duties(session: Session, unit: UnitView, quarter: Quarter, now: datetime) -> tuple[Duty, ...]:
    """Return what the unit owes for the quarter at that instant, most urgent first.

    Empty before the quarter begins, once it is signed, and for a unit that the year's programme does not
    have. Demand-driven lines have no duties about figures.
    """
    return tuple(each for each in checklist(session, unit, quarter, now) if not each.done)


def checklist(session: Session, unit: UnitView, quarter: Quarter, now: datetime) -> tuple[Duty, ...]:
    """Return the duties that the unit owes, and those that it had and has done.

    Done are a planned line with something registered or a reason, a line whose activities all have evidence,
    one whose observation explains its figure, and the presentation.
    """
    known = programmes(session)
    today = now.astimezone(known.zone).date()
    programme = known.years.get(quarter.year)
    placed = programme.unit(unit.id) if programme else None
    if programme is None or placed is None or today < quarter.first_day:
        return ()
    if closing.signed(session, unit.id, quarter) is not None:
        return ()
    status = progress(session, programme, quarter, today, placed).units[0]
    found = [
        *_of_lines(session, status, quarter, today),
        *_of_entries(session, status, quarter, today),
        *_of_returns(session, unit.id, quarter),
    ]
    presented = statements.presentation(session, unit.id, quarter) is not None
    found.append(Duty(DutyKind.NO_PRESENTATION, unit.id, quarter, done=presented))
    if today >= quarter.last_day:
        found.append(Duty(DutyKind.NOT_SIGNED, unit.id, quarter))
    place = {line.id: number for number, line in enumerate(placed.lines)}
    found.sort(key=lambda each: (URGENCY[each.kind], each.days_left or 0, place.get(each.line_id or 0, -1)))
    return tuple(found)


def done(session: Session, unit: UnitView, quarter: Quarter, now: datetime) -> bool:
    """Return whether the unit has no duties left for the quarter."""
    return not duties(session, unit, quarter, now)


def telling(owed: Sequence[Duty]) -> list[Duty]:
    """Return the duties to tell: «behind» is left out if the line has a more urgent duty on its figures."""
    said = {
        each.line_id
        for each in owed
        if each.kind in (DutyKind.NOTHING_REGISTERED, DutyKind.UNEXPLAINED_DEVIATION) and not each.done
    }
    return [each for each in owed if each.kind is not DutyKind.BEHIND or each.line_id not in said]


def _of_lines(session: Session, status: UnitStatus, quarter: Quarter, today: date) -> Iterator[Duty]:
    line_ids = [each.line.id for each in status.lines]
    registered = unfinished.registered(session, line_ids, quarter)
    still = statements.no_activity_reasons(session, line_ids, quarter)
    explained = statements.observations(session, line_ids, quarter)
    for each in status.lines:
        done_there = registered.get(each.line.id)
        owed = _figures_owed(each, quarter, today) if not each.line.demand_driven else {}
        silent = done_there is None and not each.met and each.line.id not in still
        if _is_planned(each, quarter, today):
            yield Duty(DutyKind.NOTHING_REGISTERED, status.unit.id, quarter, each.line.id, done=not silent)
        if done_there is None and each.line.id in still:
            owed.pop(DutyKind.BEHIND, None)
        for kind, days_left in owed.items():
            said = each.line.id in explained
            yield Duty(kind, status.unit.id, quarter, each.line.id, days_left=days_left, done=said)
        if done_there is not None:
            oldest, number = done_there.oldest, done_there.bare
            yield Duty(
                DutyKind.NO_EVIDENCE,
                status.unit.id,
                quarter,
                each.line.id,
                activity_id=oldest,
                count=number,
                done=not number,
            )


def _is_planned(status: LineStatus, quarter: Quarter, today: date) -> bool:
    """Return whether something is planned on the line in the quarter; never for demand-driven lines."""
    if status.line.demand_driven:
        return False
    return quarter.number in plan.planned_quarters(status.line, quarter.year, as_of(quarter, today))


def _figures_owed(status: LineStatus, quarter: Quarter, today: date) -> dict[DutyKind, int | None]:
    """Return the duties that follow from a line's figures. An observation settles all of them.

    A figure below the plan is a deviation only from the quarter's last day on; one above it is at once, since
    it does not decrease.
    """
    owed: dict[DutyKind, int | None] = {}
    if status.signal in (Signal.YELLOW, Signal.RED):
        owed[DutyKind.BEHIND] = None
    if today in quarter and status.counting and not status.reached:
        left = (status.line.ends_on - today).days
        if 0 <= left <= WINDOWS[-1]:
            owed[DutyKind.ENDS_SOON] = next(window for window in WINDOWS if left <= window)
    deviation = status.exact - status.planned
    if deviation > TOLERANCE or (deviation < -TOLERANCE and today >= quarter.last_day):
        owed[DutyKind.UNEXPLAINED_DEVIATION] = None
    return owed


def _of_entries(session: Session, status: UnitStatus, quarter: Quarter, today: date) -> Iterator[Duty]:
    """Yield the duties for quantities registered up to the quarter's end that are pending now."""
    targets = [each.target.id for line in status.lines for each in line.targets if each.pending > 0]
    found = unfinished.waiting(session, targets, as_of(quarter, today)) if targets else {}
    for line_id, each in found.items():
        yield Duty(
            DutyKind.PENDING_QUANTITY,
            status.unit.id,
            quarter,
            line_id,
            entry_id=each.oldest,
            count=each.number,
        )


def _of_returns(session: Session, unit_id: int, quarter: Quarter) -> Iterator[Duty]:
    returned = (each.activity_id for each in returning.open_returns(session, unit_id, quarter))
    for activity_id in dict.fromkeys(returned):
        yield Duty(DutyKind.RETURNED, unit_id, quarter, activity_id=activity_id)
