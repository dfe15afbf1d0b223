"""Begins the correction of a registered activity, from its button or with changes that a message made."""

from handlers.activities.correction_flow import CorrectionFlow, opened
from handlers.activity_form.buttons import Correct
from handlers.activity_form.steps import QUANTITY, REPORT_TEXT
from handlers.chat import drafts
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Conversation
from models.activities import reading as activities
from models.calendar import closing
from models.quarter import Quarter
from models.rights import Action
from models.storage.draft import Draft
from models.storage.forms import ActivityForm
from models.tables.activity import Activity
from models.tables.chat.draft import DraftKind


def begin(context: TurnContext, data: Correct) -> None:
    """✏️: open the activity's card for correction, or show the correction of it that is already open.

    If the button names a step, ask that field at once. Raises `Rejected` if it may not be corrected.
    """
    activity = _correctable(context, data.activity_id, data.step)
    draft = _open_already(context, activity)
    if draft is None:
        drafts.check_room(context, DraftKind.CORRECTION)
        draft = drafts.begin(context, DraftKind.CORRECTION, opened(context, activity))
    step = _step(context, draft, data.step)
    if step is None:
        drafts.show(context, draft, edit=False)
    else:
        drafts.go_to_step(context, draft, step)


def content_of(context: TurnContext, activity_id: int) -> ActivityForm:
    """Return the activity's current content, every step answered, to be changed and given to `begin_with`."""
    return opened(context, _correctable(context, activity_id))


def begin_with(context: TurnContext, activity_id: int, content: ActivityForm, preface: str = "") -> None:
    """Offer a correction with content that has been changed already, below the `preface`."""
    activity = _correctable(context, activity_id)
    changed = content.model_copy(update={"activity_id": activity.id, "version": activity.version})
    drafts.check_room(context, DraftKind.CORRECTION)
    draft = drafts.begin(context, DraftKind.CORRECTION, changed)
    drafts.show(context, draft, edit=False, preface=preface)


def _open_already(context: TurnContext, activity: Activity) -> Draft | None:
    draft = drafts.newest_open(context)
    if draft is None or draft.kind is not DraftKind.CORRECTION:
        return None
    content: ActivityForm = drafts.read(context, draft)
    same = (content.activity_id, content.version) == (activity.id, activity.version)
    return draft if same else None


def _step(context: TurnContext, draft: Draft, asked: str | None) -> str | None:
    """Return the step that a button names, or None; for quantities, the first target with a claim."""
    flow, content = drafts.flow_of(context, draft), drafts.read(context, draft)
    claimed = [f"{QUANTITY}.{each.target_id}" for each in content.claims if each.quantity]
    known = [*claimed, *flow.steps(context, content), *flow.optional]
    return next((step for step in known if step.partition(".")[0] == asked), None)


def _correctable(context: TurnContext, activity_id: int, step: str | None = None) -> Activity:
    """Return the activity. Raises `Rejected` if the person may not correct it or its quarter is closed.

    The report's text changes no figure, and so only a signature closes it.
    """
    activity = activities.find_correctable(context.session, activity_id, context.member)
    if step == REPORT_TEXT:
        closing.check_unsigned(context.session, activity.unit_id, Quarter.of(activity.ends_on))
        return activity
    closing.check_open(context.session, activity.unit_id, activity.ends_on, context.said_at, context.now)
    return activity


CONVERSATION = Conversation(
    callbacks=(Callback(Correct, Action.CORRECT, begin),),
    flows={DraftKind.CORRECTION: CorrectionFlow()},
)
