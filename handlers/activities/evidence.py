"""📎: sends an activity's evidence to anybody who may read the activity.

A file is named by the hash of its content and read from the store when the message is sent (see
`bot/telegram/uploads.py`).
"""

from collections.abc import Sequence
from mimetypes import guess_extension
from typing import Any

from telegram.constants import MediaGroupLimit

from handlers.activities.buttons import RetryEvidence, ShowEvidence
from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Conversation
from handlers.chat.keyboards import button
from handlers.texts.activities import evidence as texts
from models.activities.reading import find
from models.errors import Rejected
from models.evidence import attachment
from models.evidence.keeping import REPEATED, ask_again
from models.rights import Action
from models.storage.unit_of_work import Left, work_of
from models.tables.activity import Activity
from models.tables.evidence import Evidence, EvidenceKind

ALBUM = MediaGroupLimit.MAX_MEDIA_LENGTH
_VOICES = (
    "audio/ogg",
    "audio/opus",
    "audio/mpeg",
    "audio/mp4",
    "audio/x-m4a",
)  # types that Telegram plays as voice notes
_VIDEOS = ("video/mp4", "video/quicktime")
Payload = dict[str, Any]


def show(context: TurnContext, data: ShowEvidence) -> None:
    """Send every stored file, pictures as albums, and one sentence about missing or refused files."""
    activity = find(context.session, data.activity_id, context.member)
    pieces = attachment.received(context.session, activity.id or 0)
    kept = _once(each for each in pieces if each.refused_at is None and _is_here(each))
    pictures = [each for each in kept if each.copy_sha256]
    for start in range(0, len(pictures), ALBUM):
        _send_pictures(context, activity, pictures[start : start + ALBUM], start)
    for place, each in enumerate((each for each in kept if not each.copy_sha256), 1):
        context.tell(*_file(each, place))
    missing = [each for each in pieces if each.refused_at is None and not _is_here(each)]
    refused = [each for each in pieces if each.refused_at is not None and each.reason != REPEATED]
    if missing or refused:
        again = [[button(texts.AGAIN, RetryEvidence(activity.id or 0))]] if missing else None
        context.say(texts.not_here(activity.id or 0, missing, refused), again)
    elif not kept:
        context.say(texts.none(activity.id or 0))


def retry(context: TurnContext, data: RetryEvidence) -> None:
    """Queue the missing files to be fetched again, also in a signed quarter.

    Raises `Rejected("nothing_missing")`.
    """
    session = context.session
    activity = find(session, data.activity_id, context.member)
    attachment.check_captures(session, activity.id or 0, context.member)
    pieces = attachment.pieces(session, activity_id=activity.id)
    missing = [each for each in pieces if not _is_here(each) and each.file_id]
    if not missing:
        raise Rejected("nothing_missing")
    for each in missing:
        ask_again(session, each.id or 0, context.now)
    work_of(session).left.add(Left.EVIDENCE)
    context.edit(texts.asked_again(activity.id or 0, missing))


def _is_here(piece: Evidence) -> bool:
    return piece.fetched_at is not None or piece.kind is EvidenceKind.LOCATION


def _once(pieces: Any) -> list[Evidence]:
    """Return the pieces without those whose content is repeated."""
    return list({each.sha256 or f"#{each.id}": each for each in pieces}.values())


def _send_pictures(
    context: TurnContext, activity: Activity, pictures: Sequence[Evidence], start: int
) -> None:
    """Send an album, or one photograph, using the report copies, which have no location metadata."""
    caption = texts.caption(activity.id or 0, start, len(pictures))
    files = [
        {"evidence": each.copy_sha256, "name": texts.file_name(EvidenceKind.PHOTO, place, ".jpg")}
        for place, each in enumerate(pictures, start + 1)
    ]
    if len(files) == 1:
        context.tell("sendPhoto", {"photo": files[0], "caption": caption})
        return
    media: list[Payload] = [{"type": "photo", "media": file} for file in files]
    media[0] |= {"caption": caption, "parse_mode": "HTML"}
    context.tell("sendMediaGroup", {"media": media})


def _file(piece: Evidence, place: int) -> tuple[str, Payload]:
    """Return the Bot API call that sends a piece other than a picture, or a picture without a report copy."""
    if piece.kind is EvidenceKind.LOCATION:
        return "sendLocation", {"latitude": piece.latitude, "longitude": piece.longitude}
    ending = guess_extension(piece.media_type or "") or ".bin"
    name = piece.name or texts.file_name(piece.kind, place, ending)
    file = {"evidence": piece.sha256, "name": name}
    if piece.kind is EvidenceKind.VOICE and piece.media_type in _VOICES:
        return "sendVoice", {"voice": file}
    if piece.kind is EvidenceKind.VIDEO and piece.media_type in _VIDEOS:
        return "sendVideo", {"video": file}
    return "sendDocument", {"document": file}


CONVERSATION = Conversation(
    callbacks=(
        Callback(ShowEvidence, Action.READ_ACTIVITIES, show),
        Callback(RetryEvidence, Action.CAPTURE, retry),
    ),
)
