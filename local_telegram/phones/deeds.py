"""What people do on their phones: write, send, edit, forward, tap.

Functions raise LookupError if a person, chat, message or button does not exist, and ValueError if Telegram's
apps do not allow it.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from local_telegram.messages.entities import utf16_length, with_detected
from local_telegram.messages.rules import CAPTION_LIMIT, TEXT_LIMIT
from local_telegram.world.chats import CONTENT, LocalChat, data_on, pieces, without_reply
from local_telegram.world.files import Upload
from local_telegram.world.media import KINDS, Parcel, album_flaw, packed
from local_telegram.world.updates import Json
from local_telegram.world.world import World

EDITABLE_FOR = timedelta(hours=48)


def write(
    world: World,
    user_id: int,
    text: str,
    chat_id: int | None = None,
    reply_to: int | None = None,
    thread: int | None = None,
    ephemeral: bool = False,
) -> list[Json]:
    """Send a text and return its messages: several if it is over the limit, as in the apps.

    Writing to the bot starts and unblocks it. `thread` is a forum's topic; `ephemeral` as a new app sends a
    command that the group's menu calls ephemeral. Raises LookupError, and ValueError for an empty text.
    """
    if not text.strip():
        raise ValueError("An empty text cannot be sent.")
    where: Json = {"message_thread_id": thread, "is_topic_message": True} if thread else {}
    said = [{"text": piece, **_marked("entities", piece), **where} for piece in pieces(text.strip())]
    return _say(world, user_id, said, chat_id, reply_to, only_for=user_id if ephemeral else None)


def send_files(
    world: World,
    user_id: int,
    uploads: Sequence[Upload],
    *,
    kind: str | None = None,
    caption: str = "",
    duration: int = 0,
    chat_id: int | None = None,
    reply_to: int | None = None,
    arrive: int | None = None,
) -> list[Json]:
    """Send files and return their messages: several files are an album, with the caption on the first.

    Without `kind`, each file's kind is guessed. The bot gets only the first `arrive` of them now (None: all),
    the others by the function `arrive`. Raises LookupError, and ValueError for what the apps refuse: a long
    caption, a file that is not a photo, kinds that cannot be in one album.
    """
    caption = caption.strip()
    if utf16_length(caption) > CAPTION_LIMIT:
        raise ValueError(f"A caption has at most {CAPTION_LIMIT} characters.")
    parcels = [packed(upload, kind, duration) for upload in uploads]
    _check(parcels, caption)
    with world.lock:
        album = {"media_group_id": world.new_album()} if len(parcels) > 1 else {}
        contents = [parcel.stored(world.files) | album for parcel in parcels]
        if caption:
            contents[0] |= {"caption": caption, **_marked("caption_entities", caption)}
        return _say(world, user_id, contents, chat_id, reply_to, arrive)


def _check(parcels: list[Parcel], caption: str) -> None:
    kinds = [parcel.kind for parcel in parcels]
    if not kinds:
        raise ValueError("There is no file to send.")
    if len(kinds) > 1 and (flaw := album_flaw(kinds)):
        raise ValueError(f"No album: {flaw}.")
    if caption and "video_note" in kinds:
        raise ValueError("A video note has no caption.")


def send_location(
    world: World,
    user_id: int,
    latitude: float,
    longitude: float,
    *,
    title: str = "",
    address: str = "",
    chat_id: int | None = None,
    reply_to: int | None = None,
) -> Json:
    """Send a location, or with a title a venue. Raises LookupError, and ValueError for bad coordinates."""
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise ValueError("There is no such place.")
    content: Json = {"location": {"latitude": latitude, "longitude": longitude}}
    if title:
        content["venue"] = {"location": content["location"], "title": title, "address": address}
    return _say(world, user_id, [content], chat_id, reply_to)[0]


def edit(world: World, user_id: int, message_id: int, text: str, chat_id: int | None = None) -> Json:
    """Change the text of a message, or the caption of a file, up to 48 hours after it was sent.

    Raises LookupError if the message is not theirs, ValueError if it cannot be edited or does not change.
    """
    with world.lock:
        chat = world.chat_of(user_id, chat_id)
        message = chat.messages.get(message_id)
        if message is None or message["from"]["id"] != user_id:
            raise LookupError(f"User {user_id} did not write message {message_id}.")
        age = world.now().timestamp() - message["date"]
        name, limit = ("text", TEXT_LIMIT) if "text" in message else ("caption", CAPTION_LIMIT)
        no_caption = name == "caption" and not set(message) & set(KINDS) - {"video_note"}
        if no_caption or "forward_origin" in message or age > EDITABLE_FOR.total_seconds():
            raise ValueError("This message cannot be edited.")
        text = text.strip()
        if utf16_length(text) > limit or (name == "text" and not text):
            raise ValueError(f"A {name} has at most {limit} characters, and a text at least one.")
        if text == message.get(name, ""):
            raise ValueError("Nothing would change.")
        entities = "entities" if name == "text" else "caption_entities"
        kept = {key: value for key, value in message.items() if key not in (name, entities)}
        wording = {name: text, **_marked(entities, text)} if text else {}
        edited = world.put(kept | wording)
        # A message that is still held back reaches the bot in its new wording only.
        if (chat.id, message_id) not in world.person(user_id).on_their_way:
            _tell(world, user_id, chat, "edited_message", edited)
        return edited


def forward(
    world: World, user_id: int, from_chat: int, message_ids: Iterable[int], chat_id: int | None = None
) -> list[Json]:
    """Forward messages to the bot or another chat and return the copies; albums stay together.

    Raises LookupError if a message does not exist, ValueError if it is protected.
    """
    with world.lock:
        source = world.chat_of(user_id, from_chat).messages
        wanted = sorted(set(message_ids))
        if not wanted or any(number not in source for number in wanted):
            raise LookupError(f"Not all of the messages {wanted} are in chat {from_chat}.")
        originals = [source[number] for number in wanted]
        if any("has_protected_content" in original for original in originals):
            raise ValueError("Protected messages cannot be forwarded.")
        albums = [original["media_group_id"] for original in originals if "media_group_id" in original]
        renewed = {album: world.new_album() for album in set(albums) if albums.count(album) > 1}
        return _say(world, user_id, [_forwarded(each, renewed) for each in originals], chat_id)


def _forwarded(original: Json, albums: dict[str, str]) -> Json:
    first_hand = {"type": "user", "sender_user": original["from"], "date": original["date"]}
    content = {key: original[key] for key in CONTENT if key in original}
    if original.get("media_group_id") in albums:
        content["media_group_id"] = albums[original["media_group_id"]]
    return content | {"forward_origin": original.get("forward_origin", first_hand)}


def arrive(world: World, user_id: int, count: int | None = None) -> int:
    """Deliver the next `count` held-back messages (None: all) to the bot; return how many are left."""
    with world.lock:
        waiting = world.person(user_id).on_their_way
        for chat_id, message_id in waiting[:count]:
            message = world.chats[chat_id].messages.get(message_id)
            if message is not None:
                _tell(world, user_id, world.chats[chat_id], "message", message)
        del waiting[:count]
        return len(waiting)


def tap(
    world: World,
    user_id: int,
    message_id: int,
    data: str,
    chat_id: int | None = None,
    *,
    forged: bool = False,
) -> str:
    """Press a button and return the id of the callback query.

    Raises LookupError if the message has no such button now, unless `forged`.
    """
    with world.lock:
        chat = world.chat_of(user_id, chat_id)
        message = chat.messages.get(message_id)
        if not forged and (message is None or data not in data_on(message)):
            raise LookupError(f"Message {message_id} has no button with {data!r}.")
        tap_id = world.note_tap(user_id)
        query = {
            "id": tap_id,
            "from": world.person(user_id).user,
            "message": message or {"chat": chat.face, "message_id": message_id, "date": 0},
            "chat_instance": str(chat.id * 31),
            "data": data,
        }
        world.updates.add("callback_query", user_id, query, world.now())
        return tap_id


def _say(
    world: World,
    user_id: int,
    contents: list[Json],
    chat_id: int | None,
    reply_to: int | None = None,
    arriving: int | None = None,
    only_for: int | None = None,
) -> list[Json]:
    """Post messages in order; the bot gets the first `arriving` of them (None: all) that it may see."""
    with world.lock:
        chat, person = world.chat_of(user_id, chat_id), world.person(user_id)
        if chat.id == user_id:
            world.unblock(user_id)
            person.standing = "member"
        replied = chat.messages.get(reply_to) if reply_to is not None else None
        reply = {"reply_to_message": without_reply(replied)} if replied else {}
        posted = [world.post(chat, person.user, content | reply, only_for) for content in contents]
        for message in posted[:arriving]:
            _tell(world, user_id, chat, "message", message)
        person.on_their_way += [
            (chat.id, message["message_id"]) for message in posted[len(posted[:arriving]) :]
        ]
        return posted


def _tell(world: World, user_id: int, chat: LocalChat, kind: str, message: Json) -> None:
    private = chat.id == user_id
    if private and world.person(user_id).standing == "kicked":
        return
    if private or _overhears(world, message):
        world.updates.add(kind, user_id, message, world.now())


def _overhears(world: World, message: Json) -> bool:
    """Return whether a bot in privacy mode gets this group message: a reply to it, or a command for it."""
    if message.get("reply_to_message", {}).get("from", {}).get("id") == world.bot["id"]:
        return True
    command = (message.get("text") or message.get("caption") or " ").split(" ", 1)[0].split("\n", 1)[0]
    addressee = command.partition("@")[2].lower()
    return command.startswith("/") and addressee in ("", world.bot["username"].lower())


def _marked(name: str, text: str) -> Json:
    """Return the entities that Telegram detects in a text, as the message field of that name."""
    entities = with_detected(text, [])
    return {name: entities} if entities else {}
