"""Sends one outbox row and decides what a failure means. Rules: docs/decisions/0034.

1. 429 and network errors: retry later. If the chat has a new id, all its rows follow.
2. If the chat cannot be reached, its person is marked unreachable, and a lost reminder is due again. Only the
   phrases of `_GONE` mean that; any other 403 concerns the one message, like a 400.
3. What Telegram refuses is sent in a simpler form (`bot.telegram.outgoing.fallback`).
4. If there is none, or the row itself fails too often (`bot.telegram.outgoing.troubles`), the row is set
   aside and a sentence is sent instead.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, col, select
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.clock import Clock
from bot.measures import Measures
from bot.telegram.answer import number, plain
from bot.telegram.api import Api, Unsendable, pause_of
from bot.telegram.outgoing.fallback import simpler
from bot.telegram.outgoing.outcomes import Outcome, Outcomes
from bot.telegram.outgoing.shown import ShownMessages
from bot.telegram.outgoing.troubles import TroubleAction, Troubles
from bot.telegram.uploads import FileGone, carries_files
from handlers.chat import broadcast, ephemeral, undelivered
from handlers.messages import evidence_news
from models.reminders import reminders
from models.storage.database import separately, transaction
from models.storage.outbox import OTHERWISE, OutgoingCall
from models.storage.unit_of_work import work_of
from models.tables.chat.outbox import Outbox

log = logging.getLogger(__name__)

EDIT = "editMessageText"
LONGEST_REASON = 500  # characters
TOLD_EVERY = timedelta(hours=1)  # how often planning is told of one chat's rows that were set aside
_GONE = (
    "bot was blocked",
    "user is deactivated",
    "chat not found",
    "bot was kicked",
    "bot is not a member",
    "group chat was deleted",
    "bot can't initiate conversation",
    "bot can't send messages to bots",
)
_NOT_IN_EDITS = ("message_thread_id", "reply_parameters")  # for a message that may replace an edit


@dataclass(frozen=True)
class Later:
    """Retry in that many seconds; if `alone`, other rows of the chat need not wait for it."""

    seconds: float
    alone: bool = False


@dataclass(frozen=True)
class Moved:
    """The chat has another id."""

    chat_id: int


After = Later | Moved | None  # None: the row is finished


class Sending:
    """Sends rows and records their outcomes. `enqueue` queues messages about a failure."""

    def __init__(
        self,
        api: Api,
        engine: Engine,
        clock: Clock,
        outcomes: Outcomes,
        enqueue: Callable[[Iterable[OutgoingCall]], None],
        measures: Measures,
    ) -> None:
        self._measures = measures
        self._api, self._engine, self._clock = api, engine, clock
        self._outcomes, self._enqueue = outcomes, enqueue
        self._shown = ShownMessages()
        self._troubles = Troubles()
        self._sent_so_far = 0
        self._told_at: dict[int, datetime] = {}  # when planning was told of a chat's rows that were set aside

    async def send(self, call: OutgoingCall) -> After:
        """Send one row, in a simpler form if it is refused."""
        if self._outcomes.is_urgent(call.chat_id):
            self._outcomes.mark()
        form: OutgoingCall | None = call
        while form is not None:
            payload = self._payload(form)
            if form.method == EDIT and self._shown.is_shown(form.chat_id, payload):
                self._note(call, payload["message_id"])
                return None
            try:
                result = await self._api.call(form.method, payload)
            except (BadRequest, Forbidden, Unsendable) as error:
                form = self._after_refusal(call, form, payload, error)
            except InvalidToken as error:
                if OTHERWISE not in form.payload and form.method != ephemeral.EDIT:
                    return self._after_failure(call, error)
                form = simpler(form, error.message)  # Telegram's answer to an unknown method
            except TelegramError as error:
                self._shown.forget(form.chat_id, payload.get("message_id"))
                return self._after_failure(call, error)
            else:
                self._sent(call, form, payload, result)
                return None
        return None

    def drop(self, call: OutgoingCall, why: str) -> None:
        """Drop the row without telling anybody."""
        self._troubles.over(call.id)
        self._outcomes.add(Outcome(call.id, dropped_at=self._clock.now(), error=why[:LONGEST_REASON]))

    def step_aside(self, call: OutgoingCall, why: str) -> None:
        """Set the row aside: tell its chat in one sentence, and tell planning."""
        self._troubles.over(call.id)
        self._measures.given_up()
        log.error("Row %s to chat %s steps aside: %s", call.id, call.chat_id, why)
        if undelivered.is_sentence(call):
            self.drop(call, why)
            return
        now = self._clock.now()
        told_at = self._told_at.get(call.chat_id)
        tell = told_at is None or abs(now - told_at) >= TOLD_EVERY
        with transaction(self._engine) as session:
            undelivered.step_aside(session, call, why[:LONGEST_REASON], now, tell)
        if tell:
            self._told_at[call.chat_id] = now
        self._enqueue(work_of(session).outbox)

    def after_fault(self, call: OutgoingCall, error: Exception) -> After:
        """Return when to retry after an unexpected error of this program."""
        return self._after(call, self._troubles.failed_here(call.id), f"{type(error).__name__}: {error}")

    def may_be_slow(self, call: OutgoingCall | None) -> bool:
        """Return whether sending may take minutes: an upload, or a row that failed before."""
        return call is not None and (carries_files(call.payload) or call.id in self._troubles)

    def prompt(self, call: OutgoingCall) -> bool:
        """Return whether to retry a failed row at once, because others wait and the server responds."""
        return self._troubles.prompt(call.id, self._api.answered)

    def _payload(self, call: OutgoingCall) -> dict[str, Any]:
        """Return the call's parameters.

        An edit is directed at the message that replaced the original, or, for a draft's card that was not
        sent yet, at the one that was sent meanwhile.
        """
        if call.method != EDIT:
            return {key: value for key, value in call.payload.items() if key != OTHERWISE}
        if call.edits is not None:
            message_id: int | None = self._shown.newest(call.chat_id, call.edits)
        else:
            self._outcomes.mark()
            with transaction(self._engine) as session:
                message_id = _card(session, call)
        payload = {key: value for key, value in call.payload.items() if key not in _NOT_IN_EDITS}
        return {**payload, "message_id": message_id}

    def _sent(self, call: OutgoingCall, form: OutgoingCall, payload: dict[str, Any], result: Any) -> None:
        self._sent_so_far += 1
        message_id = number(result.get("message_id")) if isinstance(result, dict) else None
        why = None if form is call else "refused, and sent in a simpler form"
        self._note(call, message_id, why)
        if form.method != EDIT:  # repeating an edit has no visible effect
            self._outcomes.note_message(call.chat_id)
        if message_id is None:
            return
        self._shown.note(call.chat_id, message_id, payload)
        if call.edits is not None and form.method != EDIT:
            self._shown.replace(call.chat_id, call.edits, by=message_id)

    def _note(self, call: OutgoingCall, message_id: int | None, why: str | None = None) -> None:
        self._troubles.over(call.id)
        self._outcomes.add(Outcome(call.id, sent_at=self._clock.now(), message_id=message_id, error=why))

    def _after_refusal(
        self, call: OutgoingCall, form: OutgoingCall, payload: dict[str, Any], error: TelegramError
    ) -> OutgoingCall | None:
        """Return the simpler form to try next, or None if the row is finished."""
        words = error.message.lower()
        if "message is not modified" in words:
            self._shown.note(call.chat_id, payload["message_id"], payload)
            self._note(call, payload["message_id"])
            return None
        self._measures.refused()
        log.warning("Row %s to chat %s was refused: %s", call.id, call.chat_id, error.message)
        if any(each in words for each in _GONE):
            self._mark_unreachable(call, error.message)
            return None
        if not call.method.startswith(("send", "edit")) and OTHERWISE not in form.payload:
            # A command menu, a reaction, a chat action: nobody waits for it.
            self.drop(call, error.message)
            return None
        form_left = simpler(form, error.message)
        if form_left is None:
            self.step_aside(call, error.message)
        return form_left

    def _after_failure(self, call: OutgoingCall, error: TelegramError) -> After:
        if isinstance(error, RetryAfter):
            log.warning("Telegram asks to wait %s s for chat %s", pause_of(error), call.chat_id)
            return Later(pause_of(error))
        if isinstance(error, ChatMigrated):
            return Moved(error.new_chat_id)
        if isinstance(error, FileGone):
            self._gone(call, error)
            return None
        if isinstance(error, InvalidToken) and not call.method.startswith(("send", "edit")):
            self.drop(call, error.message)  # Telegram's answer to an unknown method
            return None
        return self._after_trouble(call, error)

    def _after_trouble(self, call: OutgoingCall, error: TelegramError) -> Later | None:
        """Handle a network error, a revoked token, or a fault of this program."""
        if isinstance(error, NetworkError | InvalidToken):
            answered = self._api.answered
            verdict = self._troubles.failed_on_the_way(call.id, self._sent_so_far, answered)
        else:
            verdict = self._troubles.failed_here(call.id)
        return self._after(call, verdict, error.message)

    def _after(self, call: OutgoingCall, verdict: TroubleAction, why: str) -> Later | None:
        if verdict is TroubleAction.ASIDE:
            self.step_aside(call, plain(why))
            return None
        pause = self._troubles.pause(call.id)
        log.warning("Sending row %s failed (%s), again in %s s", call.id, why, pause)
        return Later(pause, alone=verdict is TroubleAction.PASS)

    def _gone(self, call: OutgoingCall, error: FileGone) -> None:
        """Tell the chat that a file to be sent is missing."""
        log.error("Row %s to chat %s cannot be sent: %s", call.id, call.chat_id, error.message)
        self.drop(call, error.message)
        with transaction(self._engine) as session, separately(session, "A file that is gone was not told of"):
            evidence_news.file_gone(session, call.chat_id, error.sha256, error.fault, self._clock.now())
        self._enqueue(work_of(session).outbox)

    def _mark_unreachable(self, call: OutgoingCall, why: str) -> None:
        """Mark the person unreachable and tell planning once."""
        self.drop(call, why)
        with transaction(self._engine) as session, separately(session, "Who is out of reach was not noted"):
            broadcast.mark_unreachable(session, call.chat_id, self._clock.now())
            if call.broadcast:
                reminders.take_back(session, call.chat_id, call.at)
        self._enqueue(work_of(session).outbox)


def _card(session: Session, call: OutgoingCall) -> int | None:
    """Return the id of the message that shows the draft, as last sent before this row."""
    return session.exec(
        select(Outbox.message_id)
        .where(
            Outbox.draft_id == call.draft_id,
            col(Outbox.id) < call.id,
            col(Outbox.message_id).is_not(None),
        )
        .order_by(col(Outbox.id).desc())
        .limit(1)
    ).first()
