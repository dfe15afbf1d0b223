"""Registers activities, and undoes a registration. Rules: docs/rules.md#activity.

Functions raise `Rejected` with the reason, and nothing is changed then.
"""

import re
from datetime import date, datetime, timedelta

from sqlmodel import Session

from models.activities import returning
from models.activities.fields import columns_of
from models.calendar import closing
from models.errors import Rejected
from models.evidence import attachment
from models.programme.view import LineView, Programmes, TargetView, UnitView, programmes
from models.rights import Action, Member
from models.storage import audit
from models.storage.draft import Draft, save
from models.storage.forms import ActivityForm, ClaimedQuantity
from models.tables.activity import Activity, DocumentNumber, Entry

UNDO_WITHIN = timedelta(minutes=10)
NARRATIVE_LIMIT = 3000  # characters; a card with it still fits one message
DOCUMENTS_LIMIT = 20
DOCUMENT_LENGTH = 80


def find_line(known: Programmes, form: ActivityForm) -> tuple[UnitView, LineView]:
    """Return the unit and line that the form names. Raises `Rejected("line_gone")` if they are gone."""
    found = known.line(form.line_id) if form.line_id is not None else None
    if found is None:
        raise Rejected("line_gone")
    return found[1], found[2]


def check_quantity(target: TargetView, quantity: int, on: date) -> None:
    """Raise `Rejected("quantity_too_large")` below 0, or above both 1000 and ten times the target."""
    limit = max(1000 * 10**target.decimals, 10 * target.in_force(on).amount)
    if quantity < 0 or quantity > limit:
        raise Rejected("quantity_too_large", measure=target.measure.lower())


def check_days(known: Programmes, line_id: int, starts_on: date, ends_on: date, today: date) -> None:
    """Check that days are in order, not in the future, in the programme's year, with the line in force."""
    check_span(starts_on, ends_on, today)
    found = known.line(line_id)
    if found is None:
        raise Rejected("line_gone")
    year = found[0].year
    if starts_on.year != year or ends_on.year != year:
        other = starts_on.year if starts_on.year != year else ends_on.year
        raise Rejected("day_outside_programme", day_year=other, year=year)
    line = found[2]
    if not (line.in_force(starts_on) and line.in_force(ends_on)):
        raise Rejected("day_outside_force", line=line)


def check_span(starts_on: date, ends_on: date, today: date) -> None:
    """Raise `Rejected`: "days_out_of_order", "day_in_future"."""
    if starts_on > ends_on:
        raise Rejected("days_out_of_order")
    if ends_on > today:
        raise Rejected("day_in_future")


def check_narrative(narrative: str) -> None:
    if len(narrative) > NARRATIVE_LIMIT:
        raise Rejected("narrative_too_long", length=len(narrative), limit=NARRATIVE_LIMIT)
    if not any(character.isalnum() for character in narrative):
        raise Rejected("narrative_empty")


def split_documents(text: str) -> tuple[str, ...]:
    """Split document numbers at commas, semicolons and line ends; each once, in order.

    Raises `Rejected("documents_unreadable")` for none, too many or too long ones, and for one without
    a digit or a slash («s/n»).
    """
    numbers = tuple(dict.fromkeys(each.strip() for each in re.split(r"[,;\n]", text) if each.strip()))
    fits = 0 < len(numbers) <= DOCUMENTS_LIMIT and max(map(len, numbers)) <= DOCUMENT_LENGTH
    if not fits or not all(re.search(r"[\d/]", each) for each in numbers):
        raise Rejected("documents_unreadable", limit=DOCUMENTS_LIMIT, length=DOCUMENT_LENGTH)
    return numbers


def register(
    session: Session, draft: Draft, form: ActivityForm, member: Member, today: date, now: datetime
) -> int:
    """Register the draft as an activity with its entries; audited. Returns the activity's number.

    Everything is checked again, since rights, programme and calendar may have changed after the card was
    sent.
    """
    unit, line = find_line(programmes(session), form)
    member.require(Action.CAPTURE, unit.id)
    claims = checked_claims(session, line, form, today)
    assert form.ends_on is not None
    closing.check_open(session, unit.id, form.ends_on, draft.said_at, now)
    activity = Activity(
        unit_id=unit.id,
        line_id=line.id,
        draft_id=draft.id,
        registered_by=member.person_id,
        registered_at=now,
        said_at=draft.said_at,
        **columns_of(form),
    )
    session.add(activity)
    session.flush()
    assert activity.id is not None
    session.add_all(Entry(activity_id=activity.id, **claim.model_dump()) for claim in claims)
    session.add_all(DocumentNumber(activity_id=activity.id, number=each) for each in form.documents)
    attachment.move_to_activity(session, draft.id, activity.id)
    draft.registered_at = now
    save(session, draft)
    actor = audit.person(member.person_id)
    audit.record(session, now, actor, "register", f"activity:{activity.id}", None, form.facts())
    return activity.id


def checked_claims(
    session: Session, line: LineView, form: ActivityForm, today: date
) -> list[ClaimedQuantity]:
    """Return the claims to store: those with a quantity, or one of 0 for a step that does not count yet."""
    if form.starts_on is None or form.ends_on is None or not form.narrative or not form.claims:
        raise Rejected("draft_incomplete")
    check_days(programmes(session), line.id, form.starts_on, form.ends_on, today)
    check_narrative(form.narrative)
    targets = {target.id: target for target in line.targets}
    for claim in form.claims:
        if claim.target_id not in targets:
            raise Rejected("line_gone")
        check_quantity(targets[claim.target_id], claim.quantity, form.ends_on)
    return [claim for claim in form.claims if claim.quantity] or [form.claims[0]]


def undo(session: Session, activity_id: int, member: Member, now: datetime) -> Activity:
    """«Deshacer»: withdraw the author's own activity within ten minutes of its registration.

    If its quarter closed meanwhile, as long as the card itself could still have been confirmed.
    """
    activity = session.get(Activity, activity_id)
    if activity is None or activity.registered_by != member.person_id:
        raise Rejected("not_yours")
    if activity.withdrawn_at is not None:
        raise Rejected("already_undone")
    if now - activity.registered_at > UNDO_WITHIN:
        raise Rejected("too_late_to_undo")
    closing.check_activity(session, activity, activity.said_at, now)
    activity.withdrawn_at = now
    activity.withdrawn_by = member.person_id
    session.add(activity)
    returning.resolve_return(session, activity_id, member, now)
    audit.record(
        session,
        now,
        audit.person(member.person_id),
        "undo",
        f"activity:{activity_id}",
        {"withdrawn": False},
        {"withdrawn": True},
    )
    return activity
