"""Checks whether a person may still see and finish a draft, since their roles and units may have changed.

There is one rule for all kinds, checked wherever an open draft is shown, changed, listed or finished.
"""

from sqlmodel import Session

from models.rights import Action, Member
from models.storage.draft import Draft
from models.tables.activity import Activity, Entry
from models.tables.chat.draft import DraftKind
from models.tables.programme import Line

ACTIONS = {
    DraftKind.ACTIVITY: Action.CAPTURE,
    DraftKind.SETTLEMENT: Action.CAPTURE,
    DraftKind.CORRECTION: Action.CORRECT,
    DraftKind.WITHDRAWAL: Action.CORRECT,
    DraftKind.RETURN: Action.REVIEW,
    DraftKind.STANDSTILL: Action.CAPTURE,
    DraftKind.OBSERVATION: Action.STATE,
    DraftKind.PRESENTATION: Action.STATE,
    DraftKind.SIGNATURE: Action.SIGN,
    DraftKind.REOPENING: Action.REOPEN,
    DraftKind.ADJUSTMENT: Action.CHANGE_PROGRAMME,
    DraftKind.IMPORT: Action.CHANGE_PROGRAMME,
    DraftKind.CALENDAR: Action.KEEP_CALENDAR,
    DraftKind.ABSENCE: Action.MARK_ABSENT,
    DraftKind.INVITATION: Action.INVITE,
    DraftKind.NAME: Action.MANAGE_PEOPLE,
    DraftKind.REFUSAL: Action.REOPEN,
    DraftKind.CAPTION: Action.CORRECT,
}
_OF_NO_UNIT = (
    *(DraftKind.ADJUSTMENT, DraftKind.IMPORT, DraftKind.CALENDAR),
    *(DraftKind.INVITATION, DraftKind.NAME, DraftKind.REFUSAL),
)


def may_hold(session: Session, draft: Draft, member: Member) -> bool:
    """Return whether the person has the right, in the unit concerned, to do what the draft is for."""
    action, content = ACTIONS[draft.kind], draft.content
    if draft.person_id != member.person_id:
        return False
    if draft.kind in (DraftKind.ACTIVITY, DraftKind.SIGNATURE, DraftKind.REOPENING, DraftKind.ABSENCE):
        return member.may(action, content.get("unit_id"))
    if draft.kind is DraftKind.PRESENTATION:
        return member.may(action, content["owner_id"])
    if draft.kind in (DraftKind.STANDSTILL, DraftKind.OBSERVATION):
        line = session.get(Line, content["owner_id"])
        return line is not None and member.may(action, line.unit_id)
    if draft.kind in _OF_NO_UNIT:
        return member.may(action)
    activity = activity_of(session, draft)
    return activity is not None and member.may(action, activity.unit_id, activity.registered_by)


def activity_of(session: Session, draft: Draft) -> Activity | None:
    """Return the activity that a settlement, correction, withdrawal or return is about, or None."""
    if draft.kind is DraftKind.SETTLEMENT:
        entry = session.get(Entry, draft.content["entry_id"])
        return session.get(Activity, entry.activity_id) if entry is not None else None
    return session.get(Activity, draft.content["activity_id"])
