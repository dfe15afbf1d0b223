"""Files of phrases: messages with what each of them means, as `tests/data/phrases.csv`.

Columns beyond `TOLD` may be missing; a fact whose column is missing is not judged. Other columns are left
unread, but for `kind` and, of a message of two activities, its `note`.
"""

import csv
import re
from ast import literal_eval
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
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
STEP, TOTAL, TWO = "step", "total", "two"  # kinds of message that are judged by themselves
_FACTS = frozenset(("line", "kind"))  # columns of which a file that is judged has one
# Kinds of message that report nothing: none of them may open a card that looks ready.
NO_REPORTS = frozenset(("plan", "question", "command", "request", "help", "courtesy", "none"))
_PART = re.compile(r"(?:line|línea) (\d+): ([\d.,]+)")  # in the note of a message of two activities


class InvalidPhrases(Exception):
    """The file is none of phrases; the message says where and why."""


@dataclass(frozen=True)
class PhraseMessage:
    """What somebody of a unit wrote on a day; `row` is the file's, whose first row is its headings."""

    row: int
    today: date
    unit: UnitView
    units: tuple[UnitView, ...]  # all of the programme
    text: str


@dataclass(frozen=True)
class Phrase(PhraseMessage):
    """One message and its facts.

    `kind` is empty where the file tells none. `line` is None where the message is about none, or about
    several. `entries`: how much counts at once, of which measure or of "" where none is named; mostly one.
    `parts`: number of the line and quantity of each activity of a message about several.
    `judged`: the columns that the file has.
    """

    kind: str
    line: LineView | None
    entries: tuple[tuple[Decimal, str], ...]
    starts_on: date
    ends_on: date
    participants: int | None
    women: int | None
    men: int | None
    documents: tuple[str, ...]
    parts: tuple[tuple[int, Decimal], ...]
    judged: frozenset[str]


Row = dict[str, str]
Numbered = tuple[int, Row]
M = TypeVar("M", bound=PhraseMessage)


def read_phrases(path: Path, units: Iterable[UnitView]) -> list[Phrase]:
    """The file's rows with their facts. Raises `InvalidPhrases`, also where there is nothing to judge by."""
    rows = read_rows(path)
    judged = _columns(rows)
    by_name = _by_name(units)
    phrases = [_checked(path, each, lambda given: _phrase(given, by_name, judged)) for each in rows]
    if rows and not judged & _FACTS:
        raise InvalidPhrases(
            f"{path} has neither a column line nor one kind: there is nothing to compare with"
        )
    return phrases


def has_facts(path: Path) -> bool:
    """Whether the file's messages can be judged. Raises `InvalidPhrases`."""
    rows = read_rows(path)
    return not rows or bool(_columns(rows) & _FACTS)


def _columns(rows: Sequence[Numbered]) -> frozenset[str]:
    return frozenset(rows[0][1]) if rows else frozenset()


def read_messages(path: Path, units: Iterable[UnitView]) -> list[PhraseMessage]:
    """The same, of which only `TOLD` is asked. Raises `InvalidPhrases`."""
    by_name = _by_name(units)
    return [_checked(path, each, lambda given: _message(given, by_name)) for each in read_rows(path)]


def read_rows(path: Path) -> list[Numbered]:
    """The rows of a CSV file with their numbers, the first of them 2. Raises `InvalidPhrases`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, restval=""))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidPhrases(f"{path} cannot be read: {error}") from error
    for number, row in enumerate(rows, 2):
        if None in row:
            raise InvalidPhrases(f"{path}, row {number}: more cells than headings")
    return list(enumerate(rows, 2))


def _checked(path: Path, given: Numbered, form: Callable[[Numbered], M]) -> M:
    try:
        return form(given)
    except (KeyError, ValueError, TypeError, SyntaxError, InvalidOperation) as error:
        raise InvalidPhrases(f"{path}, row {given[0]}: {error!s} is not understood") from error


def _by_name(units: Iterable[UnitView]) -> dict[str, UnitView]:
    """The units by name, key and alias; an alias never hides a name."""
    given = list(units)
    aliases = {fold(alias): unit for unit in reversed(given) for alias in unit.aliases}
    keys = {fold(unit.key): unit for unit in given}
    return {**aliases, **keys, **{fold(unit.name): unit for unit in given}}


def _message(given: Numbered, units: dict[str, UnitView]) -> PhraseMessage:
    number, row = given
    every = tuple({unit.id: unit for unit in units.values()}.values())
    today = date.fromisoformat(row["today"])
    return PhraseMessage(number, today, units[fold(row["unit"])], every, row["text"])


def _phrase(given: Numbered, units: dict[str, UnitView], judged: frozenset[str]) -> Phrase:
    number, row = given
    message = _message(given, units)
    numbers = [int(each) for each in _listed(row.get("line", ""))]
    lines = [_line(message.unit, each) for each in numbers]
    quantities = [_number(each) for each in _listed(row.get("quantity", ""))]
    measures = _listed(row.get("measure", ""))
    if len(quantities) not in (0, len(measures) or len(quantities)):
        raise ValueError(f"{len(quantities)} quantities of {len(measures)} measures")
    several = len(numbers) > 1
    entries = zip(quantities, measures or [""] * len(quantities), strict=False) if not several else ()
    return Phrase(
        row=number,
        today=message.today,
        unit=message.unit,
        units=message.units,
        text=message.text,
        kind=fold(row.get("kind", "")),
        line=lines[0] if len(lines) == 1 else None,
        entries=tuple(entries),
        starts_on=_day(row, "date_start", message.today),
        ends_on=_day(row, "date_end", message.today),
        participants=_whole(row.get("participants", "")),
        women=_whole(row.get("women", "")),
        men=_whole(row.get("men", "")),
        documents=_listed(row.get("documents", "")),
        parts=tuple(zip(numbers, quantities, strict=True)) if several else _parts(row.get("note", "")),
        judged=judged,
    )


def _line(unit: UnitView, number: int) -> LineView:
    line = unit.line(number)
    if line is None:
        raise ValueError(f"line {number} of {unit.name}")
    return line


def _parts(note: str) -> tuple[tuple[int, Decimal], ...]:
    return tuple((int(line), _number(quantity.rstrip(".,"))) for line, quantity in _PART.findall(note))


def _listed(cell: str) -> tuple[str, ...]:
    """«a; b», or a list as Python writes it."""
    if cell.startswith("["):
        return tuple(str(each) for each in literal_eval(cell))
    return tuple(each.strip() for each in cell.split(";") if each.strip())


def _number(cell: str) -> Decimal:
    return Decimal(cell.replace(",", ""))


def _whole(cell: str) -> int | None:
    return int(cell.replace(",", "")) if cell.strip() else None


def _day(row: Row, name: str, today: date) -> date:
    return date.fromisoformat(row[name]) if row.get(name) else today


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
