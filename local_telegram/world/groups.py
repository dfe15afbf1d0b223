"""Changes of groups: a group that becomes a forum with topics, or a supergroup with another id."""

from local_telegram.world.chats import ForumTopic, LocalChat
from local_telegram.world.world import World


def make_forum(world: World, chat_id: int) -> None:
    """Turn the group into a forum; its general topic has no thread id."""
    with world.lock:
        chat = world.chats[chat_id]
        chat.face = {**chat.face, "type": "supergroup", "is_forum": True}


def open_topic(world: World, chat_id: int, name: str) -> int:
    """Open a topic; return its thread id, which is the id of the service message about it."""
    with world.lock:
        chat = world.chats[chat_id]
        founder = world.person(chat.members[0]).user
        told = world.post(chat, founder, {"forum_topic_created": {"name": name, "icon_color": 7322096}})
        chat.topics[told["message_id"]] = ForumTopic(name)
        return int(told["message_id"])


def close_topic(world: World, chat_id: int, thread_id: int) -> None:
    with world.lock:
        world.chats[chat_id].topics[thread_id].closed = True


def delete_topic(world: World, chat_id: int, thread_id: int) -> None:
    """Delete the topic and its messages."""
    with world.lock:
        chat = world.chats[chat_id]
        del chat.topics[thread_id]
        for number in [n for n, each in chat.messages.items() if each.get("message_thread_id") == thread_id]:
            world.erase(chat_id, number)


def upgrade(world: World, chat_id: int, new_chat_id: int) -> LocalChat:
    """Turn the group into a supergroup with another id and return that; messages stay in the old chat."""
    with world.lock:
        old = world.chats[chat_id]
        face = {**old.face, "id": new_chat_id, "type": "supergroup"}
        new = LocalChat(face, old.members)
        world.chats[new_chat_id] = new
        old.moved_to = new_chat_id
        founder = world.person(old.members[0])
        for chat, service in (
            (old, {"migrate_to_chat_id": new_chat_id}),
            (new, {"migrate_from_chat_id": chat_id}),
        ):
            message = world.post(chat, founder.user, service)
            world.updates.add("message", founder.user["id"], message, world.now())
        return new
