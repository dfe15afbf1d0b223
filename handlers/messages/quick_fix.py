"""A reply to a card corrects the field that it names: at once on an open card, else after a tap.

The narrative stays as it is; only the fields change.
"""

from datetime import timedelta

from handlers.activities import correction
from handlers.activity_form import answers, report_text
from handlers.activity_form.cards import KEPT_OPEN
from handlers.activity_form.steps import LINE, OPTIONAL, PENDING, QUANTITY
from handlers.chat import drafts
from handlers.chat.context import TurnContext
from handlers.chat.flows import NotAnAnswer
from handlers.reading import readings as reading
from handlers.reading.units import capturable_units
from handlers.texts.activities import facts, fields
from handlers.texts.activities import open_question as question_texts
from handlers.texts.activities import quick_fix as texts
from models.activities import registration
from models.activities.reading import Wanted, page
from models.errors import Rejected
from models.programme.view import LineView, TargetView
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.storage.forms import ActivityForm, ClaimedQuantity
from models.tables.chat.draft import DraftKind
from spanish.reading.amendment import Amendment, read_report_text, takes_back
from spanish.reading.quantities import read_quantity, read_waiting
from spanish.writing.nouns import lower


def amend_card(context: TurnContext, draft: Draft, text: str) -> bool:
    """Correct an open card; return False if the text corrects nothing.

    Raises `Rejected` for an impossible value.
    """
    content = drafts.read(context, draft)
    if not isinstance(content, ActivityForm):
        return False
    changed = amended(context, draft.kind, content, text)
    if changed is None:
        return False
    drafts.keep(context, draft, changed)
    draft_rows.save(context.session, draft)
    drafts.show_in_place(context, draft)
    return True


def amend_and_show(context: TurnContext, draft: Draft, text: str) -> bool:
    """Change other fields of a capture than the one that it asks for, and ask again below what was noted.

    Return False if the text names none.
    """
    content = drafts.read(context, draft)
    try:
        changed = amended(context, draft.kind, content, text)
    except Rejected:
        return False
    if changed is None or changed == content:
        return False
    if draft.step in OPTIONAL and getattr(changed, draft.step) != getattr(content, draft.step):
        return False
    drafts.keep(context, draft, changed)
    draft_rows.save(context.session, draft)
    new = facts.changed(context.programmes, content, changed)
    drafts.show(context, draft, edit=False, preface=question_texts.noted(new) if new else "")
    return True


def amend_registered(context: TurnContext, activity_id: int, text: str) -> bool:
    """Offer a correction with the new value; return False if the text corrects nothing.

    A correction that is still open is updated.
    """
    since = context.now - KEPT_OPEN
    for draft in drafts.recent_cards(context, since):
        if draft.kind is DraftKind.CORRECTION and draft.content.get("activity_id") == activity_id:
            content: ActivityForm = drafts.read(context, draft)
            changed = amended(context, draft.kind, content, text)
            if changed is None:
                return False
            drafts.keep(context, draft, changed)
            draft_rows.save(context.session, draft)
            drafts.show(context, draft, edit=False, preface=texts.offered(activity_id))
            return True
    now = correction.content_of(context, activity_id)
    changed = amended(context, DraftKind.CORRECTION, now, text)
    if changed is None:
        return False
    if changed.facts() == now.facts():
        context.say(texts.says_so_already(activity_id))
        return True
    correction.begin_with(context, activity_id, changed, texts.offered(activity_id))
    return True


def amend_last(context: TurnContext, text: str) -> bool:
    """Offer a correction of what the person registered a short while ago, if the text takes it back."""
    if not takes_back(text):
        return False
    first, now = context.now - CORRECTED_WITHIN, context.now + timedelta(seconds=1)
    units = tuple(unit.id for unit in capturable_units(context))
    days = (context.today - timedelta(days=366), context.today)
    wanted = Wanted(units, *days, author_id=context.member.person_id, registered=(first, now))
    found = (each.activity for each in page(context.session, wanted, 0, MOST_LOOKED_AT))
    mine = [each for each in found if each.withdrawn_at is None and each.id is not None]
    newest = max(mine, key=lambda each: each.registered_at, default=None)
    return newest is not None and newest.id is not None and amend_registered(context, newest.id, text)


CORRECTED_WITHIN = timedelta(minutes=30)
MOST_LOOKED_AT = 20


def amended(context: TurnContext, kind: DraftKind, content: ActivityForm, text: str) -> ActivityForm | None:
    """Return the content with the fields that the text names; None if it names none or says more."""
    if said := read_report_text(text):
        return report_text.take(content, said)
    placed = context.programmes.line(content.line_id) if content.line_id is not None else None
    programme = placed[0] if placed else context.programmes.of(content.ends_on or context.today)
    unit = programme.unit(content.unit_id or 0) if programme else None
    if unit is None:
        return None
    line = placed[2] if placed else None
    read = reading.amendment(context, text, line)
    if read is not None and read.line is not None:
        told = context.conversations.flows[kind].write(context, content, LINE, str(read.line))
        if isinstance(told, NotAnAnswer):
            raise told.refusal
        assert isinstance(told, ActivityForm)
        content, line = told, unit.line(read.line)
        read = reading.amendment(context, text, line)  # the new line has other measures
    return _with_fields(context, content, line, read) if read is not None else None


def _with_fields(
    context: TurnContext, content: ActivityForm, line: LineView | None, read: Amendment
) -> ActivityForm:
    if read.days is not None:
        first, last = read.days
        content = answers.take_days(context, content, f"{first.isoformat()} al {last.isoformat()}")
    for field in fields.OPTIONAL:
        if value := field.amended(field.value(content), read):
            content = answers.take_value(content, field, value)
    quantities = dict(read.quantities)
    if read.number is not None:
        target = _only_target(content, line)
        quantities[target.id] = read_quantity(read.number, target.decimals)
    if read.more is not None:
        target = _only_target(content, line)
        claim = content.claim(target.id)
        quantities[target.id] = read_quantity(read.more, target.decimals) + (claim.quantity if claim else 0)
    for target in line.targets if line else ():
        if target.id in quantities:
            content = _with_quantity(context, content, target, quantities[target.id])
    return content if read.pending is None else _with_pending(context, content, line, read.pending)


def _only_target(content: ActivityForm, line: LineView | None) -> TargetView:
    """Return the target of a number without a measure. Raises `Rejected("amendment_unclear")` for several."""
    targets = line.targets if line else ()
    claimed = [each for each in targets if (claim := content.claim(each.id)) and claim.quantity]
    for few in (targets, claimed):
        if len(few) == 1:
            return few[0]
    if not targets:  # the card has no line yet
        raise Rejected("line_unknown")
    raise Rejected("amendment_unclear", measure=lower(targets[0].measure))


def _with_quantity(
    context: TurnContext, content: ActivityForm, target: TargetView, quantity: int
) -> ActivityForm:
    """As much is claimed; what was said of its pending part stays as far as it can."""
    registration.check_quantity(target, quantity, content.ends_on or context.today)
    before = content.claim(target.id)
    waiting = before.pending if before else 0
    if before is not None and waiting == before.quantity:
        waiting = quantity  # all of it was pending and stays so
    claim = ClaimedQuantity(target_id=target.id, quantity=quantity, pending=min(waiting, quantity))
    told = content.answering(f"{QUANTITY}.{target.id}", claims=content.with_claim(claim))
    if before is None or not before.quantity:
        return told.forgetting(f"{PENDING}.{target.id}")
    return told


def _with_pending(
    context: TurnContext, content: ActivityForm, line: LineView | None, said: str
) -> ActivityForm:
    waiting = [each for each in (line.targets if line else ()) if each.counts_when and content.claim(each.id)]
    if not waiting:
        raise Rejected("nothing_waits")
    if len(waiting) > 1:
        raise Rejected("amendment_unclear", measure=lower(waiting[0].measure))
    claim = content.claim(waiting[0].id)
    assert claim is not None
    pending = read_waiting(said, waiting[0].decimals, claim.quantity)
    if pending > claim.quantity:
        raise Rejected("more_pending_than_done")
    claims = content.with_claim(claim.model_copy(update={"pending": pending}))
    return content.answering(f"{PENDING}.{waiting[0].id}", claims=claims)
