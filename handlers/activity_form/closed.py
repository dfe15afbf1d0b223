"""Refuses what lies in a closed quarter, with two alternatives: date it today, or ask for a reopening.

A card shows both as buttons of its own; any other refusal shows only the second.
"""

from dataclasses import replace
from datetime import date

from handlers.activity_form.buttons import AskReopening, ReopenData
from handlers.chat import broadcast
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Conversation
from handlers.chat.flows import Choice, StepQuestion
from handlers.chat.keyboards import Keyboard, button
from handlers.texts import rejections
from handlers.texts.quarter_end import closing as texts
from models.calendar import closing
from models.errors import Rejected
from models.people import reach
from models.quarter import Quarter
from models.reminders import reminders
from models.rights import Action
from models.storage import draft as draft_rows
from models.tables.people import Role

TODAY, REOPENING = "today", "reopening"  # values of the two buttons on a card
REASONS = ("quarter_closed", "quarter_signed", "signed_already")
ASKED = "reopening-asked"  # kind of `Notice`: limits requests to one per person and day


def ways_out(refusal: Rejected) -> Keyboard:
    """Return the button that asks for a reopening, if the refusal is about a closed quarter."""
    if refusal.reason not in REASONS:
        return []
    facts = refusal.facts
    return [[button(texts.ASK_REOPENING, AskReopening(facts["unit_id"], facts["quarter"]))]]


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
    ask(context, data.unit_id, data.quarter)


def ask(context: TurnContext, unit_id: int, quarter: Quarter) -> None:
    """Tell planning, with a button that reopens; at most once a day per person. Raises `Rejected`."""
    session = context.session
    context.member.require(Action.CAPTURE, unit_id)
    programme = context.programmes.years.get(quarter.year)
    unit = programme.unit(unit_id) if programme else None
    if unit is None:
        raise Rejected("stale_button")
    period = f"{quarter.key}:{unit.key}:{context.now.astimezone(context.zone).date()}"
    person = context.member.person_id
    if reminders.claim(session, ASKED, person, period, context.now):
        text = texts.asks_for_reopening(context.member.name, unit.name, quarter)
        planning = reach.reachable(session, Role.PLANNING)
        keyboard = [[button(texts.REOPEN, ReopenData(unit_id, quarter))]]
        broadcast.tell(session, planning, text, context.now, keyboard)
    context.answer(texts.ASKED, alert=True)


CONVERSATION = Conversation(callbacks=(Callback(AskReopening, Action.CAPTURE, press),))
