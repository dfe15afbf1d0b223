"""The context of one update: who sent it, what it says, and how to answer.

Handlers never await and never use the network: they add rows to the outbox in the transaction in which they
change what is stored.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlmodel import Session
from telegram import ReactionTypeEmoji
from telegram.constants import ChatAction

from handlers.chat import ephemeral, fitting
from handlers.chat.keyboards import Keyboard
from handlers.chat.replies import replying_to
from handlers.texts.escaping import sentence
from handlers.updates.parsing import IncomingUpdate
from models.clean_text import in_place
from models.people import deputies, reach
from models.programme.view import Programmes, UnitView, programmes
from models.rights import Member
from models.storage import outbox
from models.storage.outbox import Answer, OutgoingCall
from models.storage.unit_of_work import work_of

if TYPE_CHECKING:
    from handlers.chat.conversations import Conversations


@dataclass
class TurnContext:
    """What a handler receives: session, member, incoming update, time."""

    incoming: IncomingUpdate
    now: datetime
    member: Member
    session: Session = field(repr=False)
    conversations: "Conversations" = field(repr=False)
    answered: bool = False
    capturable: dict[int | date, list[UnitView]] = field(default_factory=dict, repr=False)
    secret: bool = False  # the text may be a PIN and must not be stored
    preface: str = ""  # HTML that stands before the next text that is said

    @cached_property
    def programmes(self) -> Programmes:
        return programmes(self.session)

    @cached_property
    def zone(self) -> ZoneInfo:
        return self.programmes.zone

    @property
    def said_at(self) -> datetime:
        """Return when Telegram dated the message or its edit; now for a tap."""
        return self.incoming.edited_at or self.incoming.sent_at or self.now

    @cached_property
    def today(self) -> date:
        """Return the local day of `said_at`."""
        return self.said_at.astimezone(self.zone).date()

    @property
    def here(self) -> str:
        """Return what shows the same list again: the button's data, or the command as written."""
        incoming = self.incoming
        return incoming.data or f"/{incoming.command or ''} {incoming.arguments}".rstrip()

    @cached_property
    def relative_to(self) -> date:
        """Return the local day from which «ayer» counts: of the first sending of an edit or a forward."""
        told_at = self.incoming.forwarded_at or self.incoming.sent_at or self.now
        return told_at.astimezone(self.zone).date()

    def say(self, text: str, keyboard: Keyboard | None = None, draft_id: int | None = None) -> None:
        """Send a new HTML message to this chat."""
        self.tell("sendMessage", {"text": text}, keyboard, draft_id)

    def edit(self, text: str, keyboard: Keyboard | None = None, draft_id: int | None = None) -> None:
        """Edit the message whose button was pressed; send a new one if none was."""
        if self.incoming.message_id is None or self.incoming.callback_id is None:
            self.say(text, keyboard, draft_id)
        else:
            payload = {"message_id": self.incoming.message_id, "text": text}
            method = "editMessageText"
            if self.incoming.ephemeral_id is not None:
                payload, method = {**ephemeral.edited(self.incoming), "text": text}, ephemeral.EDIT
            self.tell(method, payload, keyboard or [], draft_id)

    def change_card(self, draft_id: int, text: str, keyboard: Keyboard) -> None:
        """Change the message that shows the draft; its number is looked up when it is sent."""
        self.tell("editMessageText", {"text": text}, keyboard, draft_id)

    def answer(self, text: str | None = None, alert: bool = False) -> None:
        """Answer the tap; only the first answer counts. Text that is too long becomes a message."""
        if self.incoming.callback_id and not self.answered:
            self.answered = True
            if text and fitting.units(text) > fitting.ANSWER:
                self.say(sentence(text))
                text = None
            text = in_place(text) if text else text
            work_of(self.session).answers.append(Answer(self.incoming.callback_id, text, alert))

    def react(self, emoji: str, otherwise: str | None = None) -> None:
        """React to the message; where Telegram refuses that, say `otherwise` as a reply to it."""
        if self.incoming.message_id is None:
            return
        payload: dict[str, Any] = {
            "chat_id": self.incoming.chat_id,
            "message_id": self.incoming.message_id,
            "reaction": [ReactionTypeEmoji(emoji).to_dict()],
        }
        if otherwise is not None:
            payload[outbox.OTHERWISE] = otherwise
        call = OutgoingCall(self.incoming.chat_id, "setMessageReaction", payload, at=self.now)
        outbox.enqueue(self.session, call)

    def show_action(self, action: ChatAction) -> None:
        """Show for a few seconds that the bot is making or sending something."""
        payload = {"chat_id": self.incoming.chat_id, "action": str(action.value)}
        if self.incoming.thread_id is not None:
            payload["message_thread_id"] = self.incoming.thread_id
        call = OutgoingCall(self.incoming.chat_id, "sendChatAction", payload, at=self.now)
        outbox.enqueue(self.session, call)

    def refuse(self, text: str, ways_out: Keyboard | None = None) -> None:
        """Tell why not: over the button that was pressed, else as a message.

        With buttons it is always a message.
        """
        if self.incoming.callback_id and not ways_out:
            self.answer(text, alert=True)
        else:
            self.say(sentence(text), ways_out)

    def tell(
        self,
        method: str,
        payload: dict[str, Any],
        keyboard: Keyboard | None = None,
        draft_id: int | None = None,
    ) -> None:
        """Call any other method of the Bot API for this chat; texts and captions are HTML."""
        payload = {"chat_id": self.incoming.chat_id, **payload}
        if self.preface and "text" in payload:
            payload["text"], self.preface = f"{self.preface}\n\n{payload['text']}", ""
        if "text" in payload or "caption" in payload:  # other methods have no parse_mode
            payload["parse_mode"] = "HTML"
        if keyboard is not None:
            payload["reply_markup"] = {"inline_keyboard": keyboard}
        if not self.incoming.private and method != ephemeral.EDIT:
            self._place(payload)
        fitting.enqueue(
            self.session, OutgoingCall(self.incoming.chat_id, method, payload, at=self.now, draft_id=draft_id)
        )

    def _place(self, payload: dict[str, Any]) -> None:
        """In a group, return the topic and the message to reply to."""
        if self.incoming.thread_id is not None:
            payload["message_thread_id"] = self.incoming.thread_id
        if self.incoming.ephemeral_id is not None:
            payload |= ephemeral.answering(self.incoming)
        elif self.incoming.callback_id is None and self.incoming.message_id is not None:
            payload.setdefault("reply_parameters", replying_to(self.incoming.message_id))


def context_for_person(
    session: Session, person_id: int, chat_id: int, now: datetime, conversations: "Conversations"
) -> TurnContext | None:
    """Return a context for speaking to somebody who sent nothing, including posts lent to them.

    None if they are no longer linked, or unreachable.
    """
    known = reach.reachable_member(session, person_id)
    if known is None:
        return None
    today = now.astimezone(programmes(session).zone).date()
    incoming = IncomingUpdate(0, chat_id, True, known.telegram_id, known.name)
    return TurnContext(incoming, now, deputies.deputized(session, known, today), session, conversations)
