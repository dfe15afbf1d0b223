"""«¿Quién es el titular de archivo?», «¿quiénes tienen acceso?», and orders that a command carries out."""

from dataclasses import replace

from handlers.answers.scope import scope_of
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Conversation, TopicAnswer
from models.rights import Action
from spanish.reading.questions import Question, QuestionTopic, Slot


def contacts(context: TurnContext, asked: Question) -> None:
    """`/contactos` of the units that are named."""
    scope = scope_of(context, asked)
    keys = [unit.key.replace("-", " ") for unit in scope.units] if scope and scope.named else []
    _run(context, "contactos", " ".join(keys))


def people(context: TurnContext, asked: Question) -> None:
    """`/personas`."""
    _run(context, "personas")


def command(context: TurnContext, asked: Question) -> None:
    """The command of that name, with its own confirmation."""
    _run(context, asked.subject)


def _run(context: TurnContext, name: str, arguments: str = "") -> None:
    found = context.conversations.commands[name]
    context.member.require(found.action)
    context.incoming = replace(context.incoming, command=name, arguments=arguments, data=None)
    found.handle(context)


CONVERSATION = Conversation(
    answers=(
        TopicAnswer(QuestionTopic.CONTACTS, Action.GET_HELP, contacts, frozenset((Slot.UNIT,))),
        TopicAnswer(QuestionTopic.PEOPLE, Action.MANAGE_PEOPLE, people, frozenset(Slot)),
        TopicAnswer(QuestionTopic.COMMAND, Action.GET_HELP, command, frozenset(Slot)),
    )
)
