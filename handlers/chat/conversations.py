"""What a conversation declares: its commands and buttons, the right each needs, and its drafts' flows.

    CONVERSATION = Conversation(
        commands=(Command("avance", Action.READ_PROGRESS, ask, menu=texts.MENU),),
        callbacks=(Callback(ProgressData, Action.READ_PROGRESS, press),),
        flows={DraftKind.ACTIVITY: ActivityFlow()},
    )

`handlers.routes` lists the conversations. A command or button that none declares is ignored, and one
for which the person has no right in `models.rights` is refused.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from handlers.chat.context import TurnContext
from handlers.chat.flows import Flow
from handlers.updates.callback_data import CallbackData, verb_of
from handlers.updates.parsing import IncomingUpdate
from models.rights import Action, Member
from models.tables.chat.draft import DraftKind
from spanish.reading.questions import Question, QuestionTopic, Slot

Data = TypeVar("Data", bound=CallbackData)


@dataclass(frozen=True)
class Command:
    """A command. `menu` is its sentence in the command menu and in `/ayuda`; without one it is in neither."""

    name: str
    action: Action
    handler: Callable[[TurnContext], None]
    menu: str = ""
    in_groups: bool = False
    numbered: bool = False  # «/actividad_12» is «/actividad 12», and can be tapped in any text
    paged: bool = False  # a button may turn its list to another page

    def handle(self, context: TurnContext) -> None:
        self.handler(context)


@dataclass(frozen=True)
class Callback(Generic[Data]):
    """The buttons of one verb, with the right they need and their handler."""

    data: type[Data]
    action: Action
    handler: Callable[[TurnContext, Data], None]
    in_groups: bool = False

    def handle(self, context: TurnContext) -> None:
        """Raises `Rejected("stale_button")` for data that none of its buttons has."""
        self.handler(context, self.data.unpack(context.incoming.data or ""))


Endpoint = Command | Callback[Any]


@dataclass(frozen=True)
class TopicAnswer:
    """Answers plain questions of one topic. What a question names that is not in `heeds` is said to be
    ignored."""

    topic: QuestionTopic
    action: Action
    handler: Callable[[TurnContext, Question], None]
    heeds: frozenset[Slot] = frozenset()


@dataclass(frozen=True)
class Conversation:
    """The commands, buttons and flows that one module declares."""

    commands: tuple[Command, ...] = ()
    callbacks: tuple[Callback[Any], ...] = ()
    flows: Mapping[DraftKind, Flow] = field(default_factory=dict)
    answers: tuple[TopicAnswer, ...] = ()


@dataclass(frozen=True)
class Conversations:
    """Everything that can be asked of the bot, in the order of the menu."""

    commands: Mapping[str, Command]
    callbacks: Mapping[str, Callback[Any]]  # by verb
    flows: Mapping[DraftKind, Flow]
    answers: Mapping[QuestionTopic, TopicAnswer] = field(default_factory=dict)

    @classmethod
    def of(cls, *listed: Conversation) -> "Conversations":
        """Raises ValueError where two of them declare the same command, verb, kind of draft or topic."""
        commands = [(each.name, each) for one in listed for each in one.commands]
        callbacks = [(each.data.verb, each) for one in listed for each in one.callbacks]
        flows = [each for one in listed for each in one.flows.items()]
        answers = [(each.topic, each) for one in listed for each in one.answers]
        named: tuple[list[str], ...] = (
            [name for name, _ in (*commands, *callbacks)],
            [kind for kind, _ in flows],
            [topic for topic, _ in answers],
        )
        for names in named:
            if twice := {name for name in names if names.count(name) > 1}:
                raise ValueError(f"declared twice: {', '.join(sorted(twice))}")
        return cls(dict(commands), dict(callbacks), dict(flows), dict(answers))

    def find(self, incoming: IncomingUpdate) -> Endpoint | None:
        """Return the endpoint of a tap or command; None if there is none."""
        if incoming.data is not None:
            return self.callbacks.get(verb_of(incoming.data))
        return self.named(incoming.command or "")

    def route(self, incoming: IncomingUpdate | None) -> str:
        """Return a short name of what handles the update, one of a bounded number."""
        if incoming is None:
            return "none"
        if incoming.data is not None or (incoming.command is not None and incoming.edited_at is None):
            endpoint = self.find(incoming)
            if isinstance(endpoint, Command):
                return f"/{endpoint.name}"
            return f"button {endpoint.data.verb}" if endpoint else "unknown"
        if incoming.blocked is not None:
            return "block"
        return "edit" if incoming.edited_at is not None else "message"

    def named(self, name: str) -> Command | None:
        """Return the command of that name, also for «actividad_12»; None if there is none."""
        stem, _, number = name.partition("_")
        command = self.commands.get(stem)
        return self.commands.get(name) or (
            command if command and command.numbered and number.isdecimal() else None
        )

    def menu(self, member: Member) -> dict[str, str]:
        """Return the menu sentences of the commands that this person may use, by name."""
        commands = self.commands.values()
        return {each.name: each.menu for each in commands if each.menu and member.may(each.action)}


NONE = Conversations({}, {}, {})  # for messages that lead to no draft
