"""Simpler forms of a call that Telegram refused.

A reaction becomes the sentence that stands for it, if there is one; a message for one person of a group, a
usual one. Else, in this order, each at most once,
whatever reason Telegram gives:

1. without the forum topic if it is closed or deleted, and not as a reply if that message is gone;
2. a new message if the one to edit is gone or cannot be edited;
3. plain text cut to size, with the buttons that fit; then without buttons;
4. an edit as a new message, a picture or album as documents.
"""

import re
import unicodedata
from dataclasses import replace
from html import unescape
from typing import Any

from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit, MessageLimit

from handlers.chat import ephemeral
from handlers.texts import undelivered as texts
from models.storage.outbox import OTHERWISE, OutgoingCall

TEXT_LIMIT, CAPTION_LIMIT = MessageLimit.MAX_TEXT_LENGTH, MessageLimit.CAPTION_LENGTH  # UTF-16 units
BUTTON_LIMIT = InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER
ROW_LIMIT = InlineKeyboardMarkupLimit.BUTTONS_PER_ROW
DATA_LIMIT = InlineKeyboardButtonLimit.MAX_CALLBACK_DATA  # bytes
_UNCHANGEABLE = (
    "message to edit not found",
    "message can't be edited",
    "no text in the message to edit",
    "message_id_invalid",
    "message identifier is not specified",
    "edit_time_expired",
    "message_author_required",
    "forbidden",  # a 403 about this one message
)
_TAG = re.compile(
    r"</?(?:b|strong|i|em|u|ins|s|strike|del|span|tg-spoiler|tg-emoji|a|code|pre|blockquote)(?:\s[^<>]*)?>"
)
_KEYBOARD = ("reply markup", "reply_markup", "button", "keyboard")


def simpler(call: OutgoingCall, reason: str) -> OutgoingCall | None:
    """Return the next simpler form for that reason, or None if there is none."""
    payload, why = call.payload, reason.lower()
    if OTHERWISE in payload:
        return _in_words(call)
    if ephemeral.PARAMETERS in payload or call.method == ephemeral.EDIT:
        return _for_all(call)
    if "message_thread_id" in payload and ("thread" in why or "topic" in why):
        return _with(call, _without(payload, "message_thread_id"))
    if "reply_parameters" in payload and "message" in why and "repl" in why and "markup" not in why:
        return _with(call, _without(payload, "reply_parameters"))
    if "style" in why and (plain_keys := _unstyled(payload)) != payload:
        return _with(call, plain_keys)
    if call.method == "editMessageText" and any(each in why for each in _UNCHANGEABLE):
        return _anew(call)
    plain = _plain(payload, any(each in why for each in _KEYBOARD))
    if plain is not None and plain != payload:
        return _with(call, plain)
    if payload.get("reply_markup") and call.method.startswith(("send", "edit")):
        return _with(call, _without(payload, "reply_markup"))
    if call.method == "editMessageText":
        return _anew(call)
    return _as_document(call)


def _unstyled(payload: dict[str, Any]) -> dict[str, Any]:
    """Return the payload with buttons of no colour."""
    rows = (payload.get("reply_markup") or {}).get("inline_keyboard")
    if not rows:
        return payload
    kept = [[_without(key, "style") for key in row] for row in rows]
    return {**payload, "reply_markup": {"inline_keyboard": kept}}


def _for_all(call: OutgoingCall) -> OutgoingCall:
    """Return an ephemeral message as a usual one, which the whole group sees."""
    own = (ephemeral.PARAMETERS, "receiver_user_id", "ephemeral_message_id", "reply_parameters")
    payload = {key: value for key, value in call.payload.items() if key not in own}
    return replace(
        call, method="sendMessage" if call.method == ephemeral.EDIT else call.method, payload=payload
    )


def _in_words(call: OutgoingCall) -> OutgoingCall:
    """Return the reply that says what the call would have shown."""
    payload = {
        "chat_id": call.chat_id,
        "text": call.payload[OTHERWISE],
        "parse_mode": "HTML",
        "reply_parameters": {"message_id": call.edits, "allow_sending_without_reply": True},
    }
    return replace(call, method="sendMessage", payload=payload)


def _with(call: OutgoingCall, payload: dict[str, Any]) -> OutgoingCall:
    return replace(call, payload=payload)


def _without(payload: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in payload.items() if key != name}


def _anew(call: OutgoingCall) -> OutgoingCall:
    return replace(call, method="sendMessage", payload=_without(call.payload, "message_id"))


def _as_document(call: OutgoingCall) -> OutgoingCall | None:
    """Return the call that sends the picture as a file."""
    payload = call.payload
    if call.method == "sendPhoto" and isinstance(payload.get("photo"), dict):
        document = {"document": payload["photo"], **_without(payload, "photo")}
        return replace(call, method="sendDocument", payload=document)
    if call.method == "sendMediaGroup" and isinstance(payload.get("media"), list):
        items = [{**item, "type": "document"} for item in payload["media"] if isinstance(item, dict)]
        if items != payload.get("media"):
            return _with(call, {**payload, "media": items})
    return None


def _plain(payload: dict[str, Any], about_keyboard: bool) -> dict[str, Any] | None:
    """Return the text without markup and invisible characters, cut to size; None if nothing is left."""
    changed = dict(payload)
    for name, limit in (("text", TEXT_LIMIT), ("caption", CAPTION_LIMIT)):
        if isinstance(payload.get(name), str):
            changed[name] = _cut(_bare(payload[name], "parse_mode" in payload), limit, texts.CUT)
    changed.pop("parse_mode", None)
    if isinstance(payload.get("media"), list):
        changed["media"] = [
            _plain(item, False) if isinstance(item, dict) else item for item in payload["media"]
        ]
    if "reply_markup" in payload:
        rows, complete = _fitting(payload["reply_markup"])
        changed["reply_markup"] = {"inline_keyboard": rows}
        if about_keyboard and not complete and "text" in changed:
            changed["text"] = _cut(f"{changed['text']}\n\n{texts.BUTTONS_CUT}", TEXT_LIMIT, texts.CUT)
    if "text" in changed and not changed["text"]:
        changed["text"] = texts.NOT_SHOWN
    return changed


def _bare(text: str, marked_up: bool) -> str:
    if marked_up:
        text = unescape(_TAG.sub("", text))
    kept = (each for each in text if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs"))
    return "".join(kept).strip()


def _cut(text: str, limit: int, pointer: str) -> str:
    """Cut at the end of a line if possible, and add a sentence that text was left out."""
    if _units(text) <= limit:
        return text
    room = limit - _units(pointer) - 2
    head = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
    line = head.rfind("\n")
    return f"{(head[:line] if line > room // 2 else head).rstrip()}\n\n{pointer}"


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _fitting(markup: Any) -> tuple[list[list[dict[str, Any]]], bool]:
    """Return at most a hundred buttons, including the last row, and whether that is all of them."""
    given = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    rows = [[each for each in row if _is_usable(each)][:ROW_LIMIT] for row in given or () if row]
    rows = [row for row in rows if row]
    kept: list[list[dict[str, Any]]] = []
    room = BUTTON_LIMIT - (len(rows[-1]) if rows else 0)
    for row in rows[:-1]:
        if len(row) > room:
            break
        kept.append(row)
        room -= len(row)
    kept += rows[-1:]
    return kept, sum(map(len, kept)) == sum(len(row) for row in given or ())


def _is_usable(button: Any) -> bool:
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        return False
    data = button.get("callback_data")
    return data is None or 1 <= len(str(data).encode(errors="replace")) <= DATA_LIMIT
