"""What the report says of an activity: made from its narrative, or as somebody wrote it.

A form has `report_text` only where somebody wrote one; `settled` adds the one that is made, for the card and
for registering.
"""

from datetime import date

from handlers.activity_form import answers
from handlers.chat.context import TurnContext
from handlers.chat.flows import Choice, StepQuestion
from handlers.texts.activities import capture as texts
from models.activities import reading as activities
from models.activities import registration
from models.activities.correction import changes_only_report_text, current_form
from models.programme.view import ProgrammeView
from models.storage import draft as draft_rows
from models.storage.forms import ActivityForm
from models.tables.activity import Activity
from reports.quarterly import wording
from spanish.rewording.sentence import House, house_of, reworded


def settled(context: TurnContext, content: ActivityForm) -> ActivityForm:
    """Return the content with the report's text: the person's, else the one that its narrative makes.

    In a correction of the narrative or the days, a text that was made of them is made again.
    """
    if content.report_text is not None and not _is_outdated(context, content):
        return content
    return content.model_copy(update={"report_text": made(context, content)})


def made(context: TurnContext, content: ActivityForm) -> str | None:
    """Return the text that the narrative makes; None while it or the days are missing."""
    if not content.narrative or content.starts_on is None or content.ends_on is None:
        return None
    if content.unread:  # it took too long to read
        return content.narrative
    programme = context.programmes.of(content.ends_on)
    own = (content.starts_on, content.ends_on)
    return reworded(content.narrative, _said_on(context, content), own, house(programme)) or content.narrative


def of_activity(context: TurnContext, activity: Activity) -> str:
    """Return the registered activity's text, made now if it was registered without one."""
    if activity.report_text is not None:
        return activity.report_text
    programme = context.programmes.of(activity.ends_on)
    said_on = activity.said_at.astimezone(context.zone).date()
    own = (activity.starts_on, activity.ends_on)
    return reworded(activity.narrative, said_on, own, house(programme)) or activity.narrative


def house(programme: ProgrammeView | None) -> House:
    """Return how the programme's agency writes."""
    return wording.house(programme) if programme else house_of(None)


def is_only_change(context: TurnContext, content: ActivityForm) -> bool:
    """Return whether a correction changes the report's text alone, which a close does not prevent."""
    activity = activities.look_up(context.session, content.activity_id or 0)
    if activity is None or content.report_text in (None, activity.report_text):
        return False
    return changes_only_report_text(context.session, activity, content)


def ask(context: TurnContext, content: ActivityForm) -> StepQuestion:
    now = settled(context, content).report_text or ""
    return StepQuestion(texts.report_text(now), [Choice(texts.MADE_AGAIN, answers.NONE)])


def choose(content: ActivityForm, value: str) -> ActivityForm | None:
    return content.model_copy(update={"report_text": None}) if value == answers.NONE else None


def take(content: ActivityForm, text: str) -> ActivityForm:
    """Return the content with that text for the report. Raises `Rejected` if it is too long or no text."""
    registration.check_narrative(text)
    return content.model_copy(update={"report_text": text.strip()})


def _is_outdated(context: TurnContext, content: ActivityForm) -> bool:
    """Whether the text is still the one that was made of what the correction changes."""
    if content.activity_id is None:
        return False
    activity = activities.look_up(context.session, content.activity_id)
    if activity is None or content.report_text != activity.report_text:
        return False
    same = (activity.narrative, activity.starts_on, activity.ends_on)
    if same == (content.narrative, content.starts_on, content.ends_on):
        return False
    before = current_form(context.session, activity).model_copy(update={"draft_id": activity.draft_id or 0})
    return content.report_text == made(context, before)


def _said_on(context: TurnContext, content: ActivityForm) -> date:
    """Return the local day on which the narrative was written."""
    draft = draft_rows.find(context.session, content.draft_id) if content.draft_id else None
    return draft.said_at.astimezone(context.zone).date() if draft else context.relative_to
