"""Withdraws activities: they no longer count, and nothing is deleted."""

from datetime import datetime

from sqlmodel import Session

from models.activities import returning
from models.activities.reading import find_correctable
from models.calendar import closing
from models.errors import Rejected
from models.rights import Member
from models.storage import audit
from models.storage.draft import Draft, save
from models.storage.forms import Withdrawing
from models.tables.activity import Activity

REASON_LIMIT = 300  # characters


def check_reason(reason: str) -> None:
    """Raise `Rejected("withdrawal_reason_unreadable")` for a text without words, or a long one."""
    if len(reason) > REASON_LIMIT or sum(each.isalnum() for each in reason) < 3:
        raise Rejected("withdrawal_reason_unreadable", limit=REASON_LIMIT)


def withdraw(session: Session, draft: Draft, form: Withdrawing, member: Member, now: datetime) -> Activity:
    """Withdraw the activity with its reason, audited.

    Raises `Rejected`: "corrected_meanwhile" if it is no longer what was shown, and as `find_correctable`.
    """
    activity = find_correctable(session, form.activity_id, member)
    if form.version != activity.version:
        raise Rejected("corrected_meanwhile", number=activity.id)
    if form.reason is None:
        raise Rejected("draft_incomplete")
    check_reason(form.reason)
    closing.check_activity(session, activity, draft.said_at, now)
    activity.withdrawn_at, activity.withdrawn_by = now, member.person_id
    activity.withdrawal_reason = form.reason
    returning.resolve_return(session, form.activity_id, member, now)
    session.flush()
    draft.registered_at = now
    save(session, draft)
    audit.record(
        session,
        now,
        audit.person(member.person_id),
        "withdraw",
        f"activity:{activity.id}",
        {"withdrawn": False},
        {"withdrawn": True, "reason": form.reason},
    )
    return activity
