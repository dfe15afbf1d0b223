"""What is read of each question of a file, and whether it opens a card that looks ready."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from models.programme.view import UnitView
from models.programme_file.file import read_path
from spanish.reading.activity import understand
from spanish.reading.evaluation.cards import is_ready
from spanish.reading.phrases import InvalidPhrases, Row, read_rows, units_of
from spanish.reading.questions import Question, read_question
from spanish.writing.folding import fold

ASKS_NOTHING = frozenset(("none", "report"))  # kinds of text that are no question
_OWN = ("topic", "sure")  # slots with a column of their own
_COLUMNS = ("row", "kind", "text", "topic", "sure", "slots", "ready", "expected")


@dataclass(frozen=True)
class ReadQuestion:
    """A text, what is asked by it, and whether it opens a card that looks ready."""

    row: int
    kind: str
    text: str
    question: Question | None
    units: tuple[UnitView, ...]  # of the agency asked
    ready: bool
    expected: str

    @property
    def is_read(self) -> bool:
        """Whether the text is answered as a question, and opens no card."""
        return self.question is not None and self.question.sure

    @property
    def slots(self) -> str:
        """All that the question names, as «name=value; …»; units and lines by key and number."""
        if self.question is None:
            return ""
        told = {each.name: getattr(self.question, each.name) for each in fields(self.question)}
        named = {name: self._names(name, value) for name, value in told.items() if value and name not in _OWN}
        return "; ".join(f"{name}={value}" for name, value in named.items())

    def _names(self, slot: str, value: Any) -> str:
        if slot == "units":
            return ",".join(unit.key for unit in self.units if unit.id in value)
        if slot == "lines":
            lines = [(unit.key, line) for unit in self.units for line in unit.lines]
            return ",".join(f"{key} {line.number}" for key, line in lines if line.id in value)
        return _cell(value)


@dataclass(frozen=True)
class Agency:
    """Its year and units."""

    year: int
    units: tuple[UnitView, ...]

    @property
    def default_today(self) -> date:
        """The second of April, where a file tells no days."""
        return date(self.year, 4, 2)


def read_agency(path: Path) -> Agency:
    """A programme file. Raises `InvalidPhrases` where it is none."""
    programme = read_path(path).programme
    if programme is None:
        raise InvalidPhrases(f"{path} is no programme: see `python -m bot programme check {path}`")
    return Agency(programme.year, tuple(units_of(programme)))


def read_questions(path: Path, agency: Agency) -> list[ReadQuestion]:
    """What is read of each row of a file with the column `text`.

    `agency` may be told by row: its programme stands beside the file then. `who` is a unit's key and a role,
    or a role alone, whose unit may be any. Raises `InvalidPhrases`.
    """
    agencies = {"": agency}
    found = []
    for number, row in read_rows(path):
        name = row.get("agency", "")
        if name not in agencies:
            agencies[name] = read_agency(path.with_name(f"{name}.yaml"))
        try:
            found.append(_asked(number, row, agencies[name]))
        except (KeyError, ValueError) as error:
            raise InvalidPhrases(f"{path}, row {number}: {error!s} is not understood") from error
    return found


def write_questions(file: TextIO, asked: Sequence[ReadQuestion]) -> None:
    """One row each: the topic and every other slot of the question, empty where none is read."""
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    for each in asked:
        topic = each.question.topic.value if each.question else ""
        sure = int(each.question.sure) if each.question else ""
        writer.writerow(
            (each.row, each.kind, each.text, topic, sure, each.slots, int(each.ready), each.expected)
        )


def question_report(asked: Sequence[ReadQuestion]) -> Iterator[str]:
    """How many questions are read as such, and how many open no ready card."""
    questions = [each for each in asked if each.kind not in ASKS_NOTHING]
    others = [each for each in asked if each.kind in ASKS_NOTHING]
    yield _share("open no ready card", [not each.ready for each in questions])
    yield _share("read as a question", [each.question is not None for each in questions])
    if others:
        yield _share("no question, read as one", [each.is_read for each in others])
    rows = ", ".join(str(each.row) for each in questions if each.ready)
    if rows:
        yield f"ready cards: rows {rows}"


def _share(name: str, good: Sequence[bool]) -> str:
    share = f"{100 * sum(good) / len(good):.1f} %" if good else "-"
    return f"{name.ljust(26)}{share.rjust(8)}  {sum(good)} of {len(good)}"


def _asked(number: int, row: Row, agency: Agency) -> ReadQuestion:
    text = row["text"]
    today = date.fromisoformat(row["today"]) if row.get("today") else agency.default_today
    key = fold(row.get("who", "").split("/")[0])
    units = [unit for unit in agency.units if unit.key == key] or list(agency.units)
    question = read_question(text, agency.units, today)
    lines = [(unit, line) for unit in units for line in unit.lines]
    answered = question is not None and question.sure
    ready = not answered and is_ready(understand(text, lines, today))
    return ReadQuestion(
        number, row.get("kind", ""), text, question, agency.units, ready, row.get("expected", "")
    )


def _cell(value: Any) -> str:
    if isinstance(value, (tuple, list, frozenset)):
        return ",".join(map(_cell, value))
    if is_dataclass(value) and not isinstance(value, type):
        return " ".join(_cell(getattr(value, each.name)) for each in fields(value))
    return str(value)
