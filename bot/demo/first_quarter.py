"""The people and activities of the demo's first quarter of 2024, from a data file.

The file names the source of its facts. Reading it raises KeyError or TypeError for a missing or unknown
field.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from ruamel.yaml import YAML

FILE = Path(__file__).parent / "first-quarter-2024.yaml"
ZONE = ZoneInfo("America/Mexico_City")


@dataclass(frozen=True)
class Player:
    """An invented person; `unit` is their unit's key, None for planning."""

    key: str
    name: str
    user_id: int
    role: str
    unit: str | None = None


@dataclass(frozen=True)
class ReplayedActivity:
    """One activity as it is sent to the bot; `entries` are (quantity, part of it pending) by measure."""

    sent: datetime
    unit: str
    line: int
    entries: dict[str, tuple[int, int]]
    starts_on: date
    ends_on: date
    narrative: str
    participants: int | None = None
    women: int | None = None
    men: int | None = None
    sectors: dict[str, int] = field(default_factory=dict)
    place: str | None = None
    documents: tuple[str, ...] = ()


@dataclass(frozen=True)
class SettledLater:
    """«Ya cuenta»: this quantity of the activity that ended on `activity_on` counts from `counts_on` on."""

    sent: datetime
    unit: str
    line: int
    activity_on: date
    measure: str
    quantity: int
    counts_on: date


@dataclass(frozen=True)
class FirstQuarter:
    cast: tuple[Player, ...]
    activities: tuple[ReplayedActivity, ...]  # in the order in which they are sent
    later: tuple[SettledLater, ...]

    def player(self, key: str) -> Player:
        return next(each for each in self.cast if each.key == key)

    def staff_of(self, unit: str) -> Player:
        """Return the person who sends the unit's activities."""
        return next(each for each in self.cast if each.unit == unit and each.role == "staff")


@lru_cache(maxsize=1)
def first_quarter() -> FirstQuarter:
    """Return the content of the bundled file, which is read once."""
    given = YAML(typ="safe", pure=True).load(FILE.read_text(encoding="utf-8"))
    activities = sorted((_told(each) for each in given["activities"]), key=lambda told: told.sent)
    return FirstQuarter(
        cast=tuple(Player(**each) for each in given["cast"]),
        activities=tuple(activities),
        later=tuple(SettledLater(**(each | {"sent": _local(each["sent"])})) for each in given["later"]),
    )


def _told(given: dict[str, Any]) -> ReplayedActivity:
    starts_on = given.pop("from")
    return ReplayedActivity(
        **given
        | {
            "sent": _local(given["sent"]),
            "entries": {measure: _entry(claimed) for measure, claimed in given["entries"].items()},
            "starts_on": starts_on,
            "ends_on": given.pop("to", starts_on),
            "narrative": given["narrative"].strip(),
            "documents": tuple(given.get("documents", ())),
        }
    )


def _entry(claimed: int | dict[str, int]) -> tuple[int, int]:
    return (claimed, 0) if isinstance(claimed, int) else (claimed["quantity"], claimed["pending"])


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)
