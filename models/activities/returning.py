"""Returns activities to their authors, and approves a director's own. Rules: docs/rules.md#review.

Nobody reviews what they registered. Functions raise `Rejected`, and nothing is changed then.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_
from sqlmodel import Session, col, select

from models.activities.reading import find
from models.calendar import closing
from models.errors import Rejected
from models.quarter import Quarter
from models.rights import Action, Member
from models.storage import audit
from models.storage.draft import Draft, save
from models.storage.forms import FormState
from models.tables.activity import Activity
from models.tables.people import Membership, Role
from models.tables.review import Return, Review

REASON_LIMIT = 500  # characters


class Returning(FormState):
    """The form of a return: the version that was shown, the wrong field if named, and the reason."""

    activity_id: int
    version: int
    field: str | None = None
    reason: str | None = None


def open_return(session: Session, activity_id: int) -> Return | None:
    """Return the open return of that activity, or None."""
    return next(iter(open_returns_of(session, [activity_id])), None)


def open_returns_of(session: Session, activity_ids: Sequence[int]) -> list[Return]:
    """Return the open returns of those activities."""
    session.flush()
    return list(
        session.exec(
            select(Return).where(col(Return.activity_id).in_(activity_ids), col(Return.settled_at).is_(None))
        ).all()
    )


def open_returns(session: Session, unit_id: int, quarter: Quarter) -> list[Return]:
    """Return the open returns of the unit's quarter (by the activity's last day), oldest first."""
    session.flush()
    return list(
        session.exec(
            select(Return)
            .join(Activity, col(Activity.id) == col(Return.activity_id))
            .where(
                Activity.unit_id == unit_id,
                col(Activity.ends_on).between(quarter.first_day, quarter.last_day),
                col(Activity.withdrawn_at).is_(None),
                col(Return.settled_at).is_(None),
            )
            .order_by(col(Return.id))
        ).all()
    )


def may_review(member: Member, activity: Activity) -> bool:
    """Return whether the person is a director of the unit or planning, and not its author."""
    return member.may(Action.REVIEW, activity.unit_id) and activity.registered_by != member.person_id


def find_reviewable(session: Session, activity_id: int, member: Member) -> Activity:
    """Return the activity, locked until the transaction ends, if the person may review it.

    Raises `Rejected`: "activity_unknown", "not_yours_to_review", "own_entry", "activity_withdrawn", and
    "signed_already" for its quarter.
    """
    activity = find(session, activity_id, member)
    if not member.may(Action.REVIEW, activity.unit_id):
        raise Rejected("not_yours_to_review")
    if not may_review(member, activity):
        raise Rejected("own_entry")
    session.refresh(activity, with_for_update=True)
    if activity.withdrawn_at is not None:
        raise Rejected("activity_withdrawn")
    quarter = Quarter.of(activity.ends_on)
    if closing.signed(session, activity.unit_id, quarter) is not None:
        raise Rejected("signed_already", unit_id=activity.unit_id, quarter=quarter)
    return activity


def find_returnable(session: Session, activity_id: int, member: Member, now: datetime) -> Activity:
    """Return the activity if the person may return it and its author could correct it now.

    Raises `Rejected` as `find_reviewable`, "already_returned", and "quarter_closed" if a correction would be
    refused.
    """
    activity = find_reviewable(session, activity_id, member)
    if open_return(session, activity_id) is not None:
        raise Rejected("already_returned", number=activity_id)
    closing.check_open(session, activity.unit_id, activity.ends_on, now, now)
    return activity


def check_reason(reason: str) -> None:
    """Raise `Rejected("return_reason_unreadable")` for a text without words, or a long one."""
    if len(reason) > REASON_LIMIT or sum(each.isalnum() for each in reason) < 3:
        raise Rejected("return_reason_unreadable", limit=REASON_LIMIT)


def give_back(session: Session, draft: Draft, form: Returning, member: Member, now: datetime) -> Return:
    """Return the activity to its author; audited. Returns the stored return.

    Raises `Rejected` as `find_returnable`, and "corrected_meanwhile" if it is no longer what was shown.
    """
    activity = find_returnable(session, form.activity_id, member, now)
    if form.version != activity.version:
        raise Rejected("corrected_meanwhile", number=activity.id)
    if form.reason is None:
        raise Rejected("draft_incomplete")
    check_reason(form.reason)
    given = Return(
        activity_id=form.activity_id,
        version=form.version,
        field=form.field,
        reason=form.reason,
        returned_by=member.person_id,
        returned_at=now,
    )
    session.add(given)
    session.flush()
    draft.registered_at = now
    save(session, draft)
    after = {"version": given.version, "field": given.field, "reason": given.reason}
    _record(session, member, now, "return", given.activity_id, None, after)
    return given


def take_back(session: Session, activity_id: int, member: Member, now: datetime) -> Return:
    """Close the return as a mistake. Raises `Rejected("not_returned")` if none is open."""
    find_reviewable(session, activity_id, member)
    given = open_return(session, activity_id)
    if given is None:
        raise Rejected("not_returned")
    given.settled_at, given.taken_back_by = now, member.person_id
    session.flush()
    _record(session, member, now, "take back return", activity_id, {"reason": given.reason}, None)
    return given


def resolve_return(session: Session, activity_id: int, member: Member, now: datetime) -> Return | None:
    """Close the open return, if any, because of a correction or a withdrawal."""
    given = open_return(session, activity_id)
    if given is not None:
        given.settled_at = now
        session.flush()
        _record(session, member, now, "answer return", activity_id, {"reason": given.reason}, None)
    return given


def unreviewed(session: Session, activities: Iterable[Activity]) -> set[int]:
    """Return the ids of those that a director of the unit registered and whose version nobody reviewed.

    It matters who was a director of that unit when it was registered.
    """
    in_force = {each.id: each for each in activities if each.withdrawn_at is None}
    session.flush()
    own = session.exec(
        select(Activity.id)
        .join(
            Membership,
            and_(
                col(Membership.person_id) == col(Activity.registered_by),
                col(Membership.unit_id) == col(Activity.unit_id),
                col(Membership.role) == Role.DIRECTOR,
                col(Membership.granted_at) <= col(Activity.registered_at),
                or_(
                    col(Membership.ended_at).is_(None),
                    col(Membership.ended_at) > col(Activity.registered_at),
                ),
            ),
        )
        .where(col(Activity.id).in_(list(in_force)))
    ).all()
    reviews = session.exec(select(Review).where(col(Review.activity_id).in_(own))).all()
    seen = {each.activity_id for each in reviews if each.version == in_force[each.activity_id].version}
    return {number for number in own if number is not None} - seen


def let_stand(session: Session, activity_id: int, version: int, member: Member, now: datetime) -> None:
    """Store that planning approved a director's own activity; audited.

    Raises `Rejected` as `find_reviewable`, "already_returned", "corrected_meanwhile", and "nothing_to_review"
    if no director of the unit registered it or it was reviewed before.
    """
    if Role.PLANNING not in member.roles:
        raise Rejected("not_allowed")
    activity = find_reviewable(session, activity_id, member)
    if open_return(session, activity_id) is not None:
        raise Rejected("already_returned", number=activity_id)
    if version != activity.version:
        raise Rejected("corrected_meanwhile", number=activity.id)
    if activity_id not in unreviewed(session, [activity]):
        raise Rejected("nothing_to_review")
    review = Review(activity_id=activity_id, version=version, reviewed_by=member.person_id, reviewed_at=now)
    session.add(review)
    session.flush()
    _record(session, member, now, "review", activity_id, None, {"version": version})


def _record(
    session: Session,
    member: Member,
    now: datetime,
    action: str,
    activity_id: int,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    actor = audit.person(member.person_id)
    audit.record(session, now, actor, action, f"activity:{activity_id}", before, after)


def activity_of(session: Session, given: Return) -> Activity:
    """Return the activity that was returned to its author."""
    return session.get_one(Activity, given.activity_id)
