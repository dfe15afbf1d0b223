"""Handles a batch of updates in one transaction. See docs/decisions/0001.

1. The inbox row of each update is inserted; if it exists already, the update was handled before and is
   skipped.
2. Each update is handled in a savepoint of its own, which contains what it changes, audits and says.
3. A `Rejected` rolls the savepoint back and becomes one sentence. Any other error rolls it back too; the
   inbox row keeps the update and the error, and `retry` tries it again.
4. The caller commits, and only then confirms the batch to Telegram. If the batch cannot be stored as a whole,
   each update is handled alone, with what it says and audits in its savepoint. An update that cannot be
   stored at all is skipped, and its person and planning are told.
"""

import json
import logging
import time
import traceback
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlmodel import Session

from handlers.activity_form import closed
from handlers.chat import broadcast, bursts, fairness, help, reply_keyboard, strangers
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Command, Endpoint
from handlers.chat.running_bot import RunningBot
from handlers.messages import message
from handlers.people import access, pins
from handlers.routes import CONVERSATIONS
from handlers.texts import general, rejections
from handlers.updates.parsing import IncomingUpdate, clean, has_number, parse
from models.errors import Rejected
from models.people import deputies
from models.programme.view import programmes
from models.rights import member
from models.storage import inbox, occurrences, update_queue
from models.storage.database import quick_savepoint, savepoint, separately
from models.storage.occurrences import Occurred
from models.storage.refusal import is_away
from models.storage.unit_of_work import work_of
from models.tables.chat.inbox import Inbox
from models.tables.people import Role
from spanish.writing.folding import fold

log = logging.getLogger(__name__)

BACK_OFF = (timedelta(seconds=10), timedelta(minutes=1))  # waits before the second and third attempt
ATTEMPTS = len(BACK_OFF) + 1
Scope = Callable[[Session], AbstractContextManager[None]]  # what is rolled back together
_WHOLE: Scope = partial(savepoint, whole=True)


def take(session: Session, batch: Sequence[Any], now: datetime) -> None:
    """Handle every update of the batch that was not handled before.

    Raises if the database refuses a row; nothing of the batch is stored then, and each update must be handled
    alone, which costs more.
    """
    _take(session, batch, now, quick_savepoint)


def take_alone(session: Session, raw: Any, now: datetime) -> None:
    """Handle one update; if the database refuses part of it, roll it back and store it for a retry.

    Raises only if that cannot be stored either.
    """
    _take(session, [raw], now, _WHOLE)


def keep(session: Session, raw: Any, now: datetime, error: Exception) -> None:
    """Store an update that failed even alone for a retry, in a transaction of its own."""
    if has_number(raw) and _insert(session, [raw], now):
        _set_back(session, raw, now, 1, error)


def skip(session: Session, batch: Sequence[Any], now: datetime) -> None:
    """Tell planning, and the people concerned if known, about updates that cannot be stored."""
    named = ", ".join(_number(raw) for raw in batch)
    log.error("Updates that cannot be stored were skipped: %s", named)
    for raw in batch:
        with separately(session, "The person of a skipped update could not be told"):
            _tell_person(session, raw, now, general.NOT_KEPT)
    with separately(session, "Planning could not be told of a skipped update"):
        broadcast.tell_role(session, Role.PLANNING, general.skipped_notice(len(batch), named), now)


def take_queued(
    session: Session, batch: Sequence[dict[str, Any]], now: datetime, alone: bool = False
) -> None:
    """Handle updates from one person's queue, in order.

    Raises if the database refuses a row; each update must be handled alone then.
    """
    scope = _WHOLE if alone else quick_savepoint
    kept = fairness.newest_edits(list(batch))
    for raw in batch:
        if raw in kept:
            _attempt(session, raw, now, scope, attempt=1, again=True)
        else:
            _change(session, raw, _done(now, attempt=1))


def set_back(session: Session, raw: dict[str, Any], now: datetime, error: Exception) -> None:
    """Record, in a transaction of its own, that a queued update failed even alone."""
    _set_back(session, raw, now, 1, error)


def retry(session: Session, now: datetime, but: Collection[int] = ()) -> int | None:
    """Retry one failed update that is due. Return its number, or None if there is none.

    `but`: updates not to retry. Raises if the outcome cannot be stored.
    """
    found = due(session, now, but)
    if found is None or found.payload is None:
        return None
    raw = json.loads(found.payload)
    _attempt(session, raw, now, _WHOLE, attempt=found.attempts + 1, again=True)
    return found.update_id


def retry_failed(session: Session, now: datetime, error: Exception, but: Collection[int] = ()) -> int | None:
    """Record that `retry` raised for the due update, in a transaction of its own; return its number."""
    found = due(session, now, but)
    if found is None or found.payload is None:
        return None
    _set_back(session, json.loads(found.payload), now, found.attempts + 1, error)
    return found.update_id


def due(session: Session, now: datetime, but: Collection[int]) -> Inbox | None:
    """Return the failed update to retry next."""
    return inbox.next_due(session, now, BACK_OFF[-1], but)


def _take(session: Session, batch: Sequence[Any], now: datetime, scope: Scope) -> None:
    if unnumbered := [raw for raw in batch if not has_number(raw)]:
        skip(session, unnumbered, now)
    numbered = strangers.without_repeats(session, [raw for raw in batch if has_number(raw)], now)
    queues = work_of(session).part(RunningBot).queues
    at_once, later = fairness.parted(numbered, queues)
    fresh = _insert(session, at_once, now)
    for raw in fairness.in_turn(at_once):
        if raw["update_id"] in fresh:
            fresh.remove(raw["update_id"])
            _attempt(session, raw, now, scope, attempt=1)
    for person, waiting in later.items():
        assert queues is not None
        queues.add(person)  # before the commit, whose outcome may stay unknown
        _queue(session, person, waiting, now)


def _queue(session: Session, person: int, batch: Sequence[dict[str, Any]], now: datetime) -> None:
    """Store updates for their person's turn. If the queue is full, say so once per burst."""
    room = update_queue.append(session, person, [clean(raw) for raw in batch], now)
    beyond = batch[room:]
    fresh = _insert(session, beyond, now)
    for raw in beyond:
        incoming = parse(raw) if raw["update_id"] in fresh else None
        known = member(session, incoming.user_id) if incoming else None
        if incoming is None or known is None:
            continue
        context = TurnContext(incoming, now, known, session, CONVERSATIONS)
        if incoming.callback_id or bursts.is_first(context, "no_turn"):
            context.refuse(general.NO_TURN)


def _insert(session: Session, batch: Sequence[Any], now: datetime) -> set[int]:
    """Insert inbox rows; return the numbers of those that are new. They count as handled until a failure."""
    return inbox.insert_handled(session, [raw["update_id"] for raw in batch], now)


def _attempt(
    session: Session, raw: dict[str, Any], now: datetime, scope: Scope, attempt: int, again: bool = False
) -> None:
    context, incoming, began = None, None, time.perf_counter()
    outcome = "answered"
    try:
        with scope(session):
            incoming = parse(raw)
            context = _meet(session, incoming, now) if incoming else None
            if context is not None:
                _route(context)
    except Exception as error:
        if is_away(error) or not session.is_active:
            raise
        if context is None or not isinstance(error, Rejected):
            kept = pins.secret(raw) if (context and context.secret) or attempt >= ATTEMPTS else raw
            _set_back(session, kept, now, attempt, error)
            _note(session, incoming, "failed", began)
            return
        outcome, context.answered = "rejected", False
        if bursts.is_told(context, error):
            context.refuse(rejections.sentence(error), closed.ways_out(context, error))
    if context is not None:
        context.answer()
    if again:
        _change(session, raw, _done(now, attempt))
    _note(session, incoming, outcome if context else "not linked", began)


def _note(session: Session, incoming: IncomingUpdate | None, outcome: str, began: float) -> None:
    seconds = time.perf_counter() - began
    occurrences.note(session, Occurred.TURN, CONVERSATIONS.route(incoming), outcome, seconds=seconds)


def _meet(session: Session, incoming: IncomingUpdate, now: datetime) -> TurnContext | None:
    """Return the context of a linked person, or None. Handles strangers and people who block the bot."""
    if incoming.blocked is not None:
        access.notice_block(session, incoming, now)
        return None
    person = member(session, incoming.user_id)
    if person is None:
        access.meet_stranger(session, incoming, now, CONVERSATIONS)
        return None
    today = now.astimezone(programmes(session).zone).date()
    return TurnContext(incoming, now, deputies.deputized(session, person, today), session, CONVERSATIONS)


def _route(context: TurnContext) -> None:
    """Find the endpoint, check the right it needs, and call its handler."""
    incoming = context.incoming
    taps = work_of(context.session).part(RunningBot).taps
    if taps is not None and taps.is_beyond(incoming, context.now):
        context.answer(general.TAPPED_ALREADY)
        return
    if pins.hear(context):
        return
    incoming = context.incoming = _with_command(incoming)
    if incoming.callback_id is None and _is_anothers(context):
        return
    if incoming.callback_id is None and (incoming.command is None or incoming.edited_at is not None):
        if incoming.private:
            waiting = pins.waiting(context)
            message.hear(context)
            pins.remind(context, waiting)
        return
    endpoint = CONVERSATIONS.find(incoming) or CONVERSATIONS.named(fold(incoming.command or ""))
    if incoming.callback_id is not None and (endpoint is None or not _may_press(endpoint, incoming)):
        raise Rejected("stale_button")
    if endpoint is None:
        if incoming.private:
            help.tell_unknown(context)
        return
    if not incoming.private and not endpoint.in_groups:
        context.refuse(general.PRIVATE_ONLY)
        return
    context.member.require(endpoint.action)
    endpoint.handle(context)


def _with_command(incoming: IncomingUpdate) -> IncomingUpdate:
    """Return a button below the chat, which arrives as a text, as its command."""
    own = incoming.private and incoming.edited_at is None and incoming.attachment is None
    meant = reply_keyboard.command_of(incoming.text) if own else None
    return replace(incoming, command=meant, arguments="") if meant else incoming


def _may_press(endpoint: Endpoint, incoming: IncomingUpdate) -> bool:
    """A button is of its verb, or turns a command's list to another page."""
    return not isinstance(endpoint, Command) or endpoint.paged


def _is_anothers(context: TurnContext) -> bool:
    """Return whether a command names another bot of the group: «/avance@another_bot»."""
    ours = work_of(context.session).part(RunningBot).username
    return context.incoming.addressee is not None and context.incoming.addressee.casefold() != ours.casefold()


def _set_back(session: Session, raw: dict[str, Any], now: datetime, attempt: int, error: Exception) -> None:
    """Store the update and its error; after the last attempt set it aside and tell people."""
    reason = "".join(traceback.format_exception(error))[-4000:]
    log.error("Update %s failed, attempt %s: %s", raw["update_id"], attempt, error, exc_info=error)
    aside = attempt >= ATTEMPTS
    values = {
        "payload": json.dumps(clean(raw), ensure_ascii=False),
        "attempts": attempt,
        "error": clean(reason),
        "handled_at": None,
        "retry_at": None if aside else now + BACK_OFF[attempt - 1],
        "set_aside_at": now if aside else None,
        **update_queue.LEFT,
    }
    _change(session, raw, values)
    if aside:
        _tell_set_aside(session, raw, now)


def _tell_set_aside(session: Session, raw: dict[str, Any], now: datetime) -> None:
    """Tell planning, and the person if the update can be parsed far enough to know them."""
    with separately(session, "Whose update was set aside could not be told"):
        _tell_person(session, raw, now, general.SET_ASIDE)
    with separately(session, "Planning could not be told of an update set aside"):
        broadcast.tell_role(session, Role.PLANNING, general.set_aside_notice(raw["update_id"]), now)


def _tell_person(session: Session, raw: Any, now: datetime, text: str) -> None:
    incoming = parse(raw)
    person = member(session, incoming.user_id) if incoming else None
    if incoming is not None and person is not None:
        TurnContext(incoming, now, person, session, CONVERSATIONS).say(text)


def _number(raw: Any) -> str:
    """Return the update's number as logged and told, or a description if it has none."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return repr(clean(number))[:40]


def _done(now: datetime, attempt: int) -> dict[str, Any]:
    given = {"handled_at": now, "payload": None, "retry_at": None, "error": None, "attempts": attempt}
    return {**given, **update_queue.LEFT}


def _change(session: Session, raw: dict[str, Any], values: dict[str, Any]) -> None:
    inbox.change(session, raw["update_id"], values)
