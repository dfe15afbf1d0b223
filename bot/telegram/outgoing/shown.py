"""Remembers what the bot's latest messages show, so that edits without effect are not sent."""

from typing import Any

KEPT = 4096  # messages
_WORDED = frozenset({"chat_id", "message_id", "text", "parse_mode", "reply_markup"})


class ShownMessages:
    """The text and buttons of the messages sent or edited last."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._looks: dict[tuple[int, int], int] = {}
        self._replaced: dict[tuple[int, int], int] = {}

    def is_shown(self, chat_id: int, payload: dict[str, Any]) -> bool:
        """Return whether an edit with that payload changes nothing."""
        message_id = payload.get("message_id")
        if message_id is None or not _WORDED.issuperset(payload):
            return False
        return self._looks.get((chat_id, message_id)) == _look(payload)

    def note(self, chat_id: int, message_id: int, payload: dict[str, Any]) -> None:
        """Remember what a sent or edited message shows."""
        if "text" in payload:
            _put(self._looks, (chat_id, message_id), _look(payload), self._kept)

    def forget(self, chat_id: int, message_id: int | None) -> None:
        """Forget what a message shows, because an edit failed."""
        if message_id is not None:
            self._looks.pop((chat_id, message_id), None)

    def replace(self, chat_id: int, message_id: int, by: int) -> None:
        """Remember which message was sent in place of one that could not be edited."""
        _put(self._replaced, (chat_id, message_id), by, self._kept)

    def newest(self, chat_id: int, message_id: int) -> int:
        """Return the message, or the one that was sent in its place."""
        while (newer := self._replaced.get((chat_id, message_id))) is not None and newer > message_id:
            message_id = newer
        return message_id


def _look(payload: dict[str, Any]) -> int:
    """Return a value that is equal for messages that look the same.

    Telegram trims texts, no keyboard equals an empty one, and the parse mode of a text without markup does
    not matter.
    """
    text = payload.get("text", "").strip()
    mode = payload.get("parse_mode") if "<" in text or "&" in text else None
    rows = (payload.get("reply_markup") or {}).get("inline_keyboard") or ()
    return hash((text, mode, repr([each for each in rows if each])))


def _put(kept: dict[tuple[int, int], int], key: tuple[int, int], value: int, most: int) -> None:
    """Add it last, and drop the oldest if there are too many."""
    kept.pop(key, None)
    kept[key] = value
    if len(kept) > most:
        del kept[next(iter(kept))]
