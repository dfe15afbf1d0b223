"""The same button again and again: its first taps are heard, the others only answered."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from handlers.updates.parsing import IncomingUpdate
from models.bounds import SAME_TAPS

WITHIN = timedelta(seconds=10)  # of the tap before it
PEOPLE = 1_000  # of whom the last button is remembered


@dataclass
class _Row:
    """Taps of one button with nothing of the person's between them."""

    button: tuple[int, int | None, str]
    last_at: datetime
    incoming: list[int] = field(default_factory=list)  # the updates


class Taps:
    """What each person tapped last; kept in memory, since a restart may well hear a button again."""

    def __init__(self) -> None:
        self._rows: OrderedDict[int, _Row] = OrderedDict()

    def is_beyond(self, incoming: IncomingUpdate, now: datetime) -> bool:
        """Whether it is one tap too many. An update that comes again is what it was the first time."""
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
