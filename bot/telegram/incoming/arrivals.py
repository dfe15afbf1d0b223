"""Updates that came by webhook, put back into Telegram's order.

Telegram numbers updates one after the other and sends several at once, so a later one may arrive first. An
update waits until all that have smaller numbers were taken, `HOLD` seconds at most: the number before it may
be that of an update that Telegram dropped, or numbers begin anew, as they do after a week of silence. What
arrives later still is taken at once. An update whose number cannot be read does not wait.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from handlers.updates.parsing import has_number

HOLD = 3.0  # seconds
ANEW = 10_000  # a number lower than the last by more than this begins another sequence


@dataclass
class Arrival:
    """An update, and the future of those who wait: true once it is committed, false if it will not be."""

    raw: Any
    since: float
    committed: asyncio.Future[bool] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )
    awaited: int = 0  # requests that wait for it: Telegram may send one update twice

    @property
    def number(self) -> int | None:
        return self.raw["update_id"] if has_number(self.raw) else None


class Arrivals:
    """The updates that are not taken yet. `last` is the largest number that was taken before."""

    def __init__(self, last: int, hold: float = HOLD) -> None:
        self._last, self._hold = last, hold
        self._numbered: dict[int, Arrival] = {}
        self._unnumbered: list[Arrival] = []

    def __len__(self) -> int:
        return len(self._numbered) + len(self._unnumbered)

    def add(self, raw: Any, at: float) -> Arrival:
        """Return the arrival of the update, the one that waits already if it was sent twice."""
        arrival = Arrival(raw, at)
        number = arrival.number
        if number is None:
            self._unnumbered.append(arrival)
            return arrival
        return self._numbered.setdefault(number, arrival)

    def due(self, at: float, limit: int) -> list[Arrival]:
        """Return up to `limit` arrivals whose turn it is, in order."""
        found = self._unnumbered[:limit]
        last, numbers = self._last, sorted(self._numbered)
        held_out = [each for each in numbers if at - self._numbered[each].since >= self._hold]
        through = max(held_out, default=0)
        for number in numbers:
            if len(found) == limit or number > max(last + 1, through):
                break
            found.append(self._numbered[number])
            last = max(last, number)
        return found

    def next_at(self) -> float | None:
        """Return when the next one that waits for an earlier one need not wait any longer."""
        return min((each.since + self._hold for each in self._numbered.values()), default=None)

    def taken(self, arrivals: list[Arrival]) -> None:
        """Remove arrivals that were committed, and tell those who wait for them."""
        for each in arrivals:
            self.remove(each)
            if (number := each.number) is not None:
                self._last = number if self._last - number > ANEW else max(self._last, number)
            if not each.committed.done():
                each.committed.set_result(True)

    def give_up(self) -> None:
        """Tell all who wait that their updates will not be committed here."""
        for each in (*self._numbered.values(), *self._unnumbered):
            if not each.committed.done():
                each.committed.set_result(False)

    def remove(self, arrival: Arrival) -> None:
        """Remove an arrival that nobody waits for any more; Telegram sends it again."""
        if arrival.number is None:
            self._unnumbered = [each for each in self._unnumbered if each is not arrival]
        else:
            self._numbered.pop(arrival.number, None)
