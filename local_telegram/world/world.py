"""The local Telegram's whole state in memory: people, chats, messages, files, taps, menus and the time.

What people do is in `local_telegram.phones`, what the bot may call is in `local_telegram.bot_api`.

Messages are dicts in the Bot API's format and are replaced, never changed in place, so that an event keeps
what a person saw at the time. Methods may be called from any thread.
"""

import functools
import itertools
import threading
from collections import Counter, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

from local_telegram.refusal import ApiError, bad_request
from local_telegram.world.chats import Account, LocalChat, Tap
from local_telegram.world.files import Files
from local_telegram.world.movable_clock import MovableClock
from local_telegram.world.traffic import Call, Faults, Flood, Limits
from local_telegram.world.updates import TAPS_KEPT, Json, UpdateQueue

P = ParamSpec("P")
R = TypeVar("R")
CALLS_KEPT = 100_000
WHISPERED_WITHIN = timedelta(seconds=15)  # an ephemeral message of a bot that is no administrator


def locked(
    method: Callable[Concatenate["World", P], R],
) -> Callable[Concatenate["World", P], R]:
    @functools.wraps(method)
    def guarded(world: "World", /, *args: P.args, **kwargs: P.kwargs) -> R:
        with world.lock:
            return method(world, *args, **kwargs)

    return guarded


class World:
    """The state. `delay`, in seconds, is waited before every answer to the bot, as on a real network."""

    def __init__(
        self,
        now: datetime,
        *,
        token: str = "700000001:local-demo",
        username: str = "avance_demo_bot",
        first_name: str = "Avance",
        limits: Limits | None = None,
        delay: float = 0.0,
        first_update_id: int = 1,
    ) -> None:
        self.lock = threading.RLock()
        self.token = token
        bot_id = int(token.partition(":")[0])
        self.bot: Json = {"id": bot_id, "is_bot": True, "first_name": first_name, "username": username}
        self.delay = delay
        self.clock = MovableClock(now)
        self.flood = Flood(limits or Limits())
        self.faults = Faults()
        self.begun: Counter[str] = Counter()  # calls by method, also those that are not answered yet
        self.calls: deque[Call] = deque(maxlen=CALLS_KEPT)
        self.updates = UpdateQueue(first_update_id)
        self.webhook: Json = {}
        self.webhook_error: Json = {}  # the last one, as getWebhookInfo shows it
        self.descriptions: dict[str, str] = {}
        self.menus: dict[tuple[str, int, int], list[dict[str, str]]] = {}
        self.files = Files()
        self.people: dict[int, Account] = {}
        self.chats: dict[int, LocalChat] = {}
        self._taps: dict[str, Tap] = {}
        self._albums = itertools.count(1)

    # The time

    def now(self) -> datetime:
        return self.clock.now()

    @locked
    def move_to(self, instant: datetime) -> None:
        """Move the clock and end a pending poll, so that the bot learns the new time at once."""
        self.clock.move_to(instant)
        self.updates.bell.ring()
        for person in self.people.values():
            person.notice("clock", now=self.now().isoformat())

    def advance(self, seconds: float) -> None:
        self.move_to(self.now() + timedelta(seconds=seconds))

    @locked
    def dismiss(self) -> None:
        """End all pending polls, since the server stops."""
        for bell in (self.updates.bell, *(person.bell for person in self.people.values())):
            bell.dismiss()

    def _date(self) -> int:
        return int(self.now().timestamp())

    # People and chats

    @locked
    def add_person(
        self, user_id: int, first_name: str, last_name: str | None = None, username: str | None = None
    ) -> Account:
        """Add a person. Raises ValueError if the id is taken or not positive."""
        if user_id <= 0 or user_id in self.people or user_id == self.bot["id"]:
            raise ValueError(f"User id {user_id} is taken or not positive.")
        names = {"first_name": first_name, "last_name": last_name, "username": username}
        names = {key: value for key, value in names.items() if value}
        person = Account({"id": user_id, "is_bot": False, **names, "language_code": "es"})
        self.people[user_id] = person
        self.chats[user_id] = LocalChat({"id": user_id, "type": "private", **names}, [user_id])
        return person

    @locked
    def add_group(self, chat_id: int, title: str, members: list[int]) -> LocalChat:
        """Add a group of these people and the bot, whom the first of them added. Raises ValueError."""
        if chat_id >= 0 or chat_id in self.chats or not members:
            raise ValueError(f"Group id {chat_id} is taken or not negative, or the group is empty.")
        founders = [self.person(member) for member in members]
        chat = LocalChat({"id": chat_id, "type": "group", "title": title}, list(members))
        self.chats[chat_id] = chat
        self._bot_moved(chat, founders[0], "left", "member")
        return chat

    def person(self, user_id: int) -> Account:
        """Return the person with that id. Raises LookupError."""
        if user_id not in self.people:
            raise LookupError(f"There is no user {user_id}.")
        return self.people[user_id]

    def chat_of(self, user_id: int, chat_id: int | None) -> LocalChat:
        """Return the person's chat with the bot, or the group with that id. Raises LookupError."""
        self.person(user_id)
        chat = self.chats.get(user_id if chat_id is None else chat_id)
        if chat is None or user_id not in chat.members:
            raise LookupError(f"User {user_id} is not in chat {chat_id}.")
        return chat

    def _bot_moved(self, chat: LocalChat, person: Account, before: str, after: str) -> None:
        def member(standing: str) -> Json:
            return {"user": self.bot, "status": standing} | (
                {"until_date": 0} if standing == "kicked" else {}
            )

        content = {"chat": chat.face, "from": person.user, "date": self._date()}
        content |= {"old_chat_member": member(before), "new_chat_member": member(after)}
        self.updates.add("my_chat_member", person.user["id"], content, self.now())

    @locked
    def block(self, user_id: int) -> None:
        person = self.person(user_id)
        if person.standing != "kicked":
            before, person.standing = person.standing, "kicked"
            self._bot_moved(self.chats[user_id], person, "left" if before == "stranger" else before, "kicked")

    @locked
    def unblock(self, user_id: int) -> None:
        person = self.person(user_id)
        if person.standing == "kicked":
            person.standing = "member"
            self._bot_moved(self.chats[user_id], person, "kicked", "member")

    # Messages

    @locked
    def post(
        self, chat: LocalChat, sender: Json, content: Json, only_for: int | None = None, silent: bool = False
    ) -> Json:
        """Add a new message of a person or the bot, and return it.

        `only_for` is the only person who sees an ephemeral one; it has its number in two fields.
        """
        chat.last_id += 1
        message = {"message_id": chat.last_id, "from": sender, "chat": chat.face, "date": self._date()}
        message |= content
        if only_for is not None:
            chat.only_for[chat.last_id] = only_for
            message["ephemeral_message_id"] = chat.last_id
        if silent:
            chat.silent.add(chat.last_id)
        chat.messages[chat.last_id] = message
        self._notice(chat, "message", message=message)
        return message

    @locked
    def put(self, message: Json) -> Json:
        """Replace a message of a person or the bot by its edited form, and return that."""
        message = message | {"edit_date": self._date()}
        chat = self.chats[message["chat"]["id"]]
        chat.messages[message["message_id"]] = message
        self._notice(chat, "edited", message=message)
        return message

    def new_album(self) -> str:
        """Return a new `media_group_id`."""
        return str(13_600_000_000_000_000 + next(self._albums))

    @locked
    def note_tap(self, user_id: int) -> str:
        """Return the id of a new callback query of that person."""
        tap_id = str(7_000_000_000 + len(self._taps))
        self._taps[tap_id] = Tap(user_id, self.now())
        return tap_id

    # Calls of the bot

    @locked
    def reachable(self, chat_id: int) -> LocalChat:
        """Return the chat. Raises `ApiError` if the bot may not write there."""
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        if chat.moved_to is not None:
            words = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, words, moved_to=chat.moved_to)
        if chat_id > 0:
            standing = self.people[chat_id].standing
            if standing == "stranger":
                raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
            if standing == "kicked":
                raise ApiError(403, "Forbidden: bot was blocked by the user")
        return chat

    @locked
    def say(
        self, chat_id: int, *contents: Json, only_for: int | None = None, silent: bool = False
    ) -> list[Json]:
        """Post messages of the bot, several for an album, and return them. Raises `ApiError` (429: flood)."""
        chat = self.reachable(chat_id)
        for _ in contents:
            self.flood.admit(chat_id)
        return [self.post(chat, self.bot, content, only_for, silent) for content in contents]

    @locked
    def replace(self, message: Json) -> Json:
        """Edit a message of the bot. Raises `ApiError` 429."""
        self.flood.admit(message["chat"]["id"])
        return self.put(message)

    @locked
    def erase(self, chat_id: int, message_id: int) -> None:
        chat = self.chats[chat_id]
        del chat.messages[message_id]
        self._notice(chat, "deleted", chat_id=chat_id, message_id=message_id)

    @locked
    def answer_tap(self, tap_id: str, answer: Json) -> None:
        """Show the answer to the person who tapped, only the first time. Raises `ApiError` if too old."""
        tap = self._taps.get(tap_id)
        if tap is None or self.now() - tap.at > TAPS_KEPT:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        if not tap.answered:
            tap.answered = True
            self.people[tap.person_id].notice("answer", callback_id=tap_id, **answer)

    @locked
    def may_whisper(self, chat: LocalChat, user_id: int, tap_id: str | None, answered: int | None) -> bool:
        """Return whether the bot may write to one member of a group: as an administrator, or within seconds
        after a tap or an ephemeral message of that person."""
        if chat.id > 0 or user_id not in chat.members:
            return False
        if chat.bot_is_admin:
            return True
        tap, now = self._taps.get(tap_id or ""), self.now()
        if tap is not None and tap.person_id == user_id:
            return now - tap.at <= WHISPERED_WITHIN
        message = chat.messages.get(answered or 0, {})
        own = message.get("from", {}).get("id") == user_id and "ephemeral_message_id" in message
        return own and now.timestamp() - message["date"] <= WHISPERED_WITHIN.total_seconds()

    @locked
    def react(self, chat: LocalChat, message_id: int, emoji: str | None) -> None:
        """Show the bot's reaction to a message, or remove it."""
        chat.reactions[message_id] = emoji
        self._notice(chat, "reaction", chat_id=chat.id, message_id=message_id, emoji=emoji)

    @locked
    def show_keys(self, chat_id: int, labels: list[list[str]]) -> None:
        """Show a keyboard below the chat, whose buttons send their text; an empty one removes it."""
        chat = self.chats[chat_id]
        chat.keys = labels
        self._notice(chat, "keys", chat_id=chat_id, keys=labels)

    @locked
    def act(self, chat_id: int, action: str) -> None:
        self._notice(self.reachable(chat_id), "action", chat_id=chat_id, action=action)

    @locked
    def set_menu(self, scope: tuple[str, int, int], entries: list[dict[str, str]]) -> None:
        """Set the command menu of a scope; an empty list removes it."""
        if entries:
            self.menus[scope] = entries
        else:
            self.menus.pop(scope, None)
        concerned = self.chats[scope[1]].members if scope[1] else list(self.people)
        for user_id in concerned:
            self.people[user_id].notice("commands")

    @locked
    def menu_of(self, user_id: int, chat_id: int | None = None) -> list[dict[str, str]]:
        """Return the person's command menu: that of the narrowest scope that has one."""
        chat = self.chat_of(user_id, chat_id)
        kind = "all_private_chats" if chat.face["type"] == "private" else "all_group_chats"
        scopes = [("chat_member", chat.id, user_id), ("chat", chat.id, 0), (kind, 0, 0), ("default", 0, 0)]
        return next((self.menus[scope] for scope in scopes if scope in self.menus), [])

    def _notice(self, chat: LocalChat, kind: str, **content: Any) -> None:
        number = content.get("message", content).get("message_id")
        only_for = chat.only_for.get(number) if isinstance(number, int) else None
        for member in chat.members:
            if only_for in (None, member):
                self.people[member].notice(kind, **content)
