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


def typed(name: str) -> list[Typed]:
    """Return every message of a set."""
    with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
        return [_typed(row) for row in csv.DictReader(file)]


def _typed(row: dict[str, str]) -> Typed:
    first, last = (row.get(column) or row["today"] for column in ("date_start", "date_end"))
    own = (date.fromisoformat(first), date.fromisoformat(last))
    return Typed(date.fromisoformat(row["today"]), row["text"], own)
