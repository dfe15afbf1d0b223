"""What a message replies to: a card, one's own message, or the album that it is part of."""

import re
from dataclasses import dataclass

from sqlmodel import Session

from handlers.chat.context import TurnContext
from handlers.chat.flows import DraftButton
from models.activities import reading as activities
from models.errors import Rejected
from models.evidence import attachment
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.tables.chat.draft import DraftKind

_NUMBER = re.compile(r"n\.º (\d{1,9})\b")


@dataclass(frozen=True)
class ReplyTarget:
    """An open draft or a registered activity; neither if the message replies to nothing."""

    draft: Draft | None = None
    activity_id: int | None = None


def find(context: TurnContext) -> ReplyTarget:
    """Return the target. Raises `Rejected` for a reply to what was cancelled; its album is still gathered."""
    session = context.session
    incoming = context.incoming
    if incoming.album is not None:
        piece = attachment.of_album(session, incoming.chat_id, incoming.album)
        if piece is not None:
            return _of_draft(session, piece.draft_id, piece.activity_id, of_album=True)
    if incoming.reply_to is None:
        return ReplyTarget()
    if not incoming.reply_from_bot:
        return of_message(session, incoming.chat_id, incoming.reply_to)
    if (button := DraftButton.find(incoming.reply_data)) is not None:
        return _of_draft(session, button.draft_id, None, context.member.person_id)
    numbers = set(_NUMBER.findall(incoming.reply_text))
    return ReplyTarget(activity_id=int(numbers.pop())) if len(numbers) == 1 else ReplyTarget()


def of_message(session: Session, chat_id: int, message_id: int) -> ReplyTarget:
    """Return what a message of the person filled, by its words or its file."""
    draft = draft_rows.of_message(session, chat_id, message_id)
    if draft is not None:
        return _of_draft(session, draft.id, None)
    piece = attachment.of_message(session, chat_id, message_id)
    return _of_draft(session, piece.draft_id, piece.activity_id) if piece else ReplyTarget()


def _of_draft(
    session: Session,
    draft_id: int | None,
    activity_id: int | None,
    person_id: int | None = None,
    of_album: bool = False,
) -> ReplyTarget:
    if activity_id is not None:
        return ReplyTarget(activity_id=activity_id)
    draft = draft_rows.whole(session, draft_id) if draft_id is not None else None
    if draft is None or person_id not in (None, draft.person_id):
        return ReplyTarget()
    if draft_rows.is_open(draft) or (of_album and draft.registered_at is None):
        return ReplyTarget(draft=draft)
    if draft.registered_at is None:
        raise Rejected("draft_expired" if draft.expired_at else "already_cancelled")
    return ReplyTarget(activity_id=_became(session, draft))


def _became(session: Session, draft: Draft) -> int | None:
    """The activity that a registered draft became, or that it corrected."""
    if draft.kind is not DraftKind.ACTIVITY:
        number = draft.content.get("activity_id")
        return int(number) if number is not None else None
    activity = activities.of_draft(session, draft.id)
    return activity.id if activity is not None else None
