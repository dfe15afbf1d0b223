"""A message in the form that the page shows: plain values, safe HTML, and URLs on this server."""

from local_telegram.messages.entities import Entity
from local_telegram.phones.rendering import render_html
from local_telegram.world.media import KINDS
from local_telegram.world.updates import Json
from local_telegram.world.world import World


def view(world: World, message: Json) -> Json:
    text: str = message.get("text") or message.get("caption") or ""
    entities: list[Entity] = message.get("entities") or message.get("caption_entities") or []
    sender = message["from"]
    media = _media(world, message)
    return {
        "message_id": message["message_id"],
        "chat": message["chat"]["id"],
        "from_bot": sender["id"] == world.bot["id"],
        "from": {"id": sender["id"], "name": sender["first_name"]},
        "date": message["date"],
        "edit_date": message.get("edit_date"),
        "text": text,
        "entities": entities,
        "html": render_html(text, entities),
        "keyboard": message.get("reply_markup", {}).get("inline_keyboard", []),
        "media": media,
        "photo": media["url"] if media and media["kind"] == "photo" else None,
        "location": _location(message),
        "album": message.get("media_group_id"),
        "forwarded_from": _first_author(message),
        "thread": message.get("message_thread_id"),
        "reaction": world.chats[message["chat"]["id"]].reactions.get(message["message_id"]),
        "silent": message["message_id"] in world.chats[message["chat"]["id"]].silent,
        "reply_to": message.get("reply_to_message", {}).get("message_id"),
    }


def _media(world: World, message: Json) -> Json | None:
    # An animation has `document` too, and is shown as an animation.
    kind = next((kind for kind in reversed(KINDS) if kind in message), None)
    if kind is None:
        return None
    described = message[kind][-1] if kind == "photo" else message[kind]
    file = world.files.find(described["file_id"])
    side = described.get("length")
    return {
        "kind": kind,
        "url": f"/phone/files/{described['file_id']}",
        "name": described.get("file_name"),
        "mime": file.mime if file else None,
        "size": described.get("file_size", 0),
        "width": described.get("width", side) or None,
        "height": described.get("height", side) or None,
        "duration": described.get("duration") or None,
    }


def _location(message: Json) -> Json | None:
    if "location" not in message:
        return None
    venue = message.get("venue", {})
    where: Json = message["location"]
    return where | {"title": venue.get("title"), "address": venue.get("address")}


def _first_author(message: Json) -> str | None:
    author = message.get("forward_origin", {}).get("sender_user")
    return " ".join(filter(None, (author["first_name"], author.get("last_name")))) if author else None
