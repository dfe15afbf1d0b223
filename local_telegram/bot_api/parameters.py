"""The parameters of each Bot API method that the local server knows, and their conversion to Python types."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from local_telegram.refusal import ApiError, bad_request
from local_telegram.world.files import Upload

Given = Mapping[str, Any]
Reader = Callable[[str, Any], Any]


def _integer(name: str, value: Any) -> int:
    if not isinstance(value, bool):
        try:
            return int(value)
        except (TypeError, ValueError):
            pass
    raise bad_request(f'parameter "{name}" must be an integer')


def _chat(name: str, value: Any) -> int:
    """Return the chat id as a number; `@name` is for channels, which the local server does not have."""
    try:
        return int(value)
    except (TypeError, ValueError):
        raise bad_request("chat not found") from None


def _text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise bad_request(f'parameter "{name}" must be a String')
    return value


def _truth(name: str, value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if str(value).lower() in ("true", "1", "yes"):
        return True
    if str(value).lower() in ("false", "0", "no", ""):
        return False
    raise bad_request(f'parameter "{name}" must be a Boolean')


def _number(name: str, value: Any) -> float:
    if not isinstance(value, bool):
        try:
            return float(value)
        except (TypeError, ValueError):
            pass
    raise bad_request(f'parameter "{name}" must be a number')


def _object(name: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value) if value else None
    except ValueError:
        raise bad_request(f"can't parse {name} JSON object") from None


def _file(name: str, value: Any) -> Upload | str:
    if not isinstance(value, Upload | str):
        raise bad_request(f'parameter "{name}" must be a file or its file_id')
    return value


_DESTINATION: dict[str, Reader] = {
    "message_thread_id": _integer,
    "disable_notification": _truth,
    "protect_content": _truth,
    "message_effect_id": _text,
    "reply_parameters": _object,
    "reply_markup": _object,
    "ephemeral_message_parameters": _object,
}
_FORMATTED: dict[str, Reader] = {"parse_mode": _text, "entities": _object, "link_preview_options": _object}
_CAPTION: dict[str, Reader] = {
    "caption": _text,
    "parse_mode": _text,
    "caption_entities": _object,
    "show_caption_above_media": _truth,
}
_DURATION: dict[str, Reader] = {"duration": _integer}
_FRAME: dict[str, Reader] = {"width": _integer, "height": _integer, "has_spoiler": _truth}
_MESSAGE: dict[str, Reader] = {"chat_id": _chat, "message_id": _integer}
_MENU: dict[str, Reader] = {"scope": _object, "language_code": _text}


@dataclass(frozen=True)
class MethodSignature:
    name: str
    required: Mapping[str, Reader]
    optional: Mapping[str, Reader]


_SIGNATURES = [
    MethodSignature("getMe", {}, {}),
    MethodSignature(
        "getUpdates",
        {},
        {"offset": _integer, "limit": _integer, "timeout": _integer, "allowed_updates": _object},
    ),
    MethodSignature(
        "setWebhook",
        {"url": _text},
        {
            "certificate": _file,
            "ip_address": _text,
            "max_connections": _integer,
            "allowed_updates": _object,
            "drop_pending_updates": _truth,
            "secret_token": _text,
        },
    ),
    MethodSignature("deleteWebhook", {}, {"drop_pending_updates": _truth}),
    MethodSignature("getWebhookInfo", {}, {}),
    MethodSignature("sendMessage", {"chat_id": _chat, "text": _text}, _DESTINATION | _FORMATTED),
    MethodSignature(
        "sendPhoto", {"chat_id": _chat, "photo": _file}, _DESTINATION | _CAPTION | {"has_spoiler": _truth}
    ),
    MethodSignature(
        "sendDocument",
        {"chat_id": _chat, "document": _file},
        _DESTINATION | _CAPTION | {"disable_content_type_detection": _truth},
    ),
    MethodSignature(
        "sendVideo",
        {"chat_id": _chat, "video": _file},
        _DESTINATION | _CAPTION | _DURATION | _FRAME | {"supports_streaming": _truth},
    ),
    MethodSignature(
        "sendAnimation",
        {"chat_id": _chat, "animation": _file},
        _DESTINATION | _CAPTION | _DURATION | _FRAME,
    ),
    MethodSignature("sendVoice", {"chat_id": _chat, "voice": _file}, _DESTINATION | _CAPTION | _DURATION),
    MethodSignature("sendAudio", {"chat_id": _chat, "audio": _file}, _DESTINATION | _CAPTION | _DURATION),
    MethodSignature(
        "sendVideoNote",
        {"chat_id": _chat, "video_note": _file},
        _DESTINATION | _DURATION | {"length": _integer},
    ),
    MethodSignature(
        "sendMediaGroup",
        {"chat_id": _chat, "media": _object},
        {name: reader for name, reader in _DESTINATION.items() if name != "reply_markup"},
    ),
    MethodSignature(
        "sendLocation", {"chat_id": _chat, "latitude": _number, "longitude": _number}, _DESTINATION
    ),
    MethodSignature(
        "sendVenue",
        {"chat_id": _chat, "latitude": _number, "longitude": _number, "title": _text, "address": _text},
        _DESTINATION,
    ),
    MethodSignature("getFile", {"file_id": _text}, {}),
    MethodSignature("editMessageText", _MESSAGE | {"text": _text}, _FORMATTED | {"reply_markup": _object}),
    MethodSignature(
        "editEphemeralMessageText",
        {"chat_id": _chat, "receiver_user_id": _integer, "ephemeral_message_id": _integer, "text": _text},
        _FORMATTED | {"reply_markup": _object},
    ),
    MethodSignature("editMessageCaption", _MESSAGE, _CAPTION | {"reply_markup": _object}),
    MethodSignature("editMessageReplyMarkup", _MESSAGE, {"reply_markup": _object}),
    MethodSignature("setMessageReaction", _MESSAGE, {"reaction": _object, "is_big": _truth}),
    MethodSignature("deleteMessage", _MESSAGE, {}),
    MethodSignature(
        "answerCallbackQuery",
        {"callback_query_id": _text},
        {"text": _text, "show_alert": _truth, "url": _text, "cache_time": _integer},
    ),
    MethodSignature("setMyCommands", {"commands": _object}, _MENU),
    MethodSignature("deleteMyCommands", {}, _MENU),
    MethodSignature("getMyCommands", {}, _MENU),
    MethodSignature("setMyDescription", {}, {"description": _text, "language_code": _text}),
    MethodSignature("getMyDescription", {}, {"language_code": _text}),
    MethodSignature("getMyShortDescription", {}, {"language_code": _text}),
    MethodSignature("setMyShortDescription", {}, {"short_description": _text, "language_code": _text}),
    MethodSignature("sendChatAction", {"chat_id": _chat, "action": _text}, {"message_thread_id": _integer}),
    MethodSignature("getChat", {"chat_id": _chat}, {}),
]
_BY_NAME = {signature.name.lower(): signature for signature in _SIGNATURES}


def signature_of(method: str) -> MethodSignature:
    """Return a method's signature; its name is not case-sensitive. Raises `ApiError` 404 if unknown."""
    signature = _BY_NAME.get(method.lower())
    if signature is None:
        raise ApiError(404, "Not Found")
    return signature


def read_parameters(signature: MethodSignature, given: Given) -> dict[str, Any]:
    """Return the parameters, converted to their types. Raises `ApiError` 400 for a wrong value.

    Unknown parameters, which Telegram ignores, are refused too, since they are a mistake of the bot's.
    """
    read: dict[str, Any] = {}
    for name, value in given.items():
        reader = signature.required.get(name) or signature.optional.get(name)
        if reader is None:
            raise bad_request(f'{signature.name} has no parameter "{name}"')
        if value is not None:
            read[name] = reader(name, value)
    for name in signature.required:
        if name not in read or (read[name] == "" and name != "url"):
            raise bad_request("message text is empty" if name == "text" else f"{name} is empty")
    return read
