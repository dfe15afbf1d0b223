"""The messages of all data sets, as people typed them."""

import csv
from datetime import date
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parents[2] / "data"
SETS = (
    "phrases",
    "phrases-fresh",
    "phrases-fresh-2",
    "phrases-fresh-3",
    "messages",
    "agencies/health-district",
    "agencies/municipality",
    "agencies/university",
    "agencies/second/sesaech",
    "agencies/second/urban-institute",
)


class Typed(NamedTuple):
    today: date
    text: str
    own: tuple[date, date]


def typed() -> list[Typed]:
    """Return every message that tells of an activity."""
    found = []
    for name in SETS:
        with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                today = date.fromisoformat(row["today"])
                days = [row.get("date_start") or row["today"], row.get("date_end") or row["today"]]
                found.append(
                    Typed(today, row["text"], (date.fromisoformat(days[0]), date.fromisoformat(days[1])))
                )
    return found
