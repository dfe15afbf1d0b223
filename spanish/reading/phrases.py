"""Files of phrases: messages with what each of them means, as `tests/data/phrases.csv`."""

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import TypeVar

from models.programme.format import ProgrammeFile
from models.programme.view import LineView, TargetView, Terms, UnitView
from spanish.writing.folding import fold

COLUMNS = (
    "today", "unit", "text", "line", "quantity", "measure", "date_start", "date_end", "participants", "women",
    "men", "documents",
)  # fmt: skip


TOLD = COLUMNS[:3]  # what a file without its facts has


class InvalidPhrases(Exception):
    """The file is none of phrases; the message says where and why."""


@dataclass(frozen=True)
class PhraseMessage:
    """What somebody of a unit wrote on a day."""

    today: date
    unit: UnitView
    text: str


@dataclass(frozen=True)
class Phrase(PhraseMessage):
    """One message and its facts. `entries`: of each measure how much counts at once; mostly one."""

    line: LineView
    entries: tuple[tuple[int, str], ...]
    starts_on: date
    ends_on: date
    participants: int | None
    women: int | None
    men: int | None
    documents: tuple[str, ...]


Row = dict[str, str]
M = TypeVar("M", bound=PhraseMessage)


def read_phrases(path: Path, units: Iterable[UnitView]) -> list[Phrase]:
    """The file's rows with their facts. Raises `InvalidPhrases`."""
    return _read(path, units, _phrase)


def read_messages(path: Path, units: Iterable[UnitView]) -> list[PhraseMessage]:
    """The same, of which only `TOLD` is asked. Raises `InvalidPhrases`."""
    return _read(path, units, _message)


def _read(path: Path, units: Iterable[UnitView], form: Callable[[Row, dict[str, UnitView]], M]) -> list[M]:
    by_name = {fold(unit.name): unit for unit in units}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidPhrases(f"{path} cannot be read: {error}") from error
    found = []
    for number, row in enumerate(rows, 2):
        try:
            found.append(form(row, by_name))
        except (KeyError, ValueError, TypeError) as error:
            raise InvalidPhrases(f"{path}, row {number}: {error!s} is not understood") from error
    return found


def _message(row: Row, units: dict[str, UnitView]) -> PhraseMessage:
    return PhraseMessage(date.fromisoformat(row["today"]), units[fold(row["unit"])], row["text"])


def _phrase(row: Row, units: dict[str, UnitView]) -> Phrase:
    unit = units[fold(row["unit"])]
    line = unit.line(int(row["line"]))
    if line is None:
        raise ValueError(f"line {row['line']} of {unit.name}")
    today = date.fromisoformat(row["today"])
    number = {name: int(row[name]) if row[name] else None for name in ("participants", "women", "men")}
    quantities, measures = _listed(row["quantity"]), _listed(row["measure"])
    return Phrase(
        today,
        unit,
        row["text"],
        line,
        entries=tuple(zip(map(int, quantities), measures, strict=True)),
        starts_on=date.fromisoformat(row["date_start"]) if row["date_start"] else today,
        ends_on=date.fromisoformat(row["date_end"]) if row["date_end"] else today,
        documents=_listed(row["documents"]),
        **number,
    )


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in cell.split(";") if each.strip())


def units_of(programme: ProgrammeFile) -> list[UnitView]:
    """The programme's units as the bot knows them, numbered in the order of the file; never stored."""
    ids, targets = count(1), count(1)
    units = []
    for unit_id, unit in enumerate(programme.units, 1):
        lines = tuple(
            LineView(
                next(ids), unit_id, line.number, line.title, line.description, line.starts_on, line.ends_on,
                line.demand_driven,
                tuple(
                    TargetView(
                        next(targets), target.measure, target.decimals, target.counts_when,
                        target.informative,
                        (Terms(date.min, int(target.amount * 10**target.decimals), None, target.combine),),
                        tuple(target.aliases),
                    )
                    for target in line.targets
                ),
            )
            for line in unit.lines
        )  # fmt: skip
        units.append(
            UnitView(unit_id, unit.key, unit.name, tuple(unit.aliases), unit.objective, unit.strategy, lines)
        )
    return units
