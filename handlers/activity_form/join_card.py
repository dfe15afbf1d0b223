"""Decides what a text or file belongs to: a new activity, an open card, or a registered activity."""

from datetime import timedelta

from handlers.activity_form import apply_text
from handlers.activity_form.steps import BELONGS, NARRATIVE
from handlers.chat import drafts
from handlers.chat.context import TurnContext
from handlers.chat.flows import NotAnAnswer
from handlers.reading.units import capturable_units
from handlers.texts.activities import belonging as texts
from models.activities import reading as activities
from models.activities import registration
from models.errors import Rejected
from models.evidence import attachment
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.storage.forms import ActivityForm
from models.tables.activity import Activity
from models.tables.chat.draft import DraftKind
from spanish.reading.courtesy import is_courtesy
from spanish.writing.folding import fold

NEW, DRAFT, ACTIVITY = "new", "d", "a"  # value of a choice: "new", or "d" or "a" with a number
RECENTLY = timedelta(hours=24)
OFFERED = 4  # at most so many open cards, and so many activities, to choose from
_YES, _NO = ("si", "si es parte", "es parte"), ("no", "no es parte", "es otra", "otra")


def choose(context: TurnContext, content: ActivityForm, value: str) -> ActivityForm | None:
    """Handle the button that says what it belongs to; return None if it was merged into something else."""
    if value == NEW:
        return content.answering(BELONGS)
    kind, number = value[:1], value[1:]
    if not number.isdecimal() or len(number) > 9 or kind not in (DRAFT, ACTIVITY):
        raise Rejected("stale_button")
    return (_into_draft if kind == DRAFT else _into_activity)(context, content, int(number))


def write(context: TurnContext, content: ActivityForm, text: str) -> ActivityForm | NotAnAnswer | None:
    """Handle a text after the question: yes, no, or what was done in files that came without words."""
    said = fold(text).strip(" .!")
    if content.parent is not None and said in _YES:
        return _into_draft(context, content, content.parent)
    if content.parent is not None and said in _NO:
        return content.answering(BELONGS)
    if not content.narrative and is_courtesy(text):
        raise Rejected("file_unclaimed")
    if not content.narrative:
        return apply_text.take_narrative(context, content, text)
    return NotAnAnswer(Rejected("belongs_unclear"), however_short=True)


def recent_cards(context: TurnContext, draft_id: int) -> list[Draft]:
    """Return the person's other open cards that were touched within a day."""
    since = context.said_at - RECENTLY
    found = drafts.recent_cards(context, since)
    cards = [each for each in found if each.step != BELONGS or each.content.get("narrative")]
    return [each for each in cards if each.id != draft_id][:OFFERED]


def recent_activities(context: TurnContext) -> list[Activity]:
    """Return what the person registered within a day in the units where they may register."""
    units = [unit.id for unit in capturable_units(context)]
    since = context.now - RECENTLY
    return activities.registered_since(context.session, context.member.person_id, units, since, OFFERED)


def together(context: TurnContext, content: ActivityForm, part: ActivityForm) -> ActivityForm:
    """Return the content with the part's text appended."""
    if not part.narrative:
        return content
    if not content.narrative:
        told = apply_text.begin(context, content, part.narrative) if content.direct else content
        told = told.answering(NARRATIVE, narrative=part.narrative)
    else:
        told = retold(context, content, f"{content.narrative}\n{part.narrative}")
    return told.model_copy(update={"parts": (*content.parts, *part.parts)})


def retold(context: TurnContext, content: ActivityForm, text: str) -> ActivityForm:
    """Return the content with another narrative; in a guided capture no other field is derived from it."""
    if content.direct:
        return apply_text.retell(context, content, text)
    kept = drafts.fitting_words(context, text, registration.NARRATIVE_LIMIT)
    registration.check_narrative(kept)
    return content.answering(NARRATIVE, narrative=kept, report_text=None)


def _into_draft(context: TurnContext, content: ActivityForm, parent_id: int) -> ActivityForm | None:
    """Merge the draft into the parent, whose card replaces the question.

    Return None, or the content if it is closed.
    """
    session = context.session
    parent = draft_rows.whole(session, parent_id)
    if parent is None or parent.person_id != context.member.person_id or parent.id == content.draft_id:
        raise Rejected("stale_button")
    if not draft_rows.is_open(parent):
        context.answer(texts.PARENT_CLOSED, alert=True)
        return content.answering(BELONGS)
    drafts.check_held(context, parent)
    part = _this(context, content)
    more = attachment.gathered(session, draft_id=part.id).counts.total()
    attachment.check_room(session, more, draft_id=parent.id)
    drafts.keep(context, parent, together(context, drafts.read(context, parent), content))
    draft_rows.save(session, parent)
    attachment.move(session, part.id, parent.id)
    draft_rows.merge(session, part, parent.id, context.now)
    context.change_card(parent.id, texts.GOES_ON_BELOW, [])
    drafts.show(context, parent, edit=True)
    return None


def _into_activity(context: TurnContext, content: ActivityForm, activity_id: int) -> None:
    """Attach files that came without words to a registered activity. Raises `Rejected`."""
    session = context.session
    activity = activities.look_up(session, activity_id)
    if activity is None or activity.draft_id is None:
        raise Rejected("stale_button")
    part = _this(context, content)
    attachment.check_changeable(session, activity_id, context.member)
    if not attachment.gathered(session, draft_id=part.id):  # every file was refused meanwhile
        context.answer(texts.NOTHING_LEFT, alert=True)
        return
    evidence = attachment.give_to_activity(session, part.id, activity, context.member, context.now)
    draft_rows.merge(session, part, activity.draft_id, context.now)
    draft_rows.ask_for_card(session, activity.draft_id, context.now)
    context.edit(texts.added(activity_id, evidence), [])


def _this(context: TurnContext, content: ActivityForm) -> Draft:
    draft = draft_rows.find(context.session, content.draft_id)
    if draft is None or draft.kind is not DraftKind.ACTIVITY or not draft_rows.is_open(draft):
        raise Rejected("stale_button")
    return draft
