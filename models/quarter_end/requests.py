"""Requests to planning to reopen a quarter, and their answers. The reopening itself: `reopening`."""

from datetime import datetime

from sqlmodel import Session, col, select

from models.errors import Rejected
from models.quarter import Quarter
from models.quarter_end.reopening import check_reason
from models.rights import Action, Member
from models.storage import audit
from models.storage.forms import FormState
from models.tables.signature import Reopening, ReopeningRequest

ABOUT_LIMIT = 240  # characters; a reopening's reason may have 300


class Refusing(FormState):
    """The form of «No procede»."""

    request_id: int


def ask(
    session: Session, unit_id: int, quarter: Quarter, about: str, by: Member, now: datetime
) -> ReopeningRequest | None:
    """Store the request; audited. Returns None if the person's same request waits for its answer."""
    if any(
        (each.asked_by, each.about) == (by.person_id, about) for each in open_of(session, unit_id, quarter)
    ):
        return None
    request = ReopeningRequest(
        unit_id=unit_id,
        year=quarter.year,
        quarter=quarter.number,
        about=about,
        asked_by=by.person_id,
        asked_at=now,
    )
    session.add(request)
    session.flush()
    actor = audit.person(by.person_id)
    audit.record(session, now, actor, "ask reopening", f"request:{request.id}", None, {"about": about})
    return request


def open_of(session: Session, unit_id: int, quarter: Quarter) -> list[ReopeningRequest]:
    """Return the requests for a unit's quarter that wait for an answer, oldest first."""
    session.flush()
    query = select(ReopeningRequest).where(
        ReopeningRequest.unit_id == unit_id,
        ReopeningRequest.year == quarter.year,
        ReopeningRequest.quarter == quarter.number,
        col(ReopeningRequest.answered_at).is_(None),
    )
    return list(session.exec(query.order_by(col(ReopeningRequest.id))).all())


def waiting(session: Session, before: datetime) -> list[ReopeningRequest]:
    """Return the requests of all units from before that instant that wait for an answer, oldest first."""
    session.flush()
    query = select(ReopeningRequest).where(
        col(ReopeningRequest.answered_at).is_(None), ReopeningRequest.asked_at < before
    )
    return list(session.exec(query.order_by(col(ReopeningRequest.id))).all())


def find_open(session: Session, request_id: int) -> ReopeningRequest:
    """Return the request. Raises `Rejected`: "stale_button", "request_answered"."""
    found = session.get(ReopeningRequest, request_id, with_for_update=True)
    if found is None:
        raise Rejected("stale_button")
    if found.answered_at is not None:
        raise Rejected("request_answered", granted=found.reopening_id is not None)
    return found


def grant(session: Session, reopening: Reopening, now: datetime) -> list[ReopeningRequest]:
    """Note that the reopening answers every open request for its quarter; return these."""
    found = open_of(session, reopening.unit_id, Quarter(reopening.year, reopening.quarter))
    for each in found:
        each.answered_at, each.answered_by = now, reopening.reopened_by
        each.reopening_id = reopening.id
    session.flush()
    return found


def refuse(session: Session, request_id: int, reason: str, by: Member, now: datetime) -> ReopeningRequest:
    """Answer «No procede», with a reason or ""; audited.

    Raises `Rejected`: "not_allowed", "reopening_reason_unreadable", and as `find_open`.
    """
    request = find_open(session, request_id)
    by.require(Action.REOPEN, request.unit_id)
    if reason:
        check_reason(reason)
    request.answered_at, request.answered_by, request.refusal = now, by.person_id, reason
    session.flush()
    actor = audit.person(by.person_id)
    audit.record(session, now, actor, "refuse reopening", f"request:{request.id}", None, {"reason": reason})
    return request
