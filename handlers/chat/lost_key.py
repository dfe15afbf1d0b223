"""Warns that the installation's key is not the one with which PINs were hashed."""

import logging
from datetime import datetime

from sqlmodel import Session

from handlers.chat import broadcast
from handlers.texts.people import pins as texts
from models.people import pin, reach, roster
from models.reminders import reminders
from models.storage import keys
from models.tables.people import Role

log = logging.getLogger(__name__)

TOLD = "lost-key"  # kind of `Notice`: each person in planning is told once per key


def notice(session: Session, now: datetime) -> None:
    """Log it at each start and tell planning once per key; do nothing if every PIN can be compared."""
    stale = pin.of_another_key(session)
    if not stale:
        return
    log.warning(
        "secret.key is not the one by which %s PINs were set: they are set anew, and invitations made before "
        "work no more. Put the earlier file back in DATA_DIR to keep them.",
        stale,
    )
    own = keys.key_id(session)
    reachable = set(reach.reachable(session, Role.PLANNING))
    for each in roster.holders(session, Role.PLANNING):
        if each.telegram_id in reachable and reminders.claim(session, TOLD, each.id or 0, own, now):
            broadcast.tell(session, [each.telegram_id or 0], texts.KEY_LOST, now)
