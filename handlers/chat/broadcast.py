"""Messages that nobody asked for: to everybody of a role, after the replies."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from handlers.chat import fitting
from handlers.chat.keyboards import Keyboard
from handlers.texts import general
from models.rights import Member, member
from models.storage.outbox import OutgoingCall
from models.tables.people import Membership, Person, Role


def tell_role(session: Session, role: Role, text: str, now: datetime) -> None:
    """Tell every reachable person of that role."""
    tell(session, reachable(session, role), text, now)


def reachable(session: Session, role: Role | None = None) -> list[int]:
    """Telegram ids of the linked, not suspended, reachable people of a role, or of all."""
    query = (
        select(Person.telegram_id)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(
            col(Person.telegram_id).is_not(None),
            col(Person.suspended_at).is_(None),
            col(Person.unreachable_at).is_(None),
            col(Membership.ended_at).is_(None),
        )
        .distinct()
    )
    if role is not None:
        query = query.where(Membership.role == role)
    return [chat_id for chat_id in session.exec(query).all() if chat_id is not None]


def within_reach(session: Session, person_id: int | None) -> Member | None:
    """That person as they stand now; None for who is suspended, has no role left, or cannot be reached."""
    person = session.get(Person, person_id) if person_id is not None else None
    if person is None or person.telegram_id is None or person.unreachable_at is not None:
        return None
    return member(session, person.telegram_id)


def tell(
    session: Session,
    chat_ids: Iterable[int],
    text: str,
    now: datetime,
    keyboard: Keyboard | None = None,
    silent: bool = False,
) -> None:
    """The same message to each of those chats; where `silent`, without a sound."""
    for chat_id in chat_ids:
        payload = {"chat_id": chat_id, "text": text, "parse_mode": "HTML"}
        if silent:
            payload["disable_notification"] = True
        if keyboard:
            payload["reply_markup"] = {"inline_keyboard": keyboard}
        fitting.enqueue(session, OutgoingCall(chat_id, "sendMessage", payload, at=now, broadcast=True))


def mark_unreachable(session: Session, chat_id: int, now: datetime) -> None:
    """A chat turned out to be out of reach: mark its person, and tell planning once."""
    person = session.exec(
        select(Person).where(Person.telegram_id == chat_id, col(Person.unreachable_at).is_(None))
    ).first()
    if person is not None:
        person.unreachable_at = now
        session.flush()
        tell_role(session, Role.PLANNING, general.unreachable(person.name), now)
