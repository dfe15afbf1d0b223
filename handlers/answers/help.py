"""«¿Cómo corrijo…?», «¿qué significa el azul?», «¿quién ve esto?»: the manual's answer and a button."""

from collections.abc import Callable, Mapping

from handlers.answers import own_affairs
from handlers.chat import help as help_page
from handlers.chat.command_buttons import RunCommand
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Conversation, TopicAnswer
from handlers.chat.examples import examples
from handlers.chat.keyboards import button
from handlers.texts import help as page_texts
from handlers.texts.answers import help as texts
from models.rights import Action
from spanish.reading.questions import Question, QuestionTopic, Slot

# By subject: what is answered with the person's own affairs, or by a command.
_ANSWERED: Mapping[str, Callable[[TurnContext], None]] = {
    "lines": own_affairs.tell_lines,
    "can_sign": own_affairs.tell_whether_to_sign,
    "mistake": own_affairs.tell_what_to_mend,
    "state": own_affairs.tell_what_is_registered,
}
_COMMANDS = {"manual": "manual", "settings": "settings"}


def answer(context: TurnContext, asked: Question) -> None:
    """At most four lines, and the command that does it, for who may use it."""
    if asked.subject in _ANSWERED:
        _ANSWERED[asked.subject](context)
    elif asked.subject in _COMMANDS:
        context.conversations.commands[_COMMANDS[asked.subject]].handle(context)
    elif asked.subject in texts.ANSWERS:
        _say(context, texts.ANSWERS[asked.subject])
    else:
        help_page.show_briefly(context)


def _say(context: TurnContext, found: texts.HelpAnswer) -> None:
    """Say it with its button; with another where the person may not use that command."""
    if found.captures and not context.member.may(Action.CAPTURE):
        found = texts.HelpAnswer(texts.READS_ONLY, *texts.PROGRESS)
    command = context.conversations.commands.get(found.command)
    may = command is not None and context.member.may(command.action)
    key = (found.button, found.command) if may else (page_texts.HELP, "ayuda")
    context.say(texts.filled(found.text, examples(context)), [[button(key[0], RunCommand(key[1]))]])


CONVERSATION = Conversation(
    answers=(TopicAnswer(QuestionTopic.HELP, Action.GET_HELP, answer, frozenset(Slot)),),
)
