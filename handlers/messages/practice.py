"""«Probar con un ejemplo»: the card of an example message. It is no draft: nothing can register it."""

from dataclasses import dataclass
from datetime import timedelta

from handlers.activity_form.flow import ActivityFlow
from handlers.chat.command_buttons import RunCommand
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Conversation
from handlers.chat.examples import candidates
from handlers.chat.flows import CARD
from handlers.chat.help import Practice
from handlers.chat.keyboards import button
from handlers.reading.units import capturable_units
from handlers.texts import help as help_texts
from handlers.texts import practice as texts
from handlers.updates.callback_data import CallbackData
from models.errors import Rejected
from models.rights import Action
from models.storage.forms import ActivityForm, ClaimedQuantity, Participants


@dataclass(frozen=True)
class PractiseTap(CallbackData, verb="tried"):
    """The ✅ of the practice card, which registers nothing."""


def show(context: TurnContext, data: Practice) -> None:
    """Show an example of the person's unit as the card that it would become."""
    found = _card(context)
    if found is None:
        raise Rejected("no_programme", year=context.today.year)
    context.answer()
    example, card = found
    context.say(texts.card(example, card), [[button(texts.REGISTER, PractiseTap())]])


def press(context: TurnContext, data: PractiseTap) -> None:
    """Say that it would be registered now, and that it was only practice."""
    context.answer(texts.DONE_SHORT)
    context.edit(texts.DONE, [[button(help_texts.CAPTURE, RunCommand("registrar"))]])


def _card(context: TurnContext) -> tuple[str, str] | None:
    """Return an example of the person's first unit, and its card as HTML; None where there is none."""
    programme = context.programmes.of(context.today) or context.programmes.newest()
    units = capturable_units(context)
    if programme is None or not units:
        return None
    example = next(candidates(programme, [units[0].id]), None)
    if example is None or example.target is None:
        return None
    content = ActivityForm(
        direct=True,
        narrative=example.report,
        unit_id=example.target.unit_id,
        line_id=example.target.line_id,
        claims=(ClaimedQuantity(target_id=example.target.target_id, quantity=example.target.quantity),),
        starts_on=context.today - timedelta(days=1),
        ends_on=context.today - timedelta(days=1),
        people=Participants(participants=example.people) if example.people else None,
    )
    return example.report, ActivityFlow().question(context, content, CARD).text


CONVERSATION = Conversation(
    callbacks=(
        Callback(Practice, Action.CAPTURE, show),
        Callback(PractiseTap, Action.CAPTURE, press),
    )
)
