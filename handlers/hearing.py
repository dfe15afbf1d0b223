"""An update's JSON reduced to what the bot listens to.

Read from the JSON itself: python-telegram-bot's objects for one update take as long as a look-up in the
database, and few of its fields are wanted.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from handlers import doors
from models.attachment import Attachment
from models.clean_text import without_runs_of_blanks
from models.evidence import EvidenceKind

PAGE_MARK = "~"  # between a button's data and the page of a list that it turns to
_TURN = re.compile(rf"(?P<data>.*){PAGE_MARK}(?P<page>[1-9]\d{{0,2}})", re.ASCII | re.DOTALL)
_COMMAND = re.compile(r"/(?P<name>\w{1,32})(?:@(?P<addressee>\w+))?(?P<rest>\s.*|)", re.DOTALL)
_FILES = {  # a message's field: what it is to us. An animation's message carries a document too: it is first.
    "animation": EvidenceKind.VIDEO,
    "video": EvidenceKind.VIDEO,
    "video_note": EvidenceKind.VIDEO,
    "voice": EvidenceKind.VOICE,
    "audio": EvidenceKind.VOICE,
    "document": EvidenceKind.DOCUMENT,
}


@dataclass(frozen=True)
class Heard:
    """One thing that a person did.

    `sent_at` is when Telegram dated the message; empty for a tap, which Telegram does not date. `edited_at`
    is set where an earlier message was changed, `forwarded_at` is when what is forwarded was first sent.
    `page` is that of a list, from 1, where a button turns it; the list is then asked for by `data` or, as it
    was at first, by `command`.
    `reply_to` is the message replied to, `reply_text` and `reply_data` (of its first button) what it says.
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
    command: str | None = None
    arguments: str = ""
    addressee: str | None = None  # of «/avance@another_bot» in a group
    attachment: Attachment | None = None
    album: str | None = None
    reply_to: int | None = None
    reply_from_bot: bool = False
    reply_text: str = ""
    reply_data: str = ""
    data: str | None = None
    callback_id: str | None = None
    message_id: int | None = None
    page: int = 1
    blocked: bool | None = None


def hear(raw: dict[str, Any]) -> Heard | None:
    """What the update says, or None where the bot does not listen (channels, other bots)."""
    if (query := raw.get("callback_query")) is not None:
        return _hear_tap(raw["update_id"], query) if "message" in query else None
    if (message := raw.get("message") or raw.get("edited_message")) is not None:
        spoken = "from" in message and not message["from"].get("is_bot")
        return _hear_message(raw["update_id"], message) if spoken else None
    if (change := raw.get("my_chat_member")) is not None:
        blocked = change["new_chat_member"]["status"] in ("kicked", "left")
        moment = _moment(change["date"])
        return Heard(
            **_who(raw["update_id"], change["chat"], change["from"]), sent_at=moment, blocked=blocked
        )
    return None


def _who(update_id: int, chat: dict[str, Any], person: dict[str, Any]) -> dict[str, Any]:
    return {
        "update_id": update_id,
        "chat_id": chat["id"],
        "private": chat["id"] > 0,  # groups and channels have negative numbers
        "user_id": person["id"],
        "user_name": " ".join(filter(None, (person.get("first_name"), person.get("last_name")))),
    }


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _hear_message(update_id: int, message: dict[str, Any]) -> Heard:
    said = without_runs_of_blanks(message.get("text", message.get("caption", "")))
    command = _COMMAND.fullmatch(said) if "text" in message else None
    return Heard(
        **_who(update_id, message["chat"], message["from"]),
        **_circumstances(message),
        sent_at=_moment(message["date"]),
        text=said or None,
        command=command["name"].casefold() if command else None,
        arguments=command["rest"].strip() if command else "",
        addressee=command["addressee"] if command else None,
        attachment=_attachment(message),
        album=message.get("media_group_id"),
        message_id=message["message_id"],
    )


def _circumstances(message: dict[str, Any]) -> dict[str, Any]:
    """Whether it is an edit, a forward, a reply."""
    found: dict[str, Any] = {}
    if "edit_date" in message:
        found["edited_at"] = _moment(message["edit_date"])
    if "forward_origin" in message:
        found["forwarded_at"] = _moment(message["forward_origin"]["date"])
    if (replied := message.get("reply_to_message")) is not None:
        keys = replied.get("reply_markup", {}).get("inline_keyboard", [])
        data = (key.get("callback_data") for row in keys for key in row)
        found["reply_to"] = replied["message_id"]
        found["reply_from_bot"] = replied.get("from", {}).get("is_bot", False)
        found["reply_text"] = replied.get("text", replied.get("caption", ""))
        found["reply_data"] = next(filter(None, data), "")
    return found


def _attachment(message: dict[str, Any]) -> Attachment | None:
    if photo := message.get("photo"):
        largest = max(photo, key=lambda size: size["width"] * size["height"])
        return Attachment(
            EvidenceKind.PHOTO, largest["file_id"], media_type="image/jpeg", bytes=largest.get("file_size")
        )
    if place := message.get("location"):
        title = message.get("venue", {}).get("title")
        return Attachment(
            EvidenceKind.LOCATION, name=title, latitude=place["latitude"], longitude=place["longitude"]
        )
    for field, kind in _FILES.items():
        if (file := message.get(field)) is not None:
            return Attachment(
                kind, file["file_id"], file.get("file_name"), file.get("mime_type"), file.get("file_size")
            )
    return None


def _hear_tap(update_id: int, query: dict[str, Any]) -> Heard:
    return Heard(
        **_who(update_id, query["message"]["chat"], query["from"]),
        **_wanted(query.get("data", "")),
        callback_id=query["id"],
        message_id=query["message"]["message_id"],
    )


def _wanted(data: str) -> dict[str, Any]:
    """What a button asks for: its data, or another page of a list."""
    turn = _TURN.fullmatch(data)
    if turn is None:
        return {"data": data}
    page = int(turn["page"])
    command = _COMMAND.fullmatch(turn["data"])
    if command is None:
        return {"data": turn["data"], "page": page}
    door = doors.named(command["name"])
    if door is None or not door.paged or command["addressee"]:
        return {"data": data}
    return {"command": command["name"], "arguments": command["rest"].strip(), "page": page}
