"""`/settings`: the person's own settings, each with its button."""

from handlers.chat.command_buttons import RunCommand
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Command, Conversation
from handlers.chat.keyboards import button
from handlers.texts import help as texts
from models.reminders import preferences
from models.rights import Action


def show(context: TurnContext) -> None:
    """The hours of notices, and what else can be set."""
    wishes = preferences.wishes(context.session, context.member.person_id)
    keys = [[button(texts.REMINDERS, RunCommand("recordatorios"))]]
    if context.member.may(Action.KEEP_PIN):
        keys.append([button(texts.PIN, RunCommand("pin"))])
    context.say(texts.settings(wishes.from_hour, wishes.to_hour), keys)


CONVERSATION = Conversation(
    commands=(Command("settings", Action.GET_HELP, show), Command("ajustes", Action.GET_HELP, show))
)
