"""Outbox rows → Telegram. Source: the design's section 3.3.

1. What a transaction said is handed over in memory right after its commit; a restart finds it in the table.
2. Within a chat in order, chats side by side, replies before broadcasts, within Telegram's caps.
3. A later edit of a message that is not yet sent replaces the earlier one.
4. 429 waits what Telegram says, the network is tried again with a back-off, a chat that cannot be reached
   makes its person unreachable, a 400 about one message drops that row with a log line.
5. The outcome is written after, many at a time: with the next turn's commit or after 50 ms, whichever is
   first, and before the same chat gets another message, so that a crash repeats one message a chat at most.
   The payload of what is done is not kept.
"""

import asyncio
import logging
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, bindparam, update
from sqlmodel import Session, col, select
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.api import Api, pause_of
from bot.clock import Clock
from bot.queues import Caps, ChatQueue
from bot.uploads import FileGone
from handlers import broadcast, evidence_news
from models.database import separately, transaction
from models.outbox import Outbox, Saying, unsent
from models.refusal import is_away, note

log = logging.getLogger(__name__)

SENDERS = 32
BACK_OFF = (0.5, 1, 2, 5, 10, 30)  # seconds before a network error is tried again, the last for ever
AWAY = 2.0  # seconds before the database is tried again
MARK_EVERY = 0.05  # seconds between writing outcomes
MENUS = ("setMyCommands", "deleteMyCommands")  # nobody waits for them
GONE = ("chat not found", "user is deactivated", "bot was kicked", "bot can't initiate conversation")


@dataclass(frozen=True)
class _Outcome:
    row: int
    sent_at: datetime | None = None
    message_id: int | None = None
    dropped_at: datetime | None = None
    error: str | None = None


class Delivery:
    """The senders. `start` takes up what is unsent, `hand_over` adds to it, `stop` writes what is known."""

    def __init__(self, api: Api, engine: Engine, clock: Clock, caps: Caps | None = None) -> None:
        self._api, self._engine, self._clock = api, engine, clock
        self._caps = caps or Caps()
        self._overall = self._caps.pace()
        self._chats: dict[int, ChatQueue] = {}
        self._ready: asyncio.PriorityQueue[tuple[int, int, int]] = asyncio.PriorityQueue()
        self._outcomes: list[_Outcome] = []
        self._unwritten: set[int] = set()  # chats that got a message which the table does not know of yet
        self._tasks: set[asyncio.Task[None]] = set()
        self._turn = 0

    def start(self) -> None:
        with transaction(self._engine) as session:
            waiting = unsent(session)
        self.hand_over(waiting)
        for _ in range(SENDERS):
            self._spawn(self._send_for_ever())
        self._spawn(self._mark_for_ever())

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.mark()

    def hand_over(self, sayings: Iterable[Saying]) -> None:
        """Queue what a committed transaction said."""
        for saying in sayings:
            chat = self._chats.setdefault(saying.chat_id, ChatQueue())
            replaced = chat.add(saying)
            if replaced is not None:
                self._drop(replaced, "replaced by a later edit")
            if not chat.busy:
                self._call(saying.chat_id, chat)

    def answer(self, callback_id: str, text: str | None, alert: bool) -> None:
        """Answer a tap at once, beside the queue; what fails is not tried again."""
        payload: dict[str, Any] = {"callback_query_id": callback_id}
        if text:
            payload |= {"text": text[:200], "show_alert": alert}
        self._spawn(self._answer(payload))

    @property
    def idle(self) -> bool:
        """Whether nothing waits to be sent or written."""
        return not self._chats and not self._outcomes

    def mark(self) -> None:
        """Write the outcomes that are known, in one transaction; one that is refused stops no other."""
        if not self._outcomes:
            return
        try:
            with transaction(self._engine) as session:
                self.write(session)
        except Exception as error:
            if is_away(error):
                raise
            self._mark_each()
        self.written()

    def _mark_each(self) -> None:
        with transaction(self._engine) as session:
            for each in self._outcomes:
                with separately(session, f"The outcome of row {each.row} is lost; a restart sends it again"):
                    session.connection().execute(_MARK, _parameters(each))

    def write(self, session: Session) -> None:
        """Write the outcomes that are known in somebody's transaction; `written` follows its commit."""
        if self._outcomes:
            session.connection().execute(_MARK, [_parameters(each) for each in self._outcomes])

    def written(self) -> None:
        """The transaction with the outcomes is committed; nothing else ran since `write`."""
        self._outcomes.clear()
        self._unwritten.clear()

    def _call(self, chat_id: int, chat: ChatQueue) -> None:
        """Put the chat in line for a sender: chats with replies first, then in order of their asking."""
        chat.busy = True
        self._turn += 1
        self._ready.put_nowait((0 if chat.replies else 1, self._turn, chat_id))

    async def _send_for_ever(self) -> None:
        while True:
            _, _, chat_id = await self._ready.get()
            chat = self._chats[chat_id]
            saying = chat.next()
            if saying is not None:
                try:
                    if chat_id in self._unwritten:
                        self.mark()
                    await self._send(chat, saying)
                except Exception as error:
                    note(log, f"Row {saying.id} waits", error)
                    chat.put_back(saying)
                    await asyncio.sleep(AWAY if is_away(error) else BACK_OFF[0])
            if chat.replies or chat.broadcasts:
                self._call(chat_id, chat)
            else:
                self._forget(chat_id, chat)

    def _forget(self, chat_id: int, chat: ChatQueue) -> None:
        """A chat with nothing to say is kept only while its pace still matters."""
        chat.busy = False
        if chat.pace is None:
            del self._chats[chat_id]
        else:
            quiet = 2 * chat.pace.time_period
            asyncio.get_running_loop().call_later(quiet, self._forget_if_quiet, chat_id, chat)

    def _forget_if_quiet(self, chat_id: int, chat: ChatQueue) -> None:
        if not chat.busy and self._chats.get(chat_id) is chat:
            del self._chats[chat_id]

    async def _send(self, chat: ChatQueue, saying: Saying) -> None:
        """Send one row, as often as it takes."""
        attempt = 0
        while True:
            await self._keep_caps(chat, saying)
            try:
                result = await self._api.call(saying.method, self._payload(saying))
            except RetryAfter as error:
                pause = pause_of(error)
                log.warning("Telegram asks to wait %s s for chat %s", pause, saying.chat_id)
                await asyncio.sleep(pause)
            except (Forbidden, BadRequest) as error:
                self._refused(saying, error)
                return
            except FileGone as error:
                self._gone(saying, error)
                return
            except InvalidToken as error:
                # Telegram answers a method that it does not know as it answers a wrong token.
                if saying.method in MENUS:
                    self._refused(saying, error)
                    return
                attempt = await self._wait(attempt, error)
            except TelegramError as error:
                attempt = await self._wait(attempt, error)
            else:
                message_id = result.get("message_id") if isinstance(result, dict) else None
                self._outcomes.append(_Outcome(saying.id, sent_at=self._clock.now(), message_id=message_id))
                if saying.edits is None:  # an edit that is repeated is not seen
                    self._unwritten.add(saying.chat_id)
                return

    async def _wait(self, attempt: int, error: TelegramError) -> int:
        """Back off after a failure that may pass; the next attempt's number."""
        pause = BACK_OFF[min(attempt, len(BACK_OFF) - 1)]
        log.warning("Sending failed (%s), again in %s s", error.message, pause)
        await asyncio.sleep(pause)
        return attempt + 1

    def _payload(self, saying: Saying) -> dict[str, Any]:
        """The call's parameters; an edit of a draft's card that was not yet sent finds its message now."""
        if saying.method != "editMessageText" or saying.edits is not None:
            return saying.payload
        self.mark()
        with transaction(self._engine) as session:
            return {**saying.payload, "message_id": _card(session, saying)}

    async def _keep_caps(self, chat: ChatQueue, saying: Saying) -> None:
        if self._overall is None:
            return
        if chat.pace is None:
            chat.pace = self._caps.pace_of(saying.chat_id)
        await chat.pace.acquire()
        await self._overall.acquire()

    def _refused(self, saying: Saying, error: TelegramError) -> None:
        """A call that will never succeed: the person cannot be reached, or this one row is wrong."""
        if "message is not modified" in error.message.lower():
            self._outcomes.append(_Outcome(saying.id, sent_at=self._clock.now(), message_id=saying.edits))
            return
        log.warning("Row %s to chat %s was refused: %s", saying.id, saying.chat_id, error.message)
        self._drop(saying, error.message)
        if isinstance(error, Forbidden) or any(each in error.message.lower() for each in GONE):
            self._lose(saying.chat_id)

    def _gone(self, saying: Saying, error: FileGone) -> None:
        """A file that was to be sent is not there: the chat hears of it instead."""
        log.error("Row %s to chat %s cannot be sent: %s", saying.id, saying.chat_id, error.message)
        self._drop(saying, error.message)
        with transaction(self._engine) as session, separately(session, "A file that is gone was not told of"):
            evidence_news.file_gone(session, saying.chat_id, error.sha256, error.fault, self._clock.now())
        self.hand_over(session.info.get("outbox", []))

    def _lose(self, chat_id: int) -> None:
        """The person is unreachable: planning hears of it once."""
        with (
            transaction(self._engine) as session,
            separately(session, "Who is out of reach was not noted"),
        ):
            broadcast.lose(session, chat_id, self._clock.now())
        self.hand_over(session.info.get("outbox", []))

    def _drop(self, saying: Saying, reason: str) -> None:
        self._outcomes.append(_Outcome(saying.id, dropped_at=self._clock.now(), error=reason))

    async def _answer(self, payload: dict[str, Any]) -> None:
        try:
            await self._api.call("answerCallbackQuery", payload)
        except TelegramError as error:
            log.info("A tap could not be answered: %s", error.message)

    async def _mark_for_ever(self) -> None:
        while True:
            await asyncio.sleep(MARK_EVERY)
            try:
                self.mark()
            except Exception as error:
                note(log, "Outcomes could not be written; they are kept and written later", error)
                await asyncio.sleep(AWAY)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _parameters(outcome: _Outcome) -> dict[str, Any]:
    return {"b_" + name: value for name, value in vars(outcome).items()}


def _card(session: Session, saying: Saying) -> int | None:
    """The message that shows the draft, as last sent before this row."""
    return session.exec(
        select(Outbox.message_id)
        .where(
            Outbox.draft_id == saying.draft_id,
            col(Outbox.id) < saying.id,
            col(Outbox.message_id).is_not(None),
        )
        .order_by(col(Outbox.id).desc())
        .limit(1)
    ).first()


_MARK = (
    update(Outbox)
    .where(col(Outbox.id) == bindparam("b_row"))
    .values(
        sent_at=bindparam("b_sent_at"),
        message_id=bindparam("b_message_id"),
        dropped_at=bindparam("b_dropped_at"),
        error=bindparam("b_error"),
        payload="{}",
    )
)
