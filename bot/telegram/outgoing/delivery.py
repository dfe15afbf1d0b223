"""Sends outbox rows to Telegram. Rules: docs/decisions/0008 and 0034.

1. Rows are queued in memory right after their transaction commits, the first of each chat; the others, and
   all after a restart, are read from the table when it is their turn.
2. Rows of a chat are sent in order, chats in parallel, replies before broadcasts, within Telegram's limits.
   A chat that must wait (429, rate limit, network) occupies no sender; a timer queues it again.
3. A later edit of an unsent message replaces the earlier one. An edit that changes nothing is not sent
   (`bot.telegram.outgoing.shown`).
4. A row that fails is retried, sent in a simpler form, or set aside (`bot.telegram.outgoing.sending`).
5. Outcomes are written in batches (`bot.telegram.outgoing.outcomes`), and always before the same chat gets
   another message: a crash repeats at most one message per chat. The payload of a finished row is emptied.
6. At shutdown no new call is started, and running calls are awaited.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Coroutine, Iterable
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session
from telegram.error import TelegramError

from bot.clock import Clock
from bot.measures import Measures
from bot.telegram.api import Api
from bot.telegram.outgoing.backlog import Backlog
from bot.telegram.outgoing.moved_chats import MovedChats
from bot.telegram.outgoing.outcomes import Outcomes
from bot.telegram.outgoing.queues import Caps, ChatQueue
from bot.telegram.outgoing.sending import After, Later, Moved, Sending
from models.storage import chat_move
from models.storage.database import transaction
from models.storage.outbox import OutgoingCall
from models.storage.refusal import is_away, note

log = logging.getLogger(__name__)

SENDERS = 32
AT_MOST_SLOW = SENDERS // 2  # senders for files and rows that failed before, so that others are free
AWAY = 2.0  # seconds until the database is tried again
MARK_EVERY = 0.05  # seconds between writing outcomes
AFTER_FAULT = 0.5  # seconds until a row is tried again after an unexpected error
AT_THE_END = 10  # seconds for running calls when the program stops


class Delivery:
    """Queues and sends outbox rows.

    `start` queues the unsent rows of the table, `enqueue` adds rows, `close` stops starting calls, and
    `stop` awaits running calls and writes their outcomes.
    """

    def __init__(
        self,
        api: Api,
        engine: Engine,
        clock: Clock,
        caps: Caps | None = None,
        measures: Measures | None = None,
    ) -> None:
        self._api, self._engine, self._clock = api, engine, clock
        self._caps = caps or Caps()
        self._overall = self._caps.pace()
        self._chats: dict[int, ChatQueue] = {}
        self._ready: asyncio.PriorityQueue[tuple[int, int, int]] = asyncio.PriorityQueue()
        self._outcomes = Outcomes(engine)
        self._backlog = Backlog(engine, self._outcomes)
        self._sending = Sending(api, engine, clock, self._outcomes, self.enqueue, measures or Measures())
        self._moves = MovedChats()
        self._apart: dict[int, OutgoingCall] = {}  # rows that wait while others of their chat go on, by id
        self._tasks: set[asyncio.Task[None]] = set()
        self._on_their_way: set[asyncio.Task[None]] = set()
        self._closed = False
        self._slow = 0  # senders that are sending a slow row
        self._slow_chats: deque[int] = deque()  # that wait for such a sender
        self._turn = 0

    def start(self) -> None:
        with transaction(self._engine) as session:
            self._moves = MovedChats(chat_move.moves(session))
        self.look()
        for _ in range(SENDERS):
            self._spawn(self._send_for_ever())
        self._spawn(self._mark_for_ever())

    def close(self) -> None:
        """Start no more calls. Rows queued from now on are sent after the next start."""
        self._closed = True

    async def stop(self) -> None:
        self.close()
        for task in self._tasks - self._on_their_way:
            task.cancel()
        if self._on_their_way:
            _, late = await asyncio.wait(self._on_their_way, timeout=AT_THE_END)
            for task in late:
                task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        try:
            self.mark()
        except Exception as error:
            log.error(
                "What became of %s messages could not be written (%s); they are sent again at the next start",
                len(self._outcomes),
                type(error).__name__,
            )

    def enqueue(self, calls: Iterable[OutgoingCall]) -> None:
        """Queue the rows that a committed transaction added to the outbox."""
        for call in calls:
            self._queue(call)

    def _queue(self, call: OutgoingCall, first: bool = False) -> None:
        call = self._moves.followed(call)
        chat = self._chats.setdefault(call.chat_id, ChatQueue())
        if first:
            chat.put_back(call)
        elif (replaced := chat.add(call)) is not None:
            self._sending.drop(replaced, "replaced by a later edit")
        if not chat.busy:
            self._call(call.chat_id, chat)
        elif chat.tried is not None and self._sending.prompt(chat.tried) and chat.timer is not None:
            chat.timer.cancel()
            self._call(call.chat_id, chat)

    def look(self) -> None:
        """Queue rows that another process stored, such as what `programme import` tells people."""
        new = [each for each in self._backlog.waiting() if self._moves.newest(each[0]) not in self._chats]
        for chat_id, broadcast in new:
            self._wait(chat_id, {broadcast})

    def _wait(self, chat_id: int, beyond: set[bool]) -> None:
        """Put the chat in line for rows of these kinds that the table has."""
        chat = self._chats.setdefault(chat_id := self._moves.newest(chat_id), ChatQueue())
        chat.beyond |= beyond
        if beyond and not chat.busy:
            self._call(chat_id, chat)

    def answer(self, callback_id: str, text: str | None, alert: bool) -> None:
        """Answer a callback query at once, outside the queue. Failures are not retried."""
        payload: dict[str, Any] = {"callback_query_id": callback_id}
        if text:
            payload |= {"text": text[:200], "show_alert": alert}
        task = self._spawn(self._answer(payload))
        self._on_their_way.add(task)
        task.add_done_callback(self._on_their_way.discard)

    @property
    def idle(self) -> bool:
        """Return whether nothing is waiting to be sent or written."""
        return not (self._chats or self._outcomes or self._apart)

    def mark(self) -> None:
        """Write the known outcomes in a transaction of their own."""
        self._outcomes.mark()

    def write(self, session: Session) -> None:
        """Write the known outcomes in the given transaction; call `written` after its commit."""
        self._outcomes.write(session)

    def written(self) -> None:
        """Forget the outcomes that were written; call it right after the commit."""
        self._outcomes.written()

    def _call(self, chat_id: int, chat: ChatQueue) -> None:
        """Put the chat in line for a sender: chats with replies first, then in order of arrival."""
        chat.busy, chat.timer = True, None
        self._turn += 1
        self._ready.put_nowait((0 if chat.has_replies else 1, self._turn, chat_id))

    async def _send_for_ever(self) -> None:
        this = asyncio.current_task()
        assert this is not None
        while not self._closed:
            _, _, chat_id = await self._ready.get()
            if self._closed:
                return
            chat = self._chats[chat_id]
            if not self._is_filled(chat_id, chat):
                continue
            slow = self._sending.may_be_slow(chat.first)
            if slow and self._slow == AT_MOST_SLOW:
                self._slow_chats.append(chat_id)
                continue
            self._slow += slow
            self._on_their_way.add(this)
            try:
                await self._serve(chat_id, chat)
            finally:
                self._on_their_way.discard(this)
                self._end_of(slow)

    def _is_filled(self, chat_id: int, chat: ChatQueue) -> bool:
        """Read rows that the chat lacks; where that fails, put it in line again later, and return False."""
        try:
            self._backlog.refill(chat_id, chat, self._moves, self._apart)
        except Exception as error:
            note(log, f"The messages that wait for chat {chat_id} could not be read", error)
            chat.timer = asyncio.get_running_loop().call_later(AWAY, self._call, chat_id, chat)
            return False
        return True

    def _end_of(self, slow: bool) -> None:
        """Release a sender; one that had a slow row takes the next slow one."""
        self._slow -= slow
        if slow and self._slow_chats:
            chat_id = self._slow_chats.popleft()
            self._call(chat_id, self._chats[chat_id])

    async def _serve(self, chat_id: int, chat: ChatQueue) -> None:
        """Try the first row of the chat once, then put the chat in line again, now or later."""
        call, after = chat.next(), None
        chat.tried = call
        if call is not None:
            after = await self._try_safely(chat, call)
            self._put_back(chat, call, after)
        if isinstance(after, Later) and not after.alone:
            chat.timer = asyncio.get_running_loop().call_later(after.seconds, self._call, chat_id, chat)
        elif chat.has_rows:
            self._call(chat_id, chat)
        else:
            self._forget(chat_id, chat)

    def _put_back(self, chat: ChatQueue, call: OutgoingCall, after: After) -> None:
        """Requeue a row that is to be tried again."""
        if isinstance(after, Moved):
            beyond = set(chat.beyond)
            self._follow(call.chat_id, after.chat_id, [call, *chat.drain()])
            self._wait(after.chat_id, beyond)
        elif after is not None and after.alone:
            self._apart[call.id] = call
            asyncio.get_running_loop().call_later(after.seconds, self._bring_back, call)
        elif after is not None:
            chat.put_back(call)

    def _bring_back(self, call: OutgoingCall) -> None:
        """Put a row that waited separately at the head of its chat's queue."""
        del self._apart[call.id]
        self._queue(call, first=True)

    def _follow(self, chat_id: int, to: int, rows: list[OutgoingCall]) -> None:
        """Move the queue of a chat to its new id; later rows follow."""
        self._moves.note(chat_id, to)
        self.enqueue(rows)

    def _forget(self, chat_id: int, chat: ChatQueue) -> None:
        """Drop the queue of a chat that has nothing to send, once its rate limit no longer matters."""
        chat.busy = False
        if chat.pace is None:
            del self._chats[chat_id]
        else:
            quiet = 2 * chat.pace.time_period
            asyncio.get_running_loop().call_later(quiet, self._forget_if_quiet, chat_id, chat)

    def _forget_if_quiet(self, chat_id: int, chat: ChatQueue) -> None:
        if not chat.busy and self._chats.get(chat_id) is chat:
            del self._chats[chat_id]

    async def _try_safely(self, chat: ChatQueue, call: OutgoingCall) -> After:
        """Like `_try`, but an unexpected error is a failed attempt, unless the database is unavailable."""
        try:
            try:
                return await self._try(chat, call)
            except DBAPIError:
                raise
            except Exception as error:
                log.exception("Row %s could not be sent: something unforeseen", call.id)
                return self._sending.after_fault(call, error)
        except Exception as error:
            note(log, f"Row {call.id} waits", error)
            return Later(AWAY if is_away(error) else AFTER_FAULT)

    async def _try(self, chat: ChatQueue, call: OutgoingCall) -> After:
        """Send the row unless the chat's rate limit requires waiting."""
        if self._overall is not None:
            if chat.pace is None:
                chat.pace = self._caps.pace_of(call.chat_id)
            if pause := chat.must_pause:
                return Later(pause)
            await chat.pace.acquire()
            await self._overall.acquire()
            if self._closed:
                return Later(0)
        after = await self._sending.send(call)
        if isinstance(after, Moved):
            return self._checked(call, after)
        return after

    def _checked(self, call: OutgoingCall, after: Moved) -> Moved | None:
        """Store the chat's new id. A row that would be forwarded in a circle is set aside."""
        if self._moves.newest(after.chat_id) == call.chat_id:
            self._sending.step_aside(call, "the chat's new number leads back to itself")
            return None
        with transaction(self._engine) as session:
            chat_move.note(session, call.chat_id, after.chat_id, self._clock.now())
        return after

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

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
