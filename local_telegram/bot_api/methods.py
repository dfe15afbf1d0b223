"""The Bot API's methods as functions of the world and the parameters; getUpdates is in `bot_api`."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from local_telegram.bot_api.content import captioned, context, keyboard_of, receiver, set_keys, worded
from local_telegram.bot_api.media_methods import (
    get_file,
    send_location,
    send_media_group,
    send_venue,
    sending,
)
from local_telegram.messages import rules
from local_telegram.messages.entities import utf16_length
from local_telegram.refusal import bad_request
from local_telegram.world.chats import CONTENT
from local_telegram.world.media import KINDS
from local_telegram.world.updates import Json
from local_telegram.world.world import World

DELETABLE_FOR = timedelta(hours=48)
_SCOPES = {"default", "all_private_chats", "all_group_chats", "chat", "chat_member"}
_ACTIONS = {
    "typing", "upload_photo", "upload_document", "upload_video", "upload_voice", "upload_video_note",
    "record_video", "record_voice", "record_video_note", "choose_sticker", "find_location",
}  # fmt: skip
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_WEBHOOK = ("url", "secret_token", "max_connections", "certificate")
_EDITED = (*CONTENT, "reply_markup")
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


def get_me(world: World, given: Json) -> Json:
    return world.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
    }


def set_webhook(world: World, given: Json) -> bool:
    """Have updates sent to that address; an empty one removes the webhook."""
    if given["url"] and urlsplit(given["url"]).scheme not in ("http", "https"):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = given.get("secret_token", "")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if not 1 <= given.get("max_connections", 40) <= 100:
        raise bad_request("bad webhook: max_connections must be between 1 and 100")
    if given.get("drop_pending_updates"):
        world.updates.clear()
    world.updates.allow(given.get("allowed_updates"))
    world.webhook = {key: value for key, value in given.items() if key in _WEBHOOK and value != ""}
    world.webhook_error = {}
    world.updates.new_reader()
    return True


def delete_webhook(world: World, given: Json) -> bool:
    return set_webhook(world, {"url": "", **given})


def get_webhook_info(world: World, given: Json) -> Json:
    info = {
        "url": world.webhook.get("url", ""),
        "has_custom_certificate": "certificate" in world.webhook,
        "pending_update_count": world.updates.count(),
    }
    if not info["url"]:
        return info
    allowed = {"allowed_updates": sorted(world.updates.allowed)} if world.updates.allowed else {}
    return (
        info | {"max_connections": world.webhook.get("max_connections", 40)} | allowed | world.webhook_error
    )


def send_message(world: World, given: Json) -> Json:
    world.reachable(given["chat_id"])
    text, entities = rules.message_text(given["text"], given.get("parse_mode"), given.get("entities"))
    content = worded("text", text, entities, given) | context(world, given)
    silent = given.get("disable_notification", False)
    sent = world.say(given["chat_id"], content, only_for=receiver(world, given), silent=silent)[0]
    set_keys(world, given)
    return sent


def edit_message_text(world: World, given: Json) -> Json:
    """Replace the text; without `reply_markup` the keyboard is removed."""
    message = _own(world, given)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    text, entities = rules.message_text(
        given["text"], given.get("parse_mode"), given.get("entities"), too_long="MESSAGE_TOO_LONG"
    )
    return _edited(world, message, worded("text", text, entities, given))


def edit_ephemeral_message_text(world: World, given: Json) -> bool:
    """Replace the text of a message that only one person sees."""
    chat = world.reachable(given["chat_id"])
    number = given["ephemeral_message_id"]
    if chat.only_for.get(number) != given["receiver_user_id"]:
        raise bad_request("message to edit not found")
    message = _own(world, {"chat_id": chat.id, "message_id": number})
    text, entities = rules.message_text(given["text"], given.get("parse_mode"), given.get("entities"))
    _edited(world, message, worded("text", text, entities, given))
    return True


def edit_message_caption(world: World, given: Json) -> Json:
    message = _own(world, given)
    media = {key: message[key] for key in KINDS if key in message}
    if not media or "video_note" in media:
        raise bad_request("there is no caption in the message to edit")
    return _edited(world, message, captioned(given) | media)


def edit_message_reply_markup(world: World, given: Json) -> Json:
    message = _own(world, given)
    kept = {key: message[key] for key in CONTENT if key in message}
    return _edited(world, message, kept | keyboard_of(given))


def _own(world: World, given: Json) -> Json:
    """Return the bot's message to be edited. Raises `ApiError`."""
    if rules.reply_keyboard(given.get("reply_markup")) is not None:
        raise bad_request("inline keyboard expected")
    message = world.reachable(given["chat_id"]).messages.get(given["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    if message["from"]["id"] != world.bot["id"]:
        raise bad_request("message can't be edited")
    return message


def _edited(world: World, message: Json, content: Json) -> Json:
    frame = {key: value for key, value in message.items() if key not in _EDITED}
    if all(message.get(key) == content.get(key) for key in _EDITED):
        raise bad_request(_NOT_MODIFIED)
    return world.replace(frame | content)


def set_message_reaction(world: World, given: Json) -> bool:
    """React to a message of the chat; of an album always to its first one."""
    emoji = rules.reaction(given.get("reaction"))
    chat = world.reachable(given["chat_id"])
    message = chat.messages.get(given["message_id"])
    if message is None:
        raise bad_request("message to react not found")
    album = message.get("media_group_id")
    same = [each for each in chat.messages.values() if album and each.get("media_group_id") == album]
    world.react(chat, (same or [message])[0]["message_id"], emoji)
    return True


def delete_message(world: World, given: Json) -> bool:
    """Delete a message of the bot, or in a private chat of the person, up to 48 hours after it was sent."""
    chat = world.reachable(given["chat_id"])
    message = chat.messages.get(given["message_id"])
    if message is None:
        raise bad_request("message to delete not found")
    age = world.now().timestamp() - message["date"]
    foreign = message["from"]["id"] != world.bot["id"] and chat.face["type"] != "private"
    if foreign or age > DELETABLE_FOR.total_seconds():
        raise bad_request("message can't be deleted")
    world.erase(chat.id, given["message_id"])
    return True


def answer_callback_query(world: World, given: Json) -> bool:
    text = given.get("text", "")
    if utf16_length(text) > rules.ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = {"text": text, "show_alert": given.get("show_alert", False), "url": given.get("url", "")}
    world.answer_tap(given["callback_query_id"], answer)
    return True


def set_my_commands(world: World, given: Json) -> bool:
    world.set_menu(_scope(world, given), rules.commands(given["commands"]))
    return True


def delete_my_commands(world: World, given: Json) -> bool:
    world.set_menu(_scope(world, given), [])
    return True


def get_my_commands(world: World, given: Json) -> list[dict[str, str]]:
    return world.menus.get(_scope(world, given), [])


def _scope(world: World, given: Json) -> tuple[str, int, int]:
    """Return the key under which a command menu is stored. `language_code` is accepted and ignored."""
    scope = given.get("scope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad_request("unsupported type specified for BotCommandScope")
    chat_id = user_id = 0
    if scope["type"] in ("chat", "chat_member"):
        chat_id = int(scope.get("chat_id", 0))
        if chat_id not in world.chats:
            raise bad_request("chat not found")
    if scope["type"] == "chat_member":
        user_id = int(scope.get("user_id", 0))
    return scope["type"], chat_id, user_id


def set_my_description(world: World, given: Json) -> bool:
    return _describe(world, "description", given, 512)


def set_my_short_description(world: World, given: Json) -> bool:
    return _describe(world, "short_description", given, 120)


def get_my_description(world: World, given: Json) -> Json:
    return {"description": world.descriptions.get("description", "")}


def get_my_short_description(world: World, given: Json) -> Json:
    return {"short_description": world.descriptions.get("short_description", "")}


def _describe(world: World, name: str, given: Json, limit: int) -> bool:
    text = given.get(name, "")
    if len(text) > limit:
        raise bad_request(f"{name.replace('_', ' ')} is too long")
    world.descriptions[name] = text
    return True


def send_chat_action(world: World, given: Json) -> bool:
    if given["action"] not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.act(given["chat_id"], given["action"])
    return True


def get_chat(world: World, given: Json) -> Json:
    chat = world.chats.get(given["chat_id"])
    if chat is None or (chat.id > 0 and world.people[chat.id].standing == "stranger"):
        raise bad_request("chat not found")
    gifts = (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    )
    return chat.face | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(gifts, False),
    }


Method = Callable[[World, Json], Any]

_SENT = {kind: "".join(part.capitalize() for part in kind.split("_")) for kind in KINDS}

METHODS: dict[str, Method] = {
    "getMe": get_me,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": send_message,
    **{f"send{name}": sending(kind) for kind, name in _SENT.items()},
    "sendMediaGroup": send_media_group,
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "getFile": get_file,
    "editMessageText": edit_message_text,
    "editEphemeralMessageText": edit_ephemeral_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "setMessageReaction": set_message_reaction,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    "setMyCommands": set_my_commands,
    "deleteMyCommands": delete_my_commands,
    "getMyCommands": get_my_commands,
    "setMyDescription": set_my_description,
    "setMyShortDescription": set_my_short_description,
    "getMyDescription": get_my_description,
    "getMyShortDescription": get_my_short_description,
    "sendChatAction": send_chat_action,
    "getChat": get_chat,
}
