"""Correcting what is registered: from the activity's button, or with what somebody changed already."""

from sqlmodel import Session

from handlers import drafts
from handlers.correction_flow import opened
from handlers.talk import Talk
from models import activities, closing
from models.activity import Activity
from models.draft import DraftKind
from models.filled import Filled


def begin(session: Session, talk: Talk) -> None:
    """✏️: the activity's card, to be changed field by field. One that is open already is shown again."""
    activity = _correctable(session, talk, talk.argument(1))
    draft = drafts.newest_open(session, talk)
    if draft is not None and draft.kind is DraftKind.CORRECTION:
        content: Filled = drafts.read(draft)
        if (content.activity_id, content.version) == (activity.id, activity.version):
            drafts.show(talk, draft, edit=False)
            return
    drafts.open_new(session, talk, DraftKind.CORRECTION, opened(talk, activity))


def content_of(session: Session, talk: Talk, activity_id: int) -> Filled:
    """What the activity says now, every step answered: to be changed and given to `begin_with`."""
    return opened(talk, _correctable(session, talk, activity_id))


def begin_with(session: Session, talk: Talk, activity_id: int, content: Filled, preface: str = "") -> None:
    """Offer a correction whose content is changed already, below a line that says why."""
    activity = _correctable(session, talk, activity_id)
    changed = content.model_copy(update={"activity_id": activity.id, "version": activity.version})
    draft = drafts.begin(session, talk, DraftKind.CORRECTION, changed)
    drafts.show(talk, draft, edit=False, preface=preface)


def _correctable(session: Session, talk: Talk, activity_id: int) -> Activity:
    """Refused at once where its quarter is closed, not after everything was typed."""
    activity = activities.find_correctable(session, activity_id, talk.member)
    closing.check_open(session, activity.unit_id, activity.ends_on, talk.said_at, talk.now)
    return activity
