"""Send outbox rows to Telegram. Rules: docs/decisions/0008 and 0034.

1. What a transaction said is handed over in memory right after its commit; a restart finds it in the table.
2. Within a chat in order, chats side by side, replies before broadcasts, within Telegram's caps. A chat that
   waits (429, its pace, the network) holds no sender: it comes back when its time has come.
3. A later edit of a message that is not yet sent replaces the earlier one; one that changes nothing is not
   sent (`bot.telegram.shown`).
4. What fails is tried later, said in a simpler form, or steps aside with a sentence (`bot.telegram.sending`).
5. The outcome is written after, many at a time (`bot.telegram.outcomes`), and before the same chat gets
   another message, so that a crash repeats one message a chat at most. The payload of what is done is not
kept.
6. At the end nothing new is begun, and what is on its way is waited for.
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
from bot.telegram.api import Api
from bot.telegram.outcomes import Outcomes
from bot.telegram.queues import Caps, ChatQueue
from bot.telegram.sending import After, Later, Moved, Sending
from models.storage import chat_move
from models.storage.database import transaction
from models.storage.outbox import OutgoingCall, unsent
from models.storage.refusal import is_away, note

log = logging.getLogger(__name__)

SENDERS = 32
AT_MOST_SLOW = SENDERS // 2  # senders for files, and for what failed before: others find one that is free
AWAY = 2.0  # seconds before the database is tried again
MARK_EVERY = 0.05  # seconds between writing outcomes
AFTER_FAULT = 0.5  # seconds before a row is taken up again after something unforeseen here
AT_THE_END = 10  # seconds for what is on its way when the program ends


class Delivery:
    """The senders. `start` takes up what is unsent, `hand_over` adds to it, `close` begins nothing new,
    `stop` waits for what is on its way and writes what is known."""

    def __init__(self, api: Api, engine: Engine, clock: Clock, caps: Caps | None = None) -> None:
        self._api, self._engine, self._clock = api, engine, clock
        self._caps = caps or Caps()
        self._overall = self._caps.pace()
        self._chats: dict[int, ChatQueue] = {}
        self._ready: asyncio.PriorityQueue[tuple[int, int, int]] = asyncio.PriorityQueue()
        self._outcomes = Outcomes(engine)
        self._sending = Sending(api, engine, clock, self._outcomes, self.hand_over)
        self._moves: dict[int, int] = {}  # chats that got another number
        self._apart: dict[int, OutgoingCall] = {}  # rows that wait by themselves, by their numbers
        self._tasks: set[asyncio.Task[None]] = set()
        self._on_their_way: set[asyncio.Task[None]] = set()
        self._closed = False
        self._slow = 0  # senders that have a slow row in hand
        self._slow_chats: deque[int] = deque()  # that wait for one of these
        self._turn = 0

    def start(self) -> None:
        with transaction(self._engine) as session:
            self._moves = chat_move.moves(session)
            waiting = unsent(session)
        self.hand_over(waiting)
        for _ in range(SENDERS):
            self._spawn(self._send_for_ever())
        self._spawn(self._mark_for_ever())

    def close(self) -> None:
        """From now on nothing new is begun; what is handed over is found at the next start."""
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

    def hand_over(self, sayings: Iterable[OutgoingCall]) -> None:
        """Queue what a committed transaction said."""
        for saying in sayings:
            self._queue(saying)

    def _queue(self, saying: OutgoingCall, first: bool = False) -> None:
        if self._moves:
            saying = self._followed(saying)
        chat = self._chats.setdefault(saying.chat_id, ChatQueue())
        if first:
            chat.put_back(saying)
        elif (replaced := chat.add(saying)) is not None:
            self._sending.drop(replaced, "replaced by a later edit")
        if not chat.busy:
            self._call(saying.chat_id, chat)
        elif chat.tried is not None and self._sending.prompt(chat.tried) and chat.timer is not None:
            chat.timer.cancel()
            self._call(saying.chat_id, chat)

    def answer(self, callback_id: str, text: str | None, alert: bool) -> None:
        """Answer a tap at once, beside the queue; what fails is not tried again."""
        payload: dict[str, Any] = {"callback_query_id": callback_id}
        if text:
            payload |= {"text": text[:200], "show_alert": alert}
        task = self._spawn(self._answer(payload))
        self._on_their_way.add(task)
        task.add_done_callback(self._on_their_way.discard)

    @property
    def idle(self) -> bool:
        """Whether nothing waits to be sent or written."""
        return not (self._chats or self._outcomes or self._apart)

    def mark(self) -> None:
        """Write the outcomes that are known, in one transaction."""
        self._outcomes.mark()

    def write(self, session: Session) -> None:
        """Write the outcomes that are known in somebody's transaction; `written` follows its commit."""
        self._outcomes.write(session)

    def written(self) -> None:
        """The transaction with the outcomes is committed; nothing else ran since `write`."""
        self._outcomes.written()

    def _call(self, chat_id: int, chat: ChatQueue) -> None:
        """Put the chat in line for a sender: chats with replies first, then in order of their asking."""
        chat.busy, chat.timer = True, None
        self._turn += 1
        self._ready.put_nowait((0 if chat.replies else 1, self._turn, chat_id))

    async def _send_for_ever(self) -> None:
        this = asyncio.current_task()
        assert this is not None
        while not self._closed:
            _, _, chat_id = await self._ready.get()
            if self._closed:
                return
            chat = self._chats[chat_id]
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

    def _end_of(self, slow: bool) -> None:
        """A sender is free; where it had a slow row, for the next of these."""
        self._slow -= slow
        if slow and self._slow_chats:
            chat_id = self._slow_chats.popleft()
            self._call(chat_id, self._chats[chat_id])

    async def _serve(self, chat_id: int, chat: ChatQueue) -> None:
        """Try the chat's next row once; then the chat is called again, now or when its time has come."""
        saying, after = chat.next(), None
        chat.tried = saying
        if saying is not None:
            after = await self._try_safely(chat, saying)
            self._put_back(chat, saying, after)
        if isinstance(after, Later) and not after.alone:
            chat.timer = asyncio.get_running_loop().call_later(after.seconds, self._call, chat_id, chat)
        elif chat.replies or chat.broadcasts:
            self._call(chat_id, chat)
        else:
            self._forget(chat_id, chat)

    def _put_back(self, chat: ChatQueue, saying: OutgoingCall, after: After) -> None:
        """A row that is not done with goes where it is found in time."""
        if isinstance(after, Moved):
            self._follow(saying.chat_id, after.chat_id, [saying, *chat.drain()])
        elif after is not None and after.alone:
            self._apart[saying.id] = saying
            asyncio.get_running_loop().call_later(after.seconds, self._bring_back, saying)
        elif after is not None:
            chat.put_back(saying)

    def _bring_back(self, saying: OutgoingCall) -> None:
        """A row that waited by itself is the next one of its chat."""
        del self._apart[saying.id]
        self._queue(saying, first=True)

    def _follow(self, chat_id: int, to: int, rows: list[OutgoingCall]) -> None:
        """The chat has another number: what waits goes there, and whatever is said to it later."""
        self._moves[chat_id] = to
        self.hand_over(rows)

    def _followed(self, saying: OutgoingCall) -> OutgoingCall:
        """The same for the number that its chat has by now."""
        chat_id = self._newest(saying.chat_id)
        return saying if chat_id == saying.chat_id else saying.moved_to(chat_id)

    def _newest(self, chat_id: int) -> int:
        for _ in range(len(self._moves)):
            chat_id = self._moves.get(chat_id, chat_id)
        return chat_id

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

    async def _try_safely(self, chat: ChatQueue, saying: OutgoingCall) -> After:
        """As `_try`; what is unforeseen is not tried for ever either, unless it is the database."""
        try:
            try:
                return await self._try(chat, saying)
            except DBAPIError:
                raise
            except Exception as error:
                log.exception("Row %s could not be sent: something unforeseen", saying.id)
                return self._sending.after_fault(saying, error)
        except Exception as error:
            note(log, f"Row {saying.id} waits", error)
            return Later(AWAY if is_away(error) else AFTER_FAULT)

    async def _try(self, chat: ChatQueue, saying: OutgoingCall) -> After:
        """Send the row, unless its chat has to wait for its pace."""
        if self._overall is not None:
            if chat.pace is None:
                chat.pace = self._caps.pace_of(saying.chat_id)
            if pause := chat.must_pause:
                return Later(pause)
            await chat.pace.acquire()
            await self._overall.acquire()
            if self._closed:
                return Later(0)
        after = await self._sending.send(saying)
        if isinstance(after, Moved):
            return self._checked(saying, after)
        return after

    def _checked(self, saying: OutgoingCall, after: Moved) -> Moved | None:
        """Store the chat's new number; a row that would be sent around in a circle steps aside."""
        if self._newest(after.chat_id) == saying.chat_id:
            self._sending.step_aside(saying, "the chat's new number leads back to itself")
            return None
        with transaction(self._engine) as session:
            chat_move.note(session, saying.chat_id, after.chat_id, self._clock.now())
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
