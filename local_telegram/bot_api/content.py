"""The fields of a message of the bot, from the parameters of a call: text, caption, keyboard, reply."""

from local_telegram.messages import rules
from local_telegram.messages.entities import Entity
from local_telegram.refusal import bad_request
from local_telegram.world.chats import without_reply
from local_telegram.world.updates import Json
from local_telegram.world.world import World


def worded(name: str, text: str, entities: list[Entity], given: Json) -> Json:
    """Return the fields of a text or caption, called `name`, with keyboard and link preview."""
    content: Json = {name: text} if text else {}
    if entities:
        content["entities" if name == "text" else "caption_entities"] = entities
    if given.get("link_preview_options"):
        content["link_preview_options"] = given["link_preview_options"]
    return content | keyboard_of(given)


def captioned(given: Json) -> Json:
    text, entities = rules.caption(
        given.get("caption", ""), given.get("parse_mode"), given.get("caption_entities")
    )
    return worded("caption", text, entities, given)


def keyboard_of(given: Json) -> Json:
    """Return the inline keyboard; one below the chat is no part of the message."""
    if rules.reply_keyboard(given.get("reply_markup")) is not None:
        return {}
    markup = rules.keyboard(given.get("reply_markup"))
    return {"reply_markup": markup} if markup else {}


def set_keys(world: World, given: Json) -> None:
    """Show the keyboard below the chat that a sent message brought, or remove it."""
    labels = rules.reply_keyboard(given.get("reply_markup"))
    if labels is not None:
        world.show_keys(given["chat_id"], labels)


def receiver(world: World, given: Json) -> int | None:
    """Return who alone sees the message; None for everybody. Raises `ApiError` where the bot may not."""
    wanted = given.get("ephemeral_message_parameters")
    if not wanted:
        return None
    user_id = wanted.get("receiver_user_id") if isinstance(wanted, dict) else None
    answered = (given.get("reply_parameters") or {}).get("ephemeral_message_id")
    chat = world.chats[given["chat_id"]]
    tap_id = wanted.get("callback_query_id") if isinstance(wanted, dict) else None
    if not isinstance(user_id, int) or not world.may_whisper(chat, user_id, tap_id, answered):
        raise bad_request("not enough rights to send an ephemeral message")
    return user_id


def context(world: World, given: Json) -> Json:
    """Return the fields for reply, topic and content protection. Raises `ApiError`."""
    found: Json = {"has_protected_content": True} if given.get("protect_content") else {}
    if thread_id := given.get("message_thread_id"):
        topic = world.chats[given["chat_id"]].topics.get(thread_id)
        if topic is None:
            raise bad_request("message thread not found")
        if topic.closed:
            raise bad_request("TOPIC_CLOSED")
        found |= {"message_thread_id": thread_id, "is_topic_message": True}
    reply = given.get("reply_parameters")
    if reply:
        number = reply.get("ephemeral_message_id", reply.get("message_id"))
        replied = world.chats[given["chat_id"]].messages.get(number)
        if replied:
            found["reply_to_message"] = without_reply(replied)
        elif not reply.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
    return found
