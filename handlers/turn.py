"""A batch of updates becomes rows and answers in one transaction. Source: the design's section 3.

1. Each update's inbox row is inserted; where it was already there, the update is done and passed over.
2. In a savepoint of its own the update is heard: what it changes, audits and says belongs to that savepoint.
3. A `Rejected` undoes the savepoint and becomes one sentence. Any other error undoes it too; the inbox row
   keeps the update and the error, and `retry` takes it up again.
4. The caller commits, and only then acknowledges the batch to Telegram.
"""

import json
import logging
import traceback
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel, col, select, update

from handlers import access, broadcast, closed, doors, message, pins
from handlers.hearing import Heard, hear
from handlers.routes import ROUTES
from handlers.talk import Talk
from handlers.texts import general, rejections
from models import reminders, standing_in
from models.database import savepoint
from models.errors import Rejected
from models.inbox import Inbox
from models.people import Role
from models.programme_view import programmes
from models.rights import member

log = logging.getLogger(__name__)

_INBOX = SQLModel.metadata.tables["inbox"]
_INSERT = {
    dialect: insert(_INBOX).on_conflict_do_nothing().returning(_INBOX.c.update_id)
    for dialect, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
BACK_OFF = (timedelta(seconds=10), timedelta(minutes=1))  # before the second and the third attempt
ATTEMPTS = len(BACK_OFF) + 1
REFUSED = "album-refused"  # the kind of the `Notice` that an album was


def take(session: Session, batch: list[dict[str, Any]], now: datetime) -> None:
    """Handle every update of the batch that was not handled before. Raises only if the database does."""
    fresh = _insert(session, batch, now)
    for raw in batch:
        if raw["update_id"] in fresh:
            _attempt(session, raw, now, attempt=1)


def retry(session: Session, now: datetime) -> bool:
    """Try one failed update again whose time has come; False where there is none."""
    due = session.exec(
        select(Inbox)
        .where(col(Inbox.handled_at).is_(None), col(Inbox.retry_at) <= now)
        .order_by(col(Inbox.retry_at), col(Inbox.update_id))
        .limit(1)
    ).first()
    if due is None or due.payload is None:
        return False
    _attempt(session, json.loads(due.payload), now, attempt=due.attempts + 1, again=True)
    return True


def _insert(session: Session, batch: list[dict[str, Any]], now: datetime) -> set[int]:
    """The ids of the batch that are new. They are born handled; a failure takes that back."""
    rows = {
        raw["update_id"]: {
            "update_id": raw["update_id"],
            "received_at": now,
            "attempts": 1,
            "handled_at": now,
        }
        for raw in batch
    }
    statement = _INSERT[session.get_bind().dialect.name]
    return set(session.connection().execute(statement, list(rows.values())).scalars()) if rows else set()


def _attempt(session: Session, raw: dict[str, Any], now: datetime, attempt: int, again: bool = False) -> None:
    talk = None
    try:
        with savepoint(session):
            heard = hear(raw)
            talk = _meet(session, heard, now) if heard else None
            if talk is not None:
                _route(session, talk)
    except Exception as error:
        if talk is None or not isinstance(error, Rejected):
            kept = pins.secret(raw) if (talk and talk.secret) or attempt >= ATTEMPTS else raw
            _set_back(session, kept, now, attempt, error)
            return
        talk.answered = False
        if _is_first_refused(session, talk):
            talk.refuse(rejections.sentence(error), closed.ways_out(error))
    if talk is not None:
        talk.answer()
    if again:
        done = {"handled_at": now, "payload": None, "retry_at": None, "error": None, "attempts": attempt}
        _change(session, raw, done)


def _meet(session: Session, heard: Heard, now: datetime) -> Talk | None:
    """The talk with a linked person. Strangers, and people who block the bot, are dealt with here."""
    if heard.blocked is not None:
        access.notice_block(session, heard, now)
        return None
    person = member(session, heard.user_id)
    if person is None:
        access.meet_stranger(session, heard, now)
        return None
    today = now.astimezone(programmes(session).zone).date()
    return Talk(heard, now, standing_in.deputized(session, person, today), session)


def _route(session: Session, talk: Talk) -> None:
    """Find the door, check the right, and let what is behind it answer."""
    heard = talk.heard
    if pins.hear(session, talk):
        return
    if heard.data is not None:
        door = doors.VERBS.get(heard.data.partition(":")[0])
        if door is None:
            raise Rejected("stale_button")
    elif _is_anothers(talk):
        return
    elif heard.command is not None and heard.edited_at is None:
        door = doors.named(heard.command)
        if door is None:
            if heard.private:
                talk.say(general.UNKNOWN_COMMAND)
            return
    elif heard.private:
        message.hear(session, talk)
        return
    else:
        return
    if not heard.private and not door.in_groups:
        talk.refuse(general.PRIVATE_ONLY)
        return
    talk.member.require(door.action)
    ROUTES[door.name](session, talk)


def _is_anothers(talk: Talk) -> bool:
    """Whether a command names another bot of the same group: «/avance@another_bot»."""
    ours = talk.session.info.get("bot_username", "")
    return talk.heard.addressee is not None and talk.heard.addressee.casefold() != ours.casefold()


def _is_first_refused(session: Session, talk: Talk) -> bool:
    """Of an album's pictures one is told why; they may come in several batches, hence the unique key."""
    if talk.heard.album is None:
        return True
    album = f"{talk.heard.chat_id}:{talk.heard.album}"
    return reminders.claim(session, REFUSED, talk.member.person_id, album, talk.now)


def _set_back(session: Session, raw: dict[str, Any], now: datetime, attempt: int, error: Exception) -> None:
    """Keep the update and what went wrong; after the last attempt set it aside and say so."""
    reason = "".join(traceback.format_exception(error))[-4000:]
    log.error("Update %s failed, attempt %s: %s", raw["update_id"], attempt, error, exc_info=error)
    aside = attempt >= ATTEMPTS
    values = {
        "payload": json.dumps(raw, ensure_ascii=False),
        "attempts": attempt,
        "error": reason,
        "handled_at": None,
        "retry_at": None if aside else now + BACK_OFF[attempt - 1],
        "set_aside_at": now if aside else None,
    }
    _change(session, raw, values)
    if aside:
        _tell_set_aside(session, raw, now)


def _tell_set_aside(session: Session, raw: dict[str, Any], now: datetime) -> None:
    """Tell planning, and the person, if the update can be heard so far as to know whose it is."""
    with suppress(Exception), savepoint(session):
        heard = hear(raw)
        person = member(session, heard.user_id) if heard else None
        if heard is not None and person is not None:
            Talk(heard, now, person, session).say(general.SET_ASIDE)
    broadcast.tell_role(session, Role.PLANNING, general.set_aside_notice(raw["update_id"]), now)


def _change(session: Session, raw: dict[str, Any], values: dict[str, Any]) -> None:
    session.execute(update(Inbox).where(col(Inbox.update_id) == raw["update_id"]).values(**values))
