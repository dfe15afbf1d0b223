"""`/settings`: the person's own settings, each with its button."""

from dataclasses import dataclass
from typing import Literal

from handlers.chat import reply_keyboard
from handlers.chat.command_buttons import RunCommand
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.keyboards import button
from handlers.texts import help as texts
from handlers.updates.callback_data import CallbackData
from models.reminders import preferences
from models.rights import Action


@dataclass(frozen=True)
class SetKeyboard(CallbackData, verb="keys"):
    """Show the buttons below the chat, or take them away."""

    shown: Literal["on", "off"]


def show(context: TurnContext) -> None:
    """The hours of notices, the buttons below the chat, and the PIN."""
    wishes = preferences.wishes(context.session, context.member.person_id)
    change = SetKeyboard("off" if wishes.keyboard else "on")
    keys = [
        [button(texts.REMINDERS, RunCommand("recordatorios"))],
        [button(texts.HIDE_KEYS if wishes.keyboard else texts.SHOW_KEYS, change)],
    ]
    if context.member.may(Action.KEEP_PIN):
        keys.append([button(texts.PIN, RunCommand("pin"))])
    context.say(texts.settings(wishes.from_hour, wishes.to_hour), keys)


def press(context: TurnContext, data: SetKeyboard) -> None:
    """Store it, and send the message that changes the keyboard: an edit cannot."""
    shown = data.shown == "on"
    preferences.set_keyboard(context.session, context.member.person_id, shown, context.now)
    context.answer()
    payload = {"text": texts.KEYS_SHOWN if shown else texts.KEYS_HIDDEN}
    context.tell("sendMessage", {**payload, "reply_markup": reply_keyboard.markup(context.member, shown)})


CONVERSATION = Conversation(
    commands=(Command("settings", Action.GET_HELP, show), Command("ajustes", Action.GET_HELP, show)),
    callbacks=(Callback(SetKeyboard, Action.GET_HELP, press),),
)
