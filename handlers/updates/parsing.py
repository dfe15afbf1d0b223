"""Parses an update's JSON into an `IncomingUpdate`.

The JSON is read directly: python-telegram-bot's objects for one update take as long as a query, and few of
its fields are needed. `handlers.updates.update_types` lists them.
"""

import logging
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pydantic import ValidationError

from handlers.updates import update_types as types
from models.clean_text import clean_file_name, without_control, without_direction, without_runs_of_blanks
from models.evidence.attachment import Attachment
from models.tables.evidence import EvidenceKind

log = logging.getLogger(__name__)

PAGE_MARK = "~"  # separates a button's data from the page of a list
_TURN = re.compile(rf"(?P<data>.*){PAGE_MARK}(?P<page>[1-9]\d{{0,2}})", re.ASCII | re.DOTALL)
_COMMAND = re.compile(r"/(?P<name>\w{1,32})(?:@(?P<addressee>\w+))?(?P<rest>\s.*|)", re.DOTALL)
_FILES = {  # field of a message: kind of evidence. Animations first, since they have a document too.
    "animation": EvidenceKind.VIDEO,
    "video": EvidenceKind.VIDEO,
    "video_note": EvidenceKind.VIDEO,
    "voice": EvidenceKind.VOICE,
    "audio": EvidenceKind.VOICE,
    "document": EvidenceKind.DOCUMENT,
}
# What a person can send that the bot cannot use and refuses. A message with none of these fields and none of
# those above is a service message (a pinned message, a timer) and is ignored.
_OF_NO_USE = ("sticker", "story", "poll", "contact", "dice", "game", "checklist", "paid_media", "invoice")
_DEEPEST = 24  # levels of nesting that are read; Telegram's updates have ten


@dataclass(frozen=True)
class IncomingUpdate:
    """What one person did: a message, an edit, a tap, or a change of membership.

    `sent_at` is when Telegram dated the message, None for a tap. `edited_at` is set for an edit;
    `forwarded_at` is when a forwarded message was first sent. `page` is the page of a list, from 1, if a
    button turns it; the list is then named by `data` or, as first requested, by `command`. `reply_to` is the
    message replied to, `reply_text` its text and `reply_data` the data of its first button.
    """

    update_id: int
    chat_id: int
    private: bool
    user_id: int
    user_name: str
    sent_at: datetime | None = None
    edited_at: datetime | None = None
    forwarded_at: datetime | None = None
    text: str | None = None
    vanished: bool = False  # a word of invisible characters was left out
    command: str | None = None
    arguments: str = ""
    addressee: str | None = None  # the bot named in «/avance@another_bot»
    attachment: Attachment | None = None
    album: str | None = None
    reply_to: int | None = None
    reply_from_bot: bool = False
    reply_text: str = ""
    reply_data: str = ""
    data: str | None = None
    callback_id: str | None = None
    message_id: int | None = None
    thread_id: int | None = None  # the topic of a forum
    ephemeral_id: int | None = None  # of a message in a group that only its person and the bot see
    page: int = 1
    blocked: bool | None = None


def has_number(raw: Any) -> bool:
    """Return whether it is an update with a number that the database can store."""
    return isinstance(raw, dict) and type(number := raw.get("update_id")) is int and abs(number) < 2**63


def clean(value: Any, depth: int = 0) -> Any:
    """Return the JSON without what a database cannot store: zero bytes, lone surrogates, deep nesting.

    Every text of an update passes through here first.
    """
    if isinstance(value, str):
        return _storable(value)
    if depth >= _DEEPEST:
        return None
    if isinstance(value, dict):
        return {_storable(str(name)): clean(each, depth + 1) for name, each in value.items()}
    if isinstance(value, list):
        return [clean(each, depth + 1) for each in value]
    return value


def _storable(text: str) -> str:
    if "\x00" in text:
        text = text.replace("\x00", "")
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def parse(raw: dict[str, Any]) -> IncomingUpdate | None:
    """Return the parsed update, or None for what the bot ignores. Never raises.

    Ignored are channels, other bots, service messages, and anything that is not an update as the Bot API
    describes it.
    """
    update = clean(raw)
    if not has_number(update):
        return None
    incoming = _hear(update["update_id"], update)
    if incoming is not None and incoming.private and incoming.chat_id != incoming.user_id:
        log.warning("Update %s comes from somebody else's private chat; ignored", incoming.update_id)
        return None
    return incoming


def _hear(number: int, update: dict[str, Any]) -> IncomingUpdate | None:
    try:
        if (query := update.get("callback_query")) is not None:
            return _hear_tap(number, types.CallbackQuery.model_validate(query))
        if (message := update.get("message") or update.get("edited_message")) is not None:
            return _hear_message(number, types.Message.model_validate(message), message)
        if (change := update.get("my_chat_member")) is not None:
            return _hear_change(number, types.ChatMemberUpdated.model_validate(change))
    except ValidationError as error:
        fields = sorted({".".join(map(str, each["loc"])) for each in error.errors(include_input=False)})
        log.warning("Update %s is not as the Bot API describes (%.200s); ignored", number, fields)
    return None


def _who(update_id: int, chat: types.Chat, person: types.User) -> dict[str, Any]:
    return {
        "update_id": update_id,
        "chat_id": chat.id,
        "private": chat.id > 0,  # groups and channels have negative numbers
        "user_id": person.id,
        "user_name": " ".join(filter(None, (person.first_name, person.last_name))),
    }


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _hear_message(update_id: int, message: types.Message, fields: dict[str, Any]) -> IncomingUpdate | None:
    attachment = _attachment(message)
    said = message.text or attachment or any(fields.get(each) for each in _OF_NO_USE)
    if not said or message.sender is None or message.sender.is_bot:
        return None
    given = message.text if message.text is not None else message.caption or ""
    words = without_runs_of_blanks(_seen(given))
    command = _COMMAND.fullmatch(words) if message.text is not None else None
    return IncomingUpdate(
        **_who(update_id, message.chat, message.sender),
        **_circumstances(message),
        sent_at=_moment(message.date),
        text=words or None,
        vanished=words != given and len(words.split()) < len(given.split()),
        command=command["name"].casefold() if command else None,
        arguments=command["rest"].strip() if command else "",
        addressee=command["addressee"] if command else None,
        attachment=attachment,
        album=message.media_group_id,
        message_id=message.message_id,
        thread_id=_topic(message),
        ephemeral_id=message.ephemeral_message_id,
    )


def _seen(text: str) -> str:
    """Return the text without control and direction characters."""
    return without_direction(without_control(text))


def _topic(message: types.InChat) -> int | None:
    """Return the topic of a forum. Replies elsewhere have a thread number too, which cannot be sent to."""
    return message.message_thread_id if message.is_topic_message else None


def _circumstances(message: types.Message) -> dict[str, Any]:
    """Return the fields that say whether it is an edit, a forward, or a reply."""
    found: dict[str, Any] = {}
    if message.edit_date is not None:
        found["edited_at"] = _moment(message.edit_date)
    if message.forward_origin is not None:
        found["forwarded_at"] = _moment(message.forward_origin.date)
    if (replied := message.reply_to_message) is not None:
        keys = (replied.reply_markup.inline_keyboard if replied.reply_markup else None) or []
        data = (key.callback_data for row in keys for key in row)
        found["reply_to"] = replied.message_id
        found["reply_from_bot"] = bool(replied.sender and replied.sender.is_bot)
        found["reply_text"] = replied.text or replied.caption or ""
        found["reply_data"] = next(filter(None, data), "")
    return found


def _attachment(message: types.Message) -> Attachment | None:
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return Attachment(
            EvidenceKind.PHOTO, largest.file_id, media_type="image/jpeg", bytes=largest.file_size
        )
    if (place := message.location) is not None:
        title = message.venue.title if message.venue else None
        return Attachment(
            EvidenceKind.LOCATION, name=title, latitude=place.latitude, longitude=place.longitude
        )
    for field, kind in _FILES.items():
        file: types.File | None = getattr(message, field)
        if file is not None:
            name = clean_file_name(file.file_name or "") or None
            return Attachment(kind, file.file_id, name, file.mime_type, file.file_size)
    return None


def _hear_tap(update_id: int, query: types.CallbackQuery) -> IncomingUpdate | None:
    if query.message is None:
        return None
    return IncomingUpdate(
        **_who(update_id, query.message.chat, query.sender),
        **_wanted(query.data or ""),
        callback_id=query.id,
        message_id=query.message.message_id,
        thread_id=_topic(query.message),
        ephemeral_id=query.message.ephemeral_message_id,
    )


def _hear_change(update_id: int, change: types.ChatMemberUpdated) -> IncomingUpdate:
    """Return the update of somebody who blocked or unblocked the bot."""
    blocked = change.new_chat_member.status in ("kicked", "left")
    who = _who(update_id, change.chat, change.sender)
    return IncomingUpdate(**who, sent_at=_moment(change.date), blocked=blocked)


def _wanted(data: str) -> dict[str, Any]:
    """Return what a button asks for: its data, or a page of a list."""
    turn = _TURN.fullmatch(data)
    if turn is None:
        return {"data": data}
    page = int(turn["page"])
    command = _COMMAND.fullmatch(turn["data"])
    if command is None:
        return {"data": turn["data"], "page": page}
    if command["addressee"]:
        return {"data": data}
    return {"command": command["name"], "arguments": command["rest"].strip(), "page": page}
