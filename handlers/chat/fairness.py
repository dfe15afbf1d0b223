"""The order in which a batch is handled, so that one person's burst does not delay the others.

A bounded number of updates of one person is handled per batch. The rest waits in that person's queue in the
inbox, and so does whatever they send until it is empty; a few are handled after each batch
(`bot.telegram.incoming.personal_queues`).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from handlers.chat.strangers import sender

AT_ONCE = 30  # updates of one person that are handled per batch, or from their queue at a time
BETWEEN_BATCHES = 5  # updates from a person's queue while more updates wait at Telegram
SHARE = 5  # updates of one chat that are handled in order of arrival; the others of the batch come last


class Queues:
    """The people whose updates wait in the inbox, in the order of their turns.

    May name somebody whose queue is empty; never misses one whose queue is not.
    """

    def __init__(self) -> None:
        self._people: dict[int, None] = {}

    def __contains__(self, person: int) -> bool:
        return person in self._people

    def __bool__(self) -> bool:
        return bool(self._people)

    def add(self, person: int) -> None:
        self._people.setdefault(person)

    def remove(self, person: int) -> None:
        """Remove a person; call it only if the database says, before a turn, that nothing of theirs waits."""
        self._people.pop(person, None)

    def next(self) -> int | None:
        """Return the person whose turn it is, and move them to the end."""
        person = next(iter(self._people), None)
        if person is not None:
            self._people[person] = self._people.pop(person)
        return person


Batch = list[dict[str, Any]]


def parted(batch: Sequence[Any], queues: Queues | None) -> tuple[Batch, dict[int, Batch]]:
    """Return which updates to handle now, and those that wait, by person."""
    if queues is None or (not queues and len(batch) <= AT_ONCE):
        return list(batch), {}
    taken: Counter[int] = Counter()
    at_once: Batch = []
    later: dict[int, Batch] = defaultdict(list)
    for raw in batch:
        person = sender(raw) if isinstance(raw, dict) else 0
        taken[person] += 1
        waits = person and (person in queues or taken[person] > AT_ONCE)
        (later[person] if waits else at_once).append(raw)
    return at_once, later


def in_turn(batch: Batch) -> Batch:
    """Return the updates in a fair order that keeps each chat's own, without superseded edits."""
    taken: Counter[int] = Counter()
    first: Batch = []
    later: Batch = []
    for raw in newest_edits(batch):
        chat = _chat(raw)
        taken[chat] += 1
        (later if chat and taken[chat] > SHARE else first).append(raw)
    return first + later


def newest_edits(batch: Batch) -> Batch:
    """Keep only the newest of consecutive edits of one message."""
    following: dict[int, Any] = {}
    kept = []
    for raw in reversed(batch):
        chat, edit = _chat(raw), raw.get("edited_message")
        number = edit.get("message_id") if isinstance(edit, dict) else None
        if number is None or not chat or following.get(chat) != number:
            kept.append(raw)
        following[chat] = number
    return kept[::-1]


def _chat(raw: dict[str, Any]) -> int:
    """Return the chat of the update, or 0 if it names none."""
    for part in raw.values():
        if isinstance(part, dict):
            message = part.get("message") if "chat" not in part else part
            chat = message.get("chat") if isinstance(message, dict) else None
            number = chat.get("id") if isinstance(chat, dict) else None
            return number if isinstance(number, int) else 0
    return 0
