"""«¿Cómo corrijo…?», «¿qué significa el azul?», «¿quién ve esto?»: the manual's answer and a button."""

from dataclasses import dataclass, replace

from handlers.chat import help as help_page
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Conversation, TopicAnswer
from handlers.chat.keyboards import button
from handlers.texts.answers import help as texts
from handlers.updates.callback_data import CallbackData, Word
from models.errors import Rejected
from models.rights import Action
from spanish.reading.questions import Question, QuestionTopic, Slot


@dataclass(frozen=True)
class RunCommand(CallbackData, verb="cmd"):
    """A command, as if it were typed."""

    name: Word


def answer(context: TurnContext, asked: Question) -> None:
    """At most three lines, and the command that does it, for who may use it."""
    found = texts.ANSWERS.get(asked.subject)
    if found is None:
        help_page.show(context)
        return
    command = context.conversations.commands.get(found.command)
    may = command is not None and context.member.may(command.action)
    context.say(found.text, [[button(found.button, RunCommand(found.command))]] if may else None)


def run(context: TurnContext, data: RunCommand) -> None:
    """Run the command as a message of its own. Raises `Rejected`: "stale_button", "not_allowed"."""
    found = context.conversations.named(data.name)
    if found is None or data.name not in {each.command for each in texts.ANSWERS.values()}:
        raise Rejected("stale_button")
    context.member.require(found.action)
    context.answer()
    context.incoming = replace(
        context.incoming, command=data.name, arguments="", data=None, message_id=None, callback_id=None
    )
    found.handle(context)


CONVERSATION = Conversation(
    callbacks=(Callback(RunCommand, Action.GET_HELP, run),),
    answers=(TopicAnswer(QuestionTopic.HELP, Action.GET_HELP, answer, frozenset(Slot)),),
)
