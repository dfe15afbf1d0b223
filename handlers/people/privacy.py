"""`/privacidad`: the institution's privacy notice, shown when somebody joins, too, with its acceptance."""

from dataclasses import dataclass

from handlers.chat import fitting
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.keyboards import Keyboard, button
from handlers.texts.people import privacy as texts
from handlers.updates.callback_data import CallbackData, Text
from models.people import privacy
from models.people.privacy import PrivacyNotice
from models.rights import Action

DIGITS = 16  # of the notice's hash, in its button
LONGEST = 3500  # characters of a message of the notice


@dataclass(frozen=True)
class AcceptNotice(CallbackData, verb="prv"):
    """«Lo leí y acepto», of the notice whose hash begins so."""

    sha256: Text


def show(context: TurnContext) -> None:
    """`/privacidad`: show the notice and whether the person accepted it."""
    notice = privacy.notice(context.session)
    if notice is None:
        context.say(texts.NONE)
    else:
        _show(context, notice)


def show_at_joining(context: TurnContext) -> None:
    """Show the notice to somebody who just joined, unless there is none or they accepted it before."""
    notice = privacy.notice(context.session)
    if notice is None:
        return
    found = privacy.accepted(context.session, context.member.person_id)
    if not any(each.notice_sha256 == notice.sha256 and each.accepted_at for each in found):
        _show(context, notice)


def _show(context: TurnContext, notice: PrivacyNotice) -> None:
    row = privacy.note_shown(context.session, context.member.person_id, notice, context.now)
    accepted_at = row.accepted_at.astimezone(context.zone) if row.accepted_at else None
    parts = fitting.pieces(texts.notice(notice), LONGEST)
    keyboard: Keyboard = []
    if accepted_at is None:
        keyboard = [[button(texts.ACCEPT, AcceptNotice(notice.sha256[:DIGITS]))]]
    for part in parts[:-1]:
        context.say(part)
    context.say(f"{parts[-1]}\n\n{texts.state(notice, accepted_at)}", keyboard)


def press(context: TurnContext, data: AcceptNotice) -> None:
    """Store the acceptance. Raises `Rejected`: "notice_changed", "notice_accepted"."""
    row = privacy.accept(context.session, context.member.person_id, data.sha256, context.now)
    context.answer(texts.ACCEPTED)
    context.say(texts.accepted(row.version))


CONVERSATION = Conversation(
    commands=(Command("privacidad", Action.GET_HELP, show, texts.MENU),),
    callbacks=(Callback(AcceptNotice, Action.GET_HELP, press),),
)
