"""Refuses what lies in a closed quarter, with two alternatives: date it today, or ask for a reopening.

A card shows both as buttons of its own; any other refusal shows only the second.
"""

from dataclasses import replace
from datetime import date

from handlers.activity_form.buttons import AskReopening, RefuseReopening, ReopenData
from handlers.chat import broadcast
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Conversation
from handlers.chat.flows import Choice, DraftButton, StepQuestion
from handlers.chat.keyboards import Keyboard, button
from handlers.texts import rejections
from handlers.texts.quarter_end import closing as texts
from models.activities import reading
from models.calendar import closing
from models.errors import Rejected
from models.people import reach
from models.quarter import Quarter
from models.quarter_end import requests
from models.rights import Action
from models.storage import draft as draft_rows
from models.tables.people import Role
from models.tables.signature import ReopeningRequest

TODAY, REOPENING = "today", "reopening"  # values of the two buttons on a card
REASONS = ("quarter_closed", "quarter_signed", "signed_already")


def ways_out(context: TurnContext, refusal: Rejected) -> Keyboard:
    """Return the button that asks for a reopening, if the refusal is about a closed quarter."""
    if refusal.reason not in REASONS:
        return []
    activity_id, line_id = _subject(context)
    asked = AskReopening(refusal.facts["unit_id"], refusal.facts["quarter"], activity_id, line_id)
    return [[button(texts.ASK_REOPENING, asked)]]


def _subject(context: TurnContext) -> tuple[int | None, int | None]:
    """Return the activity, or 0 and the line, that the refused tap was about; None where it names none."""
    data = context.incoming.data or ""
    pressed = DraftButton.find(data)
    if pressed is not None:
        content = draft_rows.content_of(context.session, context.member.person_id, pressed.draft_id) or {}
        number = content.get("activity_id")
        return (number if isinstance(number, int) else None), None
    endpoint = context.conversations.find(context.incoming)
    found = endpoint.data.find(data) if isinstance(endpoint, Callback) else None
    if number := getattr(found, "activity_id", None):
        return int(number), None
    line_id = getattr(found, "line_id", None)
    return (0, int(line_id)) if line_id else (None, None)


def refusal(context: TurnContext, draft_id: int, unit_id: int, day: date) -> Rejected | None:
    """Return why the draft cannot be registered on that day in that unit; None if it can."""
    if context.today < Quarter.of(day).last_day:
        return None
    draft = draft_rows.find(context.session, draft_id)
    try:
        closing.check_open(
            context.session, unit_id, day, draft.said_at if draft else context.said_at, context.now
        )
    except Rejected as refused:
        return refused
    return None


def guarded(context: TurnContext, card: StepQuestion, refused: Rejected | None, day: date) -> StepQuestion:
    """Return the card with the reason why it cannot be registered, and the two buttons."""
    if refused is None:
        return card
    ways = [Choice(texts.ASK_REOPENING, REOPENING)]
    if day.year == context.today.year:  # the line exists in that year's programme only
        ways.insert(0, Choice(texts.DATE_TODAY, TODAY))
    text = f"{card.text}\n\n{texts.closed_card(rejections.sentence(refused))}"
    return replace(card, text=text, ways_out=ways)


def press(context: TurnContext, data: AskReopening) -> None:
    """Handle «Pedir reapertura» below a refusal."""
    ask(context, data.unit_id, data.quarter, _about(context, data))


def _about(context: TurnContext, data: AskReopening) -> str:
    """Return in words what the button's activity or line is. Raises `Rejected("stale_button")`."""
    if data.activity_id:
        activity = reading.look_up(context.session, data.activity_id)
        if activity is None or activity.unit_id != data.unit_id:
            raise Rejected("stale_button")
        return texts.about_activity(data.activity_id, activity.narrative, requests.ABOUT_LIMIT)
    found = context.programmes.line(data.line_id) if data.line_id else None
    if found is not None and found[1].id == data.unit_id:
        return texts.about_line(found[2])
    return texts.ABOUT_SOMETHING


def ask(context: TurnContext, unit_id: int, quarter: Quarter, about: str) -> None:
    """Tell planning what for, with «Procede» and «No procede»; once for each request. Raises `Rejected`."""
    session = context.session
    context.member.require(Action.CAPTURE, unit_id)
    programme = context.programmes.years.get(quarter.year)
    unit = programme.unit(unit_id) if programme else None
    if unit is None:
        raise Rejected("stale_button")
    request = requests.ask(session, unit_id, quarter, about, context.member, context.now)
    if request is not None:
        text = texts.asks_for_reopening(context.member.name, unit.name, quarter, about)
        keyboard = answers(request)
        broadcast.tell(session, reach.reachable(session, Role.PLANNING), text, context.now, keyboard)
    context.answer(texts.ASKED, alert=True)


def answers(request: ReopeningRequest) -> Keyboard:
    """Return «Procede» and «No procede»."""
    grant = button(texts.GRANT, ReopenData(request.unit_id, request.of, request.id))
    return [[grant, button(texts.REFUSE, RefuseReopening(request.id or 0))]]


CONVERSATION = Conversation(callbacks=(Callback(AskReopening, Action.CAPTURE, press),))
