"""Quarters of the calendar year, the agency's unit of reporting. Pure: no clock, no database."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_KEY = re.compile(r"(\d{4})-T([1-4])")


@dataclass(frozen=True, order=True)
class Quarter:
    """One quarter, `number` 1 to 4. Raises ValueError for another number."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= 4:
            raise ValueError(f"no such quarter: {self.number}")

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """Return the quarter of a day."""
        return cls(day.year, (day.month + 2) // 3)

    @classmethod
    def parse(cls, key: str) -> "Quarter":
        """Read "2024-T1". Raises ValueError for anything else."""
        found = _KEY.fullmatch(key)
        if found is None:
            raise ValueError(f"not a quarter: {key!r}; write it like 2024-T1")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def all_of(cls, year: int) -> Iterator["Quarter"]:
        return (cls(year, number) for number in range(1, 5))

    @property
    def key(self) -> str:
        """Return the quarter's name for scripts and callback data, like "2024-T1"."""
        return f"{self.year}-T{self.number}"

    @property
    def months(self) -> tuple[int, int, int]:
        """Return its three months; January is 1."""
        return (3 * self.number - 2, 3 * self.number - 1, 3 * self.number)

    @property
    def first_day(self) -> date:
        return date(self.year, self.months[0], 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.months[2], monthrange(self.year, self.months[2])[1])

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def previous(self) -> "Quarter":
        return Quarter.of(self.first_day - timedelta(days=1))

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


def as_of(quarter: Quarter, today: date) -> date:
    """Return the day as of which a quarter's figures are computed: its last day if past, else today.

    It is today for a future quarter too: its plan is then compared with what counts by now.
    """
    return min(today, quarter.last_day)
