"""«Ya cuenta»: something that was pending came to count."""

from sqlmodel import Session

from handlers import drafts
from handlers.settlement_flow import find
from handlers.talk import Talk
from models import settlement
from models.draft import DraftKind
from models.errors import Rejected
from models.filled import Settling


def begin(session: Session, talk: Talk) -> None:
    """The button of a pending quantity in `/actividades`."""
    entry, _, _ = find(talk, talk.argument(1))
    if settlement.pending_of(session, entry) <= 0:
        raise Rejected("nothing_pending")
    assert entry.id is not None
    drafts.open_new(session, talk, DraftKind.SETTLEMENT, Settling(entry_id=entry.id))
