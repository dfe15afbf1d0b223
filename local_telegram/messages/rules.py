"""Checks texts, keyboards and command menus as Telegram's servers do, with the same error texts.

Source: https://core.telegram.org/bots/api and the error descriptions of api.telegram.org.
"""

import json
import re
from typing import Any

from local_telegram.messages.entities import (
    Entity,
    UnparsableEntities,
    is_link,
    parse_html,
    trim,
    utf16_length,
    with_detected,
)
from local_telegram.refusal import bad_request

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
ANSWER_LIMIT = 200
BUTTON_LIMIT = 100
ROW_LIMIT = 8  # Telegram hides further buttons of a row; here they are refused, so that tests notice
KEYBOARD_BYTES = 10_000  # as JSON; measured by others: https://github.com/tginfo/Telegram-Limits/issues/187
ENTITY_LIMIT = 100  # those beyond are plain text
CALLBACK_DATA_BYTES = 64
COPY_TEXT_LIMIT = 256
COMMAND_LIMIT = 100

_ENTITY_TYPES = {
    "bold", "italic", "underline", "strikethrough", "spoiler", "code", "pre", "text_link", "blockquote",
    "expandable_blockquote", "bot_command", "mention", "hashtag", "cashtag", "url", "email", "phone_number",
}  # fmt: skip
STYLES = {"primary", "success", "danger"}
PLACEHOLDER_LIMIT = 64
_KEYBOARD_FIELDS = {
    "keyboard", "is_persistent", "resize_keyboard", "one_time_keyboard", "input_field_placeholder",
    "selective",
}  # fmt: skip
REACTIONS = frozenset((  # https://core.telegram.org/bots/api#reactiontypeemoji
    "👍", "👎", "❤", "🔥", "🥰", "👏", "😁", "🤔", "🤯", "😱", "🤬", "😢",
    "🎉", "🤩", "🤮", "💩", "🙏", "👌", "🕊", "🤡", "🥱", "🥴", "😍", "🐳",
    "❤‍🔥", "🌚", "🌭", "💯", "🤣", "⚡", "🍌", "🏆", "💔", "🤨", "😐", "🍓",
    "🍾", "💋", "🖕", "😈", "😴", "😭", "🤓", "👻", "👨‍💻", "👀", "🎃", "🙈",
    "😇", "😨", "🤝", "✍", "🤗", "🫡", "🎅", "🎄", "☃", "💅", "🤪", "🗿",
    "🆒", "💘", "🙉", "🦄", "😘", "💊", "🙊", "😎", "👾", "🤷‍♂", "🤷", "🤷‍♀",
    "😡",
))  # fmt: skip
_ACTIONS = {"callback_data", "url", "copy_text"}
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")

Keyboard = dict[str, list[list[dict[str, Any]]]]


def formatted(text: str, parse_mode: str | None, given: list[Any] | None) -> tuple[str, list[Entity]]:
    """Return text and entities as they are stored. Raises `ApiError` for formatting that does not parse."""
    text = text.replace("\r", "").replace("\x00", "")
    entities: list[Entity] = []
    if parse_mode:
        if parse_mode.lower() != "html":
            raise bad_request(f"unsupported parse_mode: {parse_mode} (this local server reads HTML only)")
        try:
            text, entities = parse_html(text)
        except UnparsableEntities as unparsable:
            raise bad_request(f"can't parse entities: {unparsable}") from None
    elif given:
        entities = [_entity(entity, utf16_length(text)) for entity in given]
    text, entities = trim(text, entities[:ENTITY_LIMIT])
    return text, with_detected(text, entities)


def _entity(entity: Any, limit: int) -> Entity:
    if not isinstance(entity, dict) or entity.get("type") not in _ENTITY_TYPES:
        raise bad_request("can't parse MessageEntity: unknown type")
    offset, length = entity.get("offset"), entity.get("length")
    if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length <= 0:
        raise bad_request("can't parse MessageEntity: offset and length must be numbers")
    if offset + length > limit:
        raise bad_request(f"entity beginning at UTF-16 offset {offset} ends after the end of the text")
    if entity["type"] == "text_link" and not is_link(str(entity.get("url", ""))):
        raise bad_request("can't parse MessageEntity: wrong URL")
    return entity


def message_text(
    text: str, parse_mode: str | None, given: list[Any] | None, *, too_long: str = "message is too long"
) -> tuple[str, list[Entity]]:
    """Return text and entities. Raises `ApiError` unless the parsed text has 1 to 4096 UTF-16 code units."""
    text, entities = formatted(text, parse_mode, given)
    if not text:
        raise bad_request("message text is empty")
    if utf16_length(text) > TEXT_LIMIT:
        raise bad_request(too_long)
    return text, entities


def caption(text: str, parse_mode: str | None, given: list[Any] | None) -> tuple[str, list[Entity]]:
    text, entities = formatted(text, parse_mode, given)
    if utf16_length(text) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return text, entities


def keyboard(markup: Any) -> Keyboard | None:
    """Return an inline keyboard as it is stored, without empty rows; None if it has no button."""
    if markup is None or markup == {}:
        return None
    if not isinstance(markup, dict) or set(markup) != {"inline_keyboard"}:
        raise bad_request("unsupported reply_markup (this local server keeps inline keyboards only)")
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("object expected as reply markup: inline_keyboard must be an array of arrays")
    kept = [[_button(button) for button in row] for row in rows if row]
    size = len(json.dumps(kept, ensure_ascii=False).encode())
    if (
        sum(map(len, kept)) > BUTTON_LIMIT
        or max(map(len, kept), default=0) > ROW_LIMIT
        or size > KEYBOARD_BYTES
    ):
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": kept} if kept else None


def reply_keyboard(markup: Any) -> list[list[str]] | None:
    """Return the labels of the keyboard below the chat, none to remove it; None for an inline keyboard.

    Raises `ApiError` unless it is one of the two as the Bot API describes them.
    """
    if not isinstance(markup, dict) or "inline_keyboard" in markup or not markup:
        return None
    if markup.get("remove_keyboard") is True and set(markup) <= {"remove_keyboard", "selective"}:
        return []
    rows = markup.get("keyboard")
    if set(markup) - _KEYBOARD_FIELDS or not isinstance(rows, list) or not rows:
        raise bad_request("object expected as reply markup")
    labels = [[each if isinstance(each, str) else _label(each) for each in row] for row in rows]
    if not 0 <= len(str(markup.get("input_field_placeholder", ""))) <= PLACEHOLDER_LIMIT:
        raise bad_request("input field placeholder is too long")
    return labels


def _label(button: Any) -> str:
    if not isinstance(button, dict) or not str(button.get("text", "")).strip():
        raise bad_request('can\'t parse keyboard button: Field "text" must be of type String')
    if unknown := set(button) - {"text", "style"}:
        raise bad_request(f"can't parse keyboard button: unknown field {sorted(unknown)[0]!r}")
    _check_style(button)
    return str(button["text"])


def _check_style(button: dict[str, Any]) -> None:
    if button.get("style", "primary") not in STYLES:
        raise bad_request("can't parse keyboard button: invalid button style specified")


def reaction(given: Any) -> str | None:
    """Return the emoji of a bot's reaction, None to remove it. Raises `ApiError`."""
    if not given:
        return None
    if not isinstance(given, list) or len(given) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    emoji = given[0].get("emoji") if isinstance(given[0], dict) else None
    if given[0].get("type") != "emoji" or emoji not in REACTIONS:
        raise bad_request("REACTION_INVALID")
    return str(emoji)


def _button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: expected an Object")
    if unknown := set(button) - _ACTIONS - {"text", "style"}:
        raise bad_request(f"can't parse inline keyboard button: unknown field {sorted(unknown)[0]!r}")
    if not isinstance(button.get("text"), str) or not button["text"].strip():
        raise bad_request("can't parse inline keyboard button: text must be non-empty")
    _check_style(button)
    actions = _ACTIONS & set(button)
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise bad_request("can't parse inline keyboard button: exactly one action must be used")
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= CALLBACK_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
    elif "url" in button and not is_link(str(button["url"])):
        raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    elif "copy_text" in button:
        copied = button["copy_text"]
        copied = copied.get("text") if isinstance(copied, dict) else None
        if not isinstance(copied, str) or not 1 <= len(copied) <= COPY_TEXT_LIMIT:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return button


def commands(given: Any) -> list[dict[str, Any]]:
    """Return the checked entries of a command menu. Raises `ApiError`."""
    if not isinstance(given, list) or not all(isinstance(entry, dict) for entry in given):
        raise bad_request("can't parse commands list: expected an Array of BotCommand")
    if len(given) > COMMAND_LIMIT:
        raise bad_request("too many commands specified")
    for entry in given:
        if not _COMMAND.fullmatch(str(entry.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(entry.get("description", ""))) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return [
        {"command": entry["command"].removeprefix("/"), "description": entry["description"]}
        | ({"is_ephemeral": True} if entry.get("is_ephemeral") else {})
        for entry in given
    ]
