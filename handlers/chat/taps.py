"""Limits repeated taps of one button: the first ones are handled, later ones only answered."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from handlers.updates.parsing import IncomingUpdate
from models.bounds import SAME_TAPS

WITHIN = timedelta(seconds=10)  # after the tap before
PEOPLE = 1_000  # people whose last button is remembered


@dataclass
class _Row:
    """Consecutive taps of one button by one person."""

    button: tuple[int, int | None, str]
    last_at: datetime
    incoming: list[int] = field(default_factory=list)  # numbers of the updates


class Taps:
    """The last taps of each person, kept in memory only."""

    def __init__(self) -> None:
        self._rows: OrderedDict[int, _Row] = OrderedDict()

    def is_beyond(self, incoming: IncomingUpdate, now: datetime) -> bool:
        """Return whether this tap exceeds the limit. A redelivered update gets the same result."""
        row = self._rows.pop(incoming.user_id, None)
        if incoming.data is None:
            return False
        button = (incoming.chat_id, incoming.message_id, incoming.data)
        if row is None or row.button != button or not timedelta(0) <= now - row.last_at <= WITHIN:
            row = _Row(button, now)
        row.last_at = now
        self._rows[incoming.user_id] = row
        if len(self._rows) > PEOPLE:
            self._rows.popitem(last=False)
        if incoming.update_id in row.incoming:
            return False
        if len(row.incoming) >= SAME_TAPS:
            return True
        row.incoming.append(incoming.update_id)
        return False
