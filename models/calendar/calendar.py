"""The agency's calendar: working days, and when quarters close. Rules: docs/rules.md#quarter.

Days off are Saturdays, Sundays, Mexico's statutory holidays, the holidays of a programme, and those that
planning added.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col

from models.programme.view import Programmes, programmes
from models.quarter import Quarter
from models.storage.unit_of_work import work_of
from models.tables.agenda import CloseMove, DayOff

MONDAY, SATURDAY = 0, 5
DEFAULT_CLOSE = 5  # working days after a quarter's end on which its activities may still be captured
ONE_DAY = timedelta(days=1)
NOON = time(12)


@dataclass(frozen=True)
class Calendar:
    """Working days and closes of every year. Days are local days in `zone`.

    `days_off` are those besides weekends and statutory holidays. `closing_days` is the number of working days
    until the close, by the programme's year. `moves` are the closes that planning moved.
    """

    zone: ZoneInfo
    days_off: frozenset[date] = frozenset()
    closing_days: Mapping[int, int] = field(default_factory=dict, hash=False)
    moves: Mapping[Quarter, date] = field(default_factory=dict, hash=False)

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < SATURDAY and day not in national(day.year) and day not in self.days_off

    def next_working_day(self, day: date) -> date:
        """Return the first working day after `day`."""
        return self.nth_working_day_after(day, 1)

    def nth_working_day_after(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`, or `day` if `count` is 0."""
        while count > 0:
            day += ONE_DAY
            count -= self.is_working_day(day)
        return day

    def working_days(self, after: date, until: date) -> int:
        """Return the number of working days after the first day, up to and including the second."""
        days = (after + timedelta(days=each) for each in range(1, (until - after).days + 1))
        return sum(self.is_working_day(day) for day in days)

    def close_day(self, quarter: Quarter) -> date:
        """Return the last day of captures for a quarter; they are accepted until its end."""
        return self.moves.get(quarter) or self.planned_close(quarter)

    def planned_close(self, quarter: Quarter) -> date:
        """Return the close as it is if planning does not move it: the n-th working day after the quarter."""
        count = self.closing_days.get(quarter.year, DEFAULT_CLOSE)
        return self.nth_working_day_after(quarter.last_day, count)

    def closes_at(self, quarter: Quarter) -> datetime:
        """Return the instant (UTC) at which the quarter closes; what was sent before is in time."""
        return self._moment(self.close_day(quarter) + ONE_DAY, time.min)

    def late_cards_until(self, quarter: Quarter) -> datetime:
        """Return until when (UTC) a card sent in time may be confirmed: noon of the next working day."""
        return self._moment(self.next_working_day(self.close_day(quarter)), NOON)

    def quarter_in_hand(self, day: date) -> Quarter:
        """Return the quarter that people work on: the previous one until the end of its close."""
        running = Quarter.of(day)
        return running.previous if day <= self.close_day(running.previous) else running

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, self.zone).astimezone(UTC)


@dataclass
class KeptCalendar:
    """A part of the unit of work: the calendar that was read, and the programmes it was read from."""

    known: tuple[Programmes, Calendar] | None = None
    touched: bool = False


def calendar(session: Session) -> Calendar:
    """Return the stored calendar, cached for the transaction unless something in it changes."""
    known = programmes(session)
    work = work_of(session).part(KeptCalendar)
    if work.known is not None and work.known[0] is known:
        return work.known[1]
    found = _read(session, known)
    if not work.touched:
        work.known = (known, found)
    return found


def touch(session: Session) -> None:
    """Note that planning changed the calendar: it is read again each time in this transaction."""
    work = work_of(session).part(KeptCalendar)
    work.known, work.touched = None, True


@lru_cache(maxsize=16)
def national(year: int) -> frozenset[date]:
    """Return the statutory holidays of article 74 of the Federal Labour Law. (Election days are Sundays.)

    The library `holidays` would take a tenth of the bot's memory; a test compares the two.
    """
    days = {
        date(year, 1, 1),
        _nth_monday(1, year, 2),
        _nth_monday(3, year, 3),
        date(year, 5, 1),
        date(year, 9, 16),
        _nth_monday(3, year, 11),
        date(year, 12, 25),
    }
    if year % 6 == 2024 % 6:
        days.add(date(year, 10, 1))  # a new federal government
    return frozenset(days)


def _nth_monday(count: int, year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(MONDAY - first.weekday()) % 7 + 7 * (count - 1))


def _read(session: Session, known: Programmes) -> Calendar:
    session.flush()
    connection = session.connection()
    listed = (day for each in known.years.values() for day in each.calendar.get("holidays", ()))
    added = connection.execute(select(col(DayOff.day)).where(col(DayOff.removed_at).is_(None))).scalars()
    rows = connection.execute(
        select(col(CloseMove.year), col(CloseMove.quarter), col(CloseMove.closes_on)).order_by(
            col(CloseMove.id)
        )
    )
    return Calendar(
        zone=known.zone,
        days_off=frozenset({date.fromisoformat(str(day)) for day in listed} | set(added)),
        closing_days={
            year: each.calendar.get("closes_after_working_days", DEFAULT_CLOSE)
            for year, each in known.years.items()
        },
        moves={Quarter(year, number): closes_on for year, number, closes_on in rows},
    )
