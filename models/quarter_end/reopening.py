"""Planning reopens a unit's closed or signed quarter, with a reason, until the end of a day.

Rules: docs/rules.md#reopening.
"""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from models.calendar import closing
from models.errors import Rejected
from models.people import pin
from models.programme.view import UnitView, programmes
from models.quarter import Quarter
from models.rights import Action, Member
from models.storage import audit
from models.storage.draft import Draft, save
from models.storage.forms import FormState
from models.tables.signature import Reopening

REASON_LIMIT = 300  # characters
LONGEST = timedelta(days=60)


class Reopen(FormState):
    """The form of a reopening. `quarter` is a key, `until` the last open day.

    `request_id` is the request that it answers, if it began with one.
    """

    unit_id: int | None = None
    quarter: str | None = None
    reason: str | None = None
    until: date | None = None
    request_id: int | None = None


def closed_quarters(session: Session, unit_id: int, now: datetime) -> list[Quarter]:
    """Return the unit's quarters that accept no captures, newest first."""
    return [
        quarter
        for year, programme in sorted(programmes(session).years.items(), reverse=True)
        if programme.unit(unit_id) is not None
        for quarter in reversed(list(Quarter.all_of(year)))
        if is_closed(session, unit_id, quarter, now)
    ]


def is_closed(session: Session, unit_id: int, quarter: Quarter, now: datetime) -> bool:
    """Return whether a capture sent now for that quarter would be refused."""
    try:
        closing.check_open(session, unit_id, quarter.last_day, now, now)
    except Rejected:
        return True
    return False


def find_unit(session: Session, unit_id: int, quarter: Quarter) -> UnitView:
    """Return the unit. Raises `Rejected("stale_button")` if the quarter's programme does not have it."""
    programme = programmes(session).years.get(quarter.year)
    unit = programme.unit(unit_id) if programme else None
    if unit is None:
        raise Rejected("stale_button")
    return unit


def check_reason(reason: str) -> None:
    """Raise `Rejected("reopening_reason_unreadable")` for a text without words, or a long one."""
    if len(reason) > REASON_LIMIT or sum(each.isalnum() for each in reason) < 3:
        raise Rejected("reopening_reason_unreadable", limit=REASON_LIMIT)


def check_until(until: date, today: date) -> None:
    """Raise `Rejected("reopening_end_unfit")` for a day in the past or more than 60 days ahead."""
    if not today <= until <= today + LONGEST:
        raise Rejected("reopening_end_unfit", days=LONGEST.days)


def reopen(session: Session, draft: Draft, wanted: Reopen, member: Member, now: datetime) -> Reopening:
    """Reopen the quarter; audited. A signature is kept but no longer in force.

    Raises `Rejected`: "pin_needed", "draft_incomplete", "not_closed" if it is open, and as the checks above.
    """
    if wanted.unit_id is None or wanted.quarter is None or wanted.reason is None or wanted.until is None:
        raise Rejected("draft_incomplete")
    member.require(Action.REOPEN, wanted.unit_id)
    pin.require(session, member)
    quarter = Quarter.parse(wanted.quarter)
    unit = find_unit(session, wanted.unit_id, quarter)
    closing.lock(session, unit.id)
    check_reason(wanted.reason)
    check_until(wanted.until, now.astimezone(programmes(session).zone).date())
    if not is_closed(session, unit.id, quarter, now):
        raise Rejected("not_closed", quarter=quarter)
    signature = closing.signed(session, unit.id, quarter)
    reopening = Reopening(
        unit_id=unit.id,
        year=quarter.year,
        quarter=quarter.number,
        signature_id=signature.id if signature else None,
        reason=wanted.reason,
        until=wanted.until,
        reopened_by=member.person_id,
        reopened_at=now,
    )
    session.add(reopening)
    session.flush()
    draft.registered_at = now
    save(session, draft)
    after = {
        "quarter": quarter.key,
        "signature": reopening.signature_id,
        "reason": wanted.reason,
        "until": wanted.until.isoformat(),
    }
    actor = audit.person(member.person_id)
    audit.record(session, now, actor, "reopen", f"unit:{unit.id}", None, after)
    return reopening
