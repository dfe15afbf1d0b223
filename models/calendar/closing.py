"""Until when a unit's quarter accepts captures, and whether it is signed. Rules: docs/rules.md#quarter.

1. A quarter is open until the end of its close, the n-th working day after it.
2. What was sent before, by Telegram's date, may be confirmed until noon of the next working day.
3. Once the unit's director has signed, nothing is accepted, whatever the calendar says.
4. A reopening opens it until the end of the reopening's last day, with the same time to confirm.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select

from models.calendar.calendar import NOON, ONE_DAY, calendar
from models.errors import Rejected
from models.programme.view import programmes
from models.quarter import Quarter
from models.tables.activity import Activity, Entry, Settlement
from models.tables.programme import Unit
from models.tables.signature import Reopening, Signature


@dataclass(frozen=True)
class Deadline:
    """Messages dated before `said_before` are accepted if confirmed before `confirmed_before`."""

    last_day: date
    said_before: datetime
    confirmed_before: datetime


def signed(session: Session, unit_id: int, quarter: Quarter) -> Signature | None:
    """Return the signature in force of the unit's quarter, or None."""
    return signatures(session, [unit_id], quarter).get(unit_id)


def signatures(session: Session, unit_ids: Sequence[int], quarter: Quarter) -> dict[int, Signature]:
    """Return the signatures in force of several units, by unit."""
    session.flush()
    holding = select(Signature).where(col(Signature.unit_id).in_(unit_ids), *_holds(quarter))
    rows = session.exec(holding.order_by(col(Signature.id))).all()
    return {each.unit_id: each for each in rows}


def signed_units(session: Session, quarter: Quarter) -> set[int]:
    """Return the units whose signature is in force, without reading the snapshots."""
    session.flush()
    return set(session.exec(select(Signature.unit_id).where(*_holds(quarter))).all())


def _holds(quarter: Quarter) -> tuple[ColumnElement[bool], ...]:
    reopened = select(Reopening.id).where(Reopening.signature_id == col(Signature.id)).exists()
    return col(Signature.year) == quarter.year, col(Signature.quarter) == quarter.number, ~reopened


def signed_quarters(session: Session, unit_id: int, year: int) -> list[Quarter]:
    """Return the quarters of a year whose signature is in force."""
    return [each for each in Quarter.all_of(year) if signed(session, unit_id, each) is not None]


def newest_reopening(session: Session, unit_id: int, quarter: Quarter) -> Reopening | None:
    """Return the latest reopening of the unit's quarter, or None."""
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
    """Return until when the quarter accepts captures, by calendar and reopenings; ignores its signature."""
    days = calendar(session)
    reopening = newest_reopening(session, unit_id, quarter)
    if reopening is None or reopening.until <= days.close_day(quarter):
        return Deadline(days.close_day(quarter), days.closes_at(quarter), days.late_cards_until(quarter))
    after, late = reopening.until + ONE_DAY, days.next_working_day(reopening.until)
    return Deadline(
        reopening.until,
        datetime.combine(after, time.min, days.zone),
        datetime.combine(late, NOON, days.zone),
    )


def check_open(session: Session, unit_id: int, counts_on: date, said_at: datetime, now: datetime) -> None:
    """Check that what counts in the unit on that day may still change.

    `said_at` is Telegram's date of the message that began the change. Raises `Rejected`: "quarter_signed" and
    "quarter_closed", with `unit_id` and `quarter`, so that the reply can offer what to do.
    """
    quarter = Quarter.of(counts_on)
    if now.astimezone(programmes(session).zone).date() < quarter.last_day:
        return  # it can be neither closed nor signed yet; most captures end here, without a query
    check_unsigned(session, unit_id, quarter)
    until = deadline(session, unit_id, quarter)
    if said_at >= until.said_before or now >= until.confirmed_before:
        raise Rejected("quarter_closed", unit_id=unit_id, quarter=quarter)


def check_unsigned(session: Session, unit_id: int, quarter: Quarter) -> None:
    """Raise `Rejected("quarter_signed")` if it is signed; for changes that do not alter figures."""
    lock(session, unit_id, shared=True)
    if signed(session, unit_id, quarter) is not None:
        raise Rejected("quarter_signed", unit_id=unit_id, quarter=quarter)


def lock(session: Session, unit_id: int, shared: bool = False) -> None:
    """Serialise signing and reopening of a unit with its captures in other transactions."""
    session.connection().execute(select(Unit.id).where(Unit.id == unit_id).with_for_update(read=shared))


def check_activity(session: Session, activity: Activity, said_at: datetime, now: datetime) -> None:
    """Call `check_open` for every day on which something of the activity counts."""
    settled = (
        select(col(Settlement.counts_on))
        .join(Entry, col(Entry.id) == col(Settlement.entry_id))
        .where(Entry.activity_id == activity.id, col(Settlement.undone_at).is_(None))
    )
    for day in {activity.ends_on, *session.exec(settled).all()}:
        check_open(session, activity.unit_id, day, said_at, now)


def unsigned(session: Session, since: date) -> list[Reopening]:
    """Return the newest reopening of each unit's quarter, if it ends on that day or later and is unsigned."""
    session.flush()
    later = aliased(Reopening)
    newest = select(func.max(col(Reopening.id))).group_by(
        col(Reopening.unit_id), col(Reopening.year), col(Reopening.quarter)
    )
    signed = (
        select(Signature.id)
        .where(
            Signature.unit_id == Reopening.unit_id,
            Signature.year == Reopening.year,
            Signature.quarter == Reopening.quarter,
            ~select(later.id).where(later.signature_id == col(Signature.id)).exists(),
        )
        .exists()
    )
    found = select(Reopening).where(Reopening.until >= since, col(Reopening.id).in_(newest), ~signed)
    return list(session.exec(found.order_by(col(Reopening.id))).all())
