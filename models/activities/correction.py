"""Corrects registered activities; the earlier version is kept whole. Rules: docs/rules.md#activity.

Functions raise `Rejected` with the reason, and nothing is changed then.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from models.activities import returning
from models.activities.detail import documents
from models.activities.fields import columns_of, form_of
from models.activities.reading import find_correctable
from models.activities.registration import checked_claims, find_line
from models.calendar import closing
from models.errors import Rejected
from models.evidence import attachment
from models.programme.view import LineView, programmes
from models.quarter import Quarter
from models.rights import Action, Member
from models.storage import audit
from models.storage.draft import Draft, save
from models.storage.forms import ActivityForm, ClaimedQuantity
from models.tables.activity import Activity, DocumentNumber, Entry, Revision, Settlement
from models.tables.programme import Target


def current_form(session: Session, activity: Activity) -> ActivityForm:
    """Return the form of a draft that corrects the activity, filled with its present facts."""
    session.flush()
    entries = session.exec(
        select(Entry)
        .join(Target, col(Target.id) == col(Entry.target_id))
        .where(Entry.activity_id == activity.id, Target.line_id == activity.line_id)
        .order_by(col(Entry.target_id))
    ).all()
    counted = [each for each in entries if each.quantity] or entries[:1]
    claims = (
        ClaimedQuantity(target_id=each.target_id, quantity=each.quantity, pending=each.pending)
        for each in counted
    )
    return form_of(activity, claims, documents(session, activity.id or 0))


def settled_of(session: Session, activity_id: int) -> dict[int, int]:
    """Return, by target, how much of its pending quantity was settled, scaled."""
    rows = session.execute(
        select(Entry.target_id, func.sum(Settlement.quantity))
        .join(Settlement, col(Settlement.entry_id) == col(Entry.id))
        .where(Entry.activity_id == activity_id, col(Settlement.undone_at).is_(None))
        .group_by(col(Entry.target_id))
    )
    return {target_id: int(quantity) for target_id, quantity in rows}


def correct(
    session: Session, draft: Draft, form: ActivityForm, member: Member, today: date, now: datetime
) -> Activity:
    """Change the activity as the draft says; audited. Its version rises and the earlier one is kept.

    Everything is checked again, as at registration. Also raises `Rejected`: "corrected_meanwhile" if the
    version is no longer the one that the draft began with, "nothing_changed", and "below_settled" and
    "settled_before_new_days" if the correction contradicts a settled quantity.
    """
    activity = find_correctable(session, form.activity_id or 0, member)
    assert activity.id is not None
    if form.version != activity.version:
        raise Rejected("corrected_meanwhile", number=activity.id)
    unit, line = find_line(programmes(session), form)
    member.require(Action.CAPTURE, unit.id)
    claims = checked_claims(session, line, form, today)
    assert form.ends_on is not None
    claims.sort(key=lambda claim: claim.target_id)
    _check_open(session, activity, form.model_copy(update={"claims": tuple(claims)}), draft, now)
    _check_settled(session, activity, claims, form)
    before = _content(session, activity)
    wanted = form.model_copy(update={"unit_id": unit.id, "claims": tuple(claims)})
    _change_evidence(session, draft.id, activity.id, form.removed, member, now)
    after = {**wanted.facts(), "evidence": _evidence(session, activity.id)}
    if after == before:
        raise Rejected("nothing_changed")
    session.add(
        Revision(
            activity_id=activity.id,
            version=activity.version,
            content=before,
            replaced_by=member.person_id,
            replaced_at=now,
        )
    )
    _change(session, activity, line, wanted)
    returning.resolve_return(session, activity.id, member, now)
    draft.registered_at = now
    save(session, draft)
    actor = audit.person(member.person_id)
    audit.record(session, now, actor, "correct", f"activity:{activity.id}", before, after)
    return activity


def reword(
    session: Session, activity_id: int, version: int, text: str, member: Member, now: datetime
) -> Activity:
    """Change what the report says of an activity; audited. Its version rises and the earlier one is kept.

    Raises `Rejected` as `find_correctable`, "corrected_meanwhile" for another version, "quarter_signed".
    """
    activity = find_correctable(session, activity_id, member)
    if activity.version != version:
        raise Rejected("corrected_meanwhile", number=activity_id)
    closing.check_unsigned(session, activity.unit_id, Quarter.of(activity.ends_on))
    before = _content(session, activity)
    session.add(
        Revision(
            activity_id=activity_id,
            version=version,
            content=before,
            replaced_by=member.person_id,
            replaced_at=now,
        )
    )
    activity.report_text = text
    activity.version += 1
    session.add(activity)
    session.flush()
    after = _content(session, activity)
    audit.record(
        session, now, audit.person(member.person_id), "correct", f"activity:{activity_id}", before, after
    )
    return activity


def _check_open(
    session: Session, activity: Activity, form: ActivityForm, draft: Draft, now: datetime
) -> None:
    """Check that the quarters of both versions are open; for the report's text alone, that it is unsigned."""
    if changes_only_report_text(session, activity, form):
        closing.check_unsigned(session, activity.unit_id, Quarter.of(activity.ends_on))
        return
    assert form.ends_on is not None
    for unit_id, day in ((activity.unit_id, activity.ends_on), (form.unit_id or 0, form.ends_on)):
        closing.check_open(session, unit_id, day, draft.said_at, now)


def changes_only_report_text(session: Session, activity: Activity, form: ActivityForm) -> bool:
    """Return whether the correction changes nothing that counts or is evidence."""
    before = current_form(session, activity).facts()
    after = form.facts()
    return (
        before | {"report_text": None} == after | {"report_text": None}
        and not form.removed
        and not attachment.gathered(session, draft_id=form.draft_id)
    )


def _content(session: Session, activity: Activity) -> dict[str, Any]:
    """Return the content of the present version, as a `Revision` keeps it."""
    facts = current_form(session, activity).facts()
    return {**facts, "evidence": _evidence(session, activity.id or 0)}


def _evidence(session: Session, activity_id: int) -> list[int | None]:
    return [each.id for each in attachment.pieces(session, activity_id=activity_id)]


def _check_settled(
    session: Session, activity: Activity, claims: list[ClaimedQuantity], form: ActivityForm
) -> None:
    """Check that no pending quantity is below what was settled, and no settlement before the new last day."""
    pending = {claim.target_id: claim.pending for claim in claims}
    for target_id, quantity in settled_of(session, activity.id or 0).items():
        if pending.get(target_id, 0) < quantity:
            target = session.get_one(Target, target_id)
            settled = Decimal(quantity).scaleb(-target.decimals)
            raise Rejected("below_settled", settled=settled, measure=target.measure.lower())
    first = session.exec(
        select(func.min(Settlement.counts_on))
        .join(Entry, col(Entry.id) == col(Settlement.entry_id))
        .where(Entry.activity_id == activity.id, col(Settlement.undone_at).is_(None))
    ).one()
    if first is not None and form.ends_on is not None and form.ends_on > first:
        raise Rejected("settled_before_new_days")


def _change_evidence(
    session: Session, draft_id: int, activity_id: int, removed: tuple[int, ...], member: Member, now: datetime
) -> None:
    """Add the correction's evidence to the activity; mark what it removes as removed, without deleting it."""
    for piece in attachment.pieces(session, activity_id=activity_id):
        if piece.id in removed:
            piece.removed_at, piece.removed_by = now, member.person_id
    more = attachment.gathered(session, draft_id=draft_id)
    attachment.check_room(session, more.counts.total(), activity_id=activity_id)
    attachment.move_to_activity(session, draft_id, activity_id)
    session.flush()


def _change(session: Session, activity: Activity, line: LineView, wanted: ActivityForm) -> None:
    """Change the rows. An entry without a claim is deleted, unless an undone settlement refers to it."""
    assert activity.id is not None and wanted.starts_on and wanted.ends_on and wanted.narrative
    activity.unit_id, activity.line_id = line.unit_id, line.id
    activity.sqlmodel_update(columns_of(wanted))
    activity.version += 1
    entries = {
        each.target_id: each
        for each in session.exec(select(Entry).where(Entry.activity_id == activity.id)).all()
    }
    for claim in wanted.claims:
        entry = entries.pop(claim.target_id, None)
        entry = entry or Entry(activity_id=activity.id, target_id=claim.target_id, quantity=0)
        entry.quantity, entry.pending = claim.quantity, claim.pending
        session.add(entry)
    for entry in entries.values():
        if session.exec(select(Settlement.id).where(Settlement.entry_id == entry.id).limit(1)).first():
            entry.quantity = entry.pending = 0
        else:
            session.delete(entry)
    session.execute(delete(DocumentNumber).where(col(DocumentNumber.activity_id) == activity.id))
    session.add_all(DocumentNumber(activity_id=activity.id, number=each) for each in wanted.documents)
    session.flush()
