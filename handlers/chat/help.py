"""`/ayuda`: lists what the person can ask for."""

from handlers.chat.context import TurnContext
from handlers.chat.conversations import Command, Conversation
from handlers.texts import general
from models.rights import Action


def show(context: TurnContext) -> None:
    context.say(general.help_page(context.conversations.menu(context.member)))


CONVERSATION = Conversation(commands=(Command("ayuda", Action.GET_HELP, show, general.MENU_HELP),))
