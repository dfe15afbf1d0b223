"""The order in which a batch is handled, so that one person's burst does not hold up the others.

Of one batch so many updates of one person are handled. What is beyond waits in a queue of that person's, in
the inbox, and so does whatever they send until it is empty; a few are taken after each batch
(`bot.telegram.personal_queues`).
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from handlers.chat.strangers import sender

AT_ONCE = 30  # updates of one person that are handled of one batch, and of their queue at a time,
BETWEEN_BATCHES = 5  # of their queue while more updates wait at Telegram
SHARE = 5  # updates of one chat that are handled in the order in which they came; its others come last


class Queues:
    """The people whose updates wait in the inbox, in the order of their turns.

    Somebody may be named of whom nothing waits any more; nobody is missing of whom something does.
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
        """Only where the database says, before a turn, that nothing of theirs waits."""
        self._people.pop(person, None)

    def next(self) -> int | None:
        """Whose turn it is; they are the last of all then."""
        person = next(iter(self._people), None)
        if person is not None:
            self._people[person] = self._people.pop(person)
        return person


Batch = list[dict[str, Any]]


def parted(batch: Sequence[Any], queues: Queues | None) -> tuple[Batch, dict[int, Batch]]:
    """What of the batch is handled now, and by person what waits; without queues nothing does."""
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
    """The same updates, each chat's own order kept, without edits that another edit directly follows."""
    taken: Counter[int] = Counter()
    first: Batch = []
    later: Batch = []
    for raw in newest_edits(batch):
        chat = _chat(raw)
        taken[chat] += 1
        (later if chat and taken[chat] > SHARE else first).append(raw)
    return first + later


def newest_edits(batch: Batch) -> Batch:
    """Of edits of one message with nothing of the chat's between them, the newest."""
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
    """The chat it came from; 0 where it names none."""
    for part in raw.values():
        if isinstance(part, dict):
            message = part.get("message") if "chat" not in part else part
            chat = message.get("chat") if isinstance(message, dict) else None
            number = chat.get("id") if isinstance(chat, dict) else None
            return number if isinstance(number, int) else 0
    return 0
