"""When a unit's quarter takes captures, and whether it is signed. Source: the design's section 4, "Quarter".

1. A quarter is open until the end of its close, the n-th working day after it.
2. What Telegram dated before that end may be confirmed until noon of the next working day.
3. Once the unit's director signed, nothing is taken, whatever the calendar says.
4. A reopening takes it up again until the end of its last day, with the same grace.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from models.errors import Rejected
from models.programme_view import programmes
from models.quarter import Quarter
from models.signature import Reopening, Signature
from models.working_days import capture_close, nth_working_day_after

NOON = time(12)


@dataclass(frozen=True)
class Deadline:
    """What was said before `said_before` is taken, if it is confirmed before `confirmed_before`; both UTC."""

    last_day: date
    said_before: datetime
    confirmed_before: datetime


def signed(session: Session, unit_id: int, quarter: Quarter) -> Signature | None:
    """The signature that holds for the unit's quarter: the newest, unless it was reopened since."""
    newest = session.exec(
        select(Signature)
        .where(
            Signature.unit_id == unit_id,
            Signature.year == quarter.year,
            Signature.quarter == quarter.number,
        )
        .order_by(col(Signature.id).desc())
        .limit(1)
    ).first()
    reopening = newest and newest_reopening(session, unit_id, quarter)
    return None if reopening and newest and reopening.signature_id == newest.id else newest


def newest_reopening(session: Session, unit_id: int, quarter: Quarter) -> Reopening | None:
    """The last time that the unit's quarter was reopened."""
    return session.exec(
        select(Reopening)
        .where(
            Reopening.unit_id == unit_id,
            Reopening.year == quarter.year,
            Reopening.quarter == quarter.number,
        )
        .order_by(col(Reopening.id).desc())
        .limit(1)
    ).first()


def deadline(session: Session, unit_id: int, quarter: Quarter) -> Deadline:
    """Until when the unit's quarter is taken, its reopenings considered, its signature not."""
    reopening = newest_reopening(session, unit_id, quarter)
    known = programmes(session)
    programme = known.years.get(quarter.year)
    calendar = programme.calendar if programme else {}
    last_day = capture_close(quarter, calendar)
    if reopening is not None and reopening.until > last_day:
        last_day = reopening.until
    late = nth_working_day_after(last_day, 1, calendar)
    return Deadline(
        last_day, _moment(last_day + timedelta(days=1), time(0), known.zone), _moment(late, NOON, known.zone)
    )


def check_open(session: Session, unit_id: int, counts_on: date, said_at: datetime, now: datetime) -> None:
    """Whether what counts on that day may still change in the unit.

    `said_at` is when Telegram dated the message that began it. Raises `Rejected`: "quarter_signed" and
    "quarter_closed", with the unit's number and the quarter's key, so that both ways out can be offered.
    """
    quarter = Quarter.of(counts_on)
    if _cannot_be_closed(session, quarter, now):
        return
    if signed(session, unit_id, quarter) is not None:
        raise Rejected("quarter_signed", unit_id=unit_id, quarter=quarter.key, number=quarter.number)
    until = deadline(session, unit_id, quarter)
    if said_at >= until.said_before or now >= until.confirmed_before:
        raise Rejected("quarter_closed", unit_id=unit_id, quarter=quarter.key, number=quarter.number)


def _cannot_be_closed(session: Session, quarter: Quarter, now: datetime) -> bool:
    """Before its last day no quarter is signed or closed: most captures ask the database nothing."""
    return now.astimezone(programmes(session).zone).date() < quarter.last_day


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone)
