"""One thing that was heard, and the means to answer it.

Handlers never await and never touch the network: they say things by adding rows to the outbox, in the
transaction in which they change what is stored.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from handlers.keyboards import Keyboard
from models import outbox
from models.errors import Rejected
from models.outbox import Saying
from models.programme_view import Programmes, programmes
from models.rights import Member

LARGEST_NUMBER = 2**31 - 1


_COMMAND = re.compile(r"/(?P<name>\w{1,32})(?:@(?P<addressee>\w+))?(?P<rest>\s.*|)", re.DOTALL)


@dataclass(frozen=True)
class Heard:
    """An update reduced to what the bot listens to.

    `sent_at` is when Telegram dated the message; empty for a tap, which Telegram does not date.
    """

    update_id: int
    chat_id: int
    private: bool
    user_id: int
    user_name: str
    sent_at: datetime | None = None
    text: str | None = None
    command: str | None = None
    arguments: str = ""
    addressee: str | None = None  # of «/avance@another_bot» in a group
    data: str | None = None
    callback_id: str | None = None
    message_id: int | None = None
    blocked: bool | None = None


@dataclass(frozen=True)
class Answer:
    """The answer to a tap: shown at once beside the queue, never tried again."""

    callback_id: str
    text: str | None
    alert: bool


@dataclass
class Talk:
    """What a handler receives beside the session."""

    heard: Heard
    now: datetime
    member: Member
    session: Session = field(repr=False)
    answered: bool = False

    @cached_property
    def programmes(self) -> Programmes:
        return programmes(self.session)

    @cached_property
    def zone(self) -> ZoneInfo:
        return self.programmes.zone

    @property
    def said_at(self) -> datetime:
        """When it was said: by Telegram's date for a message, now for a tap."""
        return self.heard.sent_at or self.now

    @cached_property
    def today(self) -> date:
        """The local day on which it was said."""
        return self.said_at.astimezone(self.zone).date()

    def say(self, text: str, keyboard: Keyboard | None = None, draft_id: int | None = None) -> None:
        """A new message in this chat, HTML."""
        self.tell("sendMessage", {"text": text}, keyboard, draft_id)

    def edit(self, text: str, keyboard: Keyboard | None = None, draft_id: int | None = None) -> None:
        """Change the message whose button was pressed; a new message where none was."""
        if self.heard.message_id is None or self.heard.callback_id is None:
            self.say(text, keyboard, draft_id)
        else:
            payload = {"message_id": self.heard.message_id, "text": text}
            self.tell("editMessageText", payload, keyboard or [], draft_id)

    def answer(self, text: str | None = None, alert: bool = False) -> None:
        """Answer the tap; once, the first answer wins."""
        if self.heard.callback_id and not self.answered:
            self.answered = True
            self.session.info.setdefault("answers", []).append(Answer(self.heard.callback_id, text, alert))

    def refuse(self, text: str) -> None:
        """A plain sentence of why not: over the button that was pressed, else as a message."""
        if self.heard.callback_id:
            self.answer(text, alert=True)
        else:
            self.say(escape(text, quote=False))

    def argument(self, place: int) -> int:
        """The number at that place of the pressed button's data; raises `Rejected("stale_button")`."""
        try:
            number = int((self.heard.data or "").split(":")[place])
        except (IndexError, ValueError):
            raise Rejected("stale_button") from None
        if abs(number) > LARGEST_NUMBER:  # forged: no database takes it
            raise Rejected("stale_button")
        return number

    def tell(
        self,
        method: str,
        payload: dict[str, Any],
        keyboard: Keyboard | None = None,
        draft_id: int | None = None,
    ) -> None:
        """Any other call of the Bot API to this chat; texts and captions are HTML."""
        payload = {"chat_id": self.heard.chat_id, **payload, "parse_mode": "HTML"}
        if keyboard is not None:
            payload["reply_markup"] = {"inline_keyboard": keyboard}
        outbox.say(self.session, Saying(self.heard.chat_id, method, payload, at=self.now, draft_id=draft_id))


def hear(raw: dict[str, Any]) -> Heard | None:
    """What the update says, or None where the bot does not listen (channels, edits, other bots).

    Read from the JSON itself: python-telegram-bot's objects for one update take as long as a look-up in the
    database, and nine fields are all that is wanted.
    """
    if (query := raw.get("callback_query")) is not None:
        return _hear_tap(raw["update_id"], query) if "message" in query else None
    if (message := raw.get("message")) is not None:
        spoken = "from" in message and not message["from"].get("is_bot")
        return _hear_message(raw["update_id"], message) if spoken else None
    if (change := raw.get("my_chat_member")) is not None:
        blocked = change["new_chat_member"]["status"] in ("kicked", "left")
        moment = datetime.fromtimestamp(change["date"], UTC)
        return Heard(
            **_who(raw["update_id"], change["chat"], change["from"]), sent_at=moment, blocked=blocked
        )
    return None


def _who(update_id: int, chat: dict[str, Any], person: dict[str, Any]) -> dict[str, Any]:
    return {
        "update_id": update_id,
        "chat_id": chat["id"],
        "private": chat["id"] > 0,  # groups and channels have negative numbers
        "user_id": person["id"],
        "user_name": " ".join(filter(None, (person.get("first_name"), person.get("last_name")))),
    }


def _hear_message(update_id: int, message: dict[str, Any]) -> Heard:
    command = _COMMAND.fullmatch(message.get("text", ""))
    return Heard(
        **_who(update_id, message["chat"], message["from"]),
        sent_at=datetime.fromtimestamp(message["date"], UTC),
        text=message.get("text", message.get("caption")),
        command=command["name"].casefold() if command else None,
        arguments=command["rest"].strip() if command else "",
        addressee=command["addressee"] if command else None,
        message_id=message["message_id"],
    )


def _hear_tap(update_id: int, query: dict[str, Any]) -> Heard:
    return Heard(
        **_who(update_id, query["message"]["chat"], query["from"]),
        data=query.get("data", ""),
        callback_id=query["id"],
        message_id=query["message"]["message_id"],
    )
