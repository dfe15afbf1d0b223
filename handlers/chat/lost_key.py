"""The key of this installation is another than the one by which PINs were hashed: they must be set anew."""

import logging
from datetime import datetime

from sqlmodel import Session, col, select

from handlers.chat import broadcast
from handlers.texts.people import pins as texts
from models.reminders import reminders
from models.storage import keys
from models.tables.people import Membership, Person, Role
from models.tables.pin import PersonPin

log = logging.getLogger(__name__)

TOLD = "lost-key"  # the kind of the `Notice`: each of planning is told once for each key


def notice(session: Session, now: datetime) -> None:
    """Say it in the log at each start, and to planning once; nothing where every PIN can be compared."""
    own = keys.key_id(session)
    stale = session.exec(select(PersonPin.person_id).where(PersonPin.key_id != own)).all()
    if not stale:
        return
    log.warning(
        "secret.key is not the one by which %s PINs were set: they are set anew, and invitations made before "
        "work no more. Put the earlier file back in DATA_DIR to keep them.",
        len(stale),
    )
    planning = session.exec(
        select(Person)
        .join(Membership, col(Membership.person_id) == col(Person.id))
        .where(Membership.role == Role.PLANNING, col(Membership.ended_at).is_(None))
        .distinct()
    ).all()
    reachable = set(broadcast.reachable(session, Role.PLANNING))
    for each in planning:
        if each.telegram_id in reachable and reminders.claim(session, TOLD, each.id or 0, own, now):
            broadcast.tell(session, [each.telegram_id or 0], texts.KEY_LOST, now)
