"""The order in which a batch is handled, so that one person's burst does not hold up the others."""

from collections import Counter
from typing import Any

SHARE = 5  # updates of one chat that are handled in the order in which they came; its others come last


def in_turn(batch: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same updates, each chat's own order kept, without edits that another edit directly follows."""
    taken: Counter[int] = Counter()
    first: list[dict[str, Any]] = []
    later: list[dict[str, Any]] = []
    for raw in _newest_edits(batch):
        chat = _chat(raw)
        taken[chat] += 1
        (later if chat and taken[chat] > SHARE else first).append(raw)
    return first + later


def _newest_edits(batch: list[dict[str, Any]]) -> list[dict[str, Any]]:
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
