"""The state of the local Telegram: people with the events on their phones, chats with messages, taps."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from local_telegram.messages.entities import utf16_length, utf16_slice
from local_telegram.messages.rules import TEXT_LIMIT
from local_telegram.world.bell import Bell
from local_telegram.world.media import KINDS
from local_telegram.world.updates import Json

# The fields of a message that an edit may change and that a forward copies; keyboards are apart.
CONTENT = (
    "text",
    "entities",
    "caption",
    "caption_entities",
    "link_preview_options",
    "location",
    "venue",
    *KINDS,
)

ProgressStatus = Literal["stranger", "member", "kicked"]


@dataclass
class Account:
    """A person. `standing` is the bot's status in the private chat: never started, started, or blocked.

    `on_their_way` are messages (chat id, message id) that the person sent and the bot does not get yet.
    """

    user: Json
    standing: ProgressStatus = "stranger"
    on_their_way: list[tuple[int, int]] = field(default_factory=list)
    events: list[Json] = field(default_factory=list)
    bell: Bell = field(default_factory=Bell)

    def notice(self, kind: str, **content: Any) -> None:
        self.events.append({"n": len(self.events) + 1, "kind": kind, **content})
        self.bell.ring()


@dataclass
class ForumTopic:
    name: str
    closed: bool = False


@dataclass
class LocalChat:
    """A chat: the Bot API's object (`face`), its messages by id, and a forum's topics by thread id.

    `moved_to` is the id of the supergroup that a group became.
    """

    face: Json
    members: list[int]
    messages: dict[int, Json] = field(default_factory=dict)
    last_id: int = 0
    topics: dict[int, ForumTopic] = field(default_factory=dict)
    only_for: dict[int, int] = field(default_factory=dict)  # who sees an ephemeral message, by its number
    reactions: dict[int, str | None] = field(default_factory=dict)  # the bot's, by message
    silent: set[int] = field(default_factory=set)  # the messages that came without a sound
    keys: list[list[str]] = field(default_factory=list)  # the labels of the keyboard below the chat
    moved_to: int | None = None
    bot_is_admin: bool = False

    @property
    def id(self) -> int:
        return int(self.face["id"])


@dataclass
class Tap:
    person_id: int
    at: datetime
    answered: bool = False


def pieces(text: str) -> list[str]:
    """Split a long text as the apps do: into messages of at most 4096 UTF-16 code units."""
    length = utf16_length(text)
    if length <= TEXT_LIMIT:
        return [text]
    return [utf16_slice(text, start, TEXT_LIMIT) for start in range(0, length, TEXT_LIMIT)]


def without_reply(message: Json) -> Json:
    """Return the message as Telegram quotes it: without the message that it replied to."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}


def data_on(message: Json) -> list[str]:
    """Return the callback data of the buttons that the message has now."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button.get("callback_data") for row in rows for button in row]
