"""Changes of the calendar by planning: moving a close, adding and removing days off.

Functions raise `Rejected`, and nothing is changed then. Changes are audited. Closes and working days are
computed, never stored.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, func, select

from models.calendar.calendar import Calendar, calendar, touch
from models.errors import Rejected
from models.people import pin
from models.quarter import Quarter
from models.rights import Action, Member
from models.storage import audit
from models.storage.draft import Draft, save
from models.storage.forms import FormState
from models.tables.agenda import CloseMove, DayOff

REASON_LIMIT = 200  # characters
LONGEST = 31  # days off that may be added at once
AHEAD = timedelta(days=730)  # how far ahead a day off may lie


class CalendarChange(StrEnum):
    """The kinds of change, as the audit names them."""

    MOVE = "move close"  # a quarter's, to another day
    ADD = "add day off"  # or several in a row
    REMOVE = "remove day off"  # one that planning had added


class Rescheduling(FormState):
    """The form of one change. `quarter` is the key of the quarter whose close moves; days are inclusive."""

    change: CalendarChange
    quarter: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    reason: str | None = None


def close_move(session: Session, quarter: Quarter) -> CloseMove | None:
    """Return the move in force of the quarter's close, or None."""
    session.flush()
    return session.exec(
        select(CloseMove)
        .where(CloseMove.year == quarter.year, CloseMove.quarter == quarter.number)
        .order_by(col(CloseMove.id).desc())
        .limit(1)
    ).first()


def moves_ahead(session: Session, today: date) -> list[CloseMove]:
    """Return the moves in force of closes that are not over, in the order they were made."""
    session.flush()
    newest = select(func.max(col(CloseMove.id))).group_by(col(CloseMove.year), col(CloseMove.quarter))
    status = select(CloseMove).where(CloseMove.closes_on >= today, col(CloseMove.id).in_(newest))
    return list(session.exec(status.order_by(col(CloseMove.id))).all())


def close_before(session: Session, move: CloseMove) -> date:
    """Return the close that a move replaced."""
    earlier = session.exec(
        select(CloseMove)
        .where(
            CloseMove.year == move.year,
            CloseMove.quarter == move.quarter,
            col(CloseMove.id) < move.id,
        )
        .order_by(col(CloseMove.id).desc())
        .limit(1)
    ).first()
    planned = calendar(session).planned_close(Quarter(move.year, move.quarter))
    return earlier.closes_on if earlier else planned


def added_days(session: Session, since: date) -> list[DayOff]:
    """Return the days off added by planning, from a day on, in order."""
    session.flush()
    status = select(DayOff).where(col(DayOff.removed_at).is_(None), DayOff.day >= since)
    return list(session.exec(status.order_by(col(DayOff.day), col(DayOff.id))).all())


def check_close(days: Calendar, quarter: Quarter, closes_on: date, today: date) -> None:
    """Check that the new close is a working day, not past, different, after the quarter, by the next's end.

    Raises `Rejected`: "close_in_past", "close_out_of_range", "close_unchanged", "close_on_day_off".
    """
    if closes_on < today:
        raise Rejected("close_in_past")
    if not quarter.last_day < closes_on <= quarter.next.last_day:
        raise Rejected("close_out_of_range", quarter=quarter)
    if closes_on == days.close_day(quarter):
        raise Rejected("close_unchanged")
    if not days.is_working_day(closes_on):
        raise Rejected("close_on_day_off")


def check_days_off(days: Calendar, first: date, last: date, today: date) -> None:
    """Raise `Rejected` unless the days are from today on, at most a month, with a working day among them."""
    if first > last:
        raise Rejected("days_out_of_order")
    if first < today:
        raise Rejected("day_off_in_past")
    if last > today + AHEAD:
        raise Rejected("day_off_too_far")
    if last - first >= timedelta(days=LONGEST):
        raise Rejected("too_many_days_off", limit=LONGEST)
    if not any(days.is_working_day(day) for day in each_day(first, last)):
        raise Rejected("already_day_off")


def check_reason(reason: str) -> None:
    if len(reason) > REASON_LIMIT or not any(character.isalnum() for character in reason):
        raise Rejected("calendar_reason_unreadable", limit=REASON_LIMIT)


def each_day(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=each) for each in range((last - first).days + 1))


def after(days: Calendar, asked: Rescheduling) -> Calendar:
    """Return the calendar after the change; unchanged if the form is incomplete. Pure."""
    if asked.first_day is None or asked.last_day is None:
        return days
    if asked.change is CalendarChange.MOVE:
        moves = {**days.moves, Quarter.parse(asked.quarter or ""): asked.first_day}
        return Calendar(days.zone, days.days_off, days.closing_days, moves)
    named = frozenset(each_day(asked.first_day, asked.last_day))
    off = days.days_off | named if asked.change is CalendarChange.ADD else days.days_off - named
    return Calendar(days.zone, off, days.closing_days, days.moves)


def reschedule(
    session: Session, draft: Draft, asked: Rescheduling, member: Member, today: date, now: datetime
) -> None:
    """Make the change of the draft, after checking it again; audited.

    Raises `Rejected` as the checks above, "pin_needed", "draft_incomplete", and "already_working_day" if the
    day was removed meanwhile.
    """
    member.require(Action.KEEP_CALENDAR)
    pin.require(session, member)
    if asked.first_day is None or asked.last_day is None:
        raise Rejected("draft_incomplete")
    if asked.change is CalendarChange.REMOVE:
        subject, before, made = _remove(session, asked.first_day, today, now)
    else:
        check_reason(asked.reason or "")
        make = _move if asked.change is CalendarChange.MOVE else _add
        subject, before, made = make(session, asked, asked.first_day, asked.last_day, member, today, now)
    session.flush()
    touch(session)
    audit.record(session, now, audit.person(member.person_id), asked.change, subject, before, made)
    draft.registered_at = now
    save(session, draft)


Made = tuple[str, dict[str, Any] | None, dict[str, Any] | None]  # an audit's subject, before and after


def _move(
    session: Session,
    asked: Rescheduling,
    closes_on: date,
    _last: date,
    member: Member,
    today: date,
    now: datetime,
) -> Made:
    quarter, days = Quarter.parse(asked.quarter or ""), calendar(session)
    check_close(days, quarter, closes_on, today)
    session.add(
        CloseMove(
            year=quarter.year,
            quarter=quarter.number,
            closes_on=closes_on,
            reason=asked.reason or "",
            made_by=member.person_id,
            made_at=now,
        )
    )
    before = {"closes_on": days.close_day(quarter).isoformat()}
    return f"quarter:{quarter.key}", before, {"closes_on": closes_on.isoformat(), "reason": asked.reason}


def _add(
    session: Session,
    asked: Rescheduling,
    first: date,
    last: date,
    member: Member,
    today: date,
    now: datetime,
) -> Made:
    """Add the days that are working days so far; the others need no row."""
    days = calendar(session)
    check_days_off(days, first, last, today)
    off = [day for day in each_day(first, last) if days.is_working_day(day)]
    reason = asked.reason or ""
    session.add_all(DayOff(day=day, reason=reason, made_by=member.person_id, made_at=now) for day in off)
    made = {"days": [day.isoformat() for day in off], "reason": asked.reason}
    return f"calendar:{first.isoformat()}", None, made


def _remove(session: Session, day: date, today: date, now: datetime) -> Made:
    if day < today:
        raise Rejected("day_off_in_past")
    found = [each for each in added_days(session, day) if each.day == day]
    if not found:
        raise Rejected("already_working_day")
    for each in found:
        each.removed_at = now
    before = {"days": [day.isoformat()], "reason": found[0].reason}
    return f"calendar:{day.isoformat()}", before, None
