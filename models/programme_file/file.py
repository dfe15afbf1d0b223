"""Reads a programme file, with the position of every problem, and writes one that reads back the same."""

import difflib
import stat
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from models.programme.field_types import A_LIST, ONE_TEXT, REFUSED
from models.programme.format import (
    CalendarSettings,
    GivenDesign,
    GivenLine,
    GivenTarget,
    GivenUnit,
    Indicator,
    Institution,
    Opening,
    Principle,
    ProgrammeFile,
    Signatory,
)
from models.programme_file import yaml as programme_yaml
from models.programme_file.checks import ProgrammeFinding, check
from models.programme_file.problem import Problem, ProblemSeverity, Reading
from models.programme_file.sentences import Sentence, said
from models.programme_file.sheets import SHEETS
from models.programme_file.tree import FilePosition, Path, Tree, Unreadable

LARGEST = 5_000_000  # bytes of either kind; the real programme has 25 thousand
EXCEL_BEGINS = (b"PK", b"\xd0\xcf\x11\xe0")
BUNDLED = FilePath(__file__).parents[1] / "programmes" / "sesaech-2024.yaml"


def read_path(path: FilePath, name: str = "") -> Reading:
    """Read a programme from a file, like `read`; one that is too large is not loaded. Raises OSError."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        return unread(said("not_regular"))
    size = found.st_size
    if size > LARGEST:
        return unread(said("too_large", size=size, largest=LARGEST))
    return read(path.read_bytes(), name or path.name)


def read(source: bytes | str, name: str = "") -> Reading:
    """Read a programme from YAML or Excel. Never raises for bad content, which is all in `problems`.

    The format is recognised by the content, else by the ending of `name`.
    """
    try:
        tree = _parse(source, name)
    except Unreadable as error:
        return unread(error.sentence, error.place)
    problems = [
        Problem(_dotted(path), place, severity, text)
        for severity, found in (
            (ProblemSeverity.ERROR, tree.faults),
            (ProblemSeverity.WARNING, tree.warnings),
        )
        for path, place, text in found
    ]
    faulty = {path for path, _, _ in tree.faults}  # places without a valid value, already reported
    programme, findings = _validate(tree) if tree.root is not None or not tree.faults else (None, [])
    problems += [_problem(tree, each) for each in (*findings, *check(tree.root)) if each.path not in faulty]
    problems.sort(key=_position)
    broken = any(problem.severity is ProblemSeverity.ERROR for problem in problems)
    return Reading(None if broken else programme, tuple(problems))


def _parse(source: bytes | str, name: str) -> Tree:
    if isinstance(source, bytes) and (source.startswith(EXCEL_BEGINS) or is_excel(name)):
        from models.programme_file.excel import parse_excel  # here, since few programmes are in Excel

        return parse_excel(source)
    return programme_yaml.parse(source)


def unread(sentence: Sentence, place: FilePosition | None = None) -> Reading:
    """Return the result for a file that could not be read at all, with the reason."""
    return Reading(None, (Problem("", place or FilePosition(), ProblemSeverity.ERROR, sentence),))


def is_excel(name: str) -> bool:
    """Return whether the name has an ending of Excel files."""
    return FilePath(name).suffix.lower() in (".xlsx", ".xlsm", ".xls")


def _problem(tree: Tree, finding: ProgrammeFinding) -> Problem:
    place = tree.place(finding.path, finding.of_key)
    empty = finding.sentence.key == "missing" and place.sheet
    sentence = said("cell_empty") if empty else finding.sentence
    return Problem(_dotted(finding.path), place, finding.severity, sentence)


def _position(problem: Problem) -> tuple[int, int, int]:
    sheet = SHEETS.index(problem.place.sheet) if problem.place.sheet in SHEETS else 0
    return sheet, problem.line, problem.column


def write(programme: ProgrammeFile) -> str:
    """Return the programme as YAML, in the format's order, without default values; `read` reads it back."""
    return programme_yaml.dump(_compact(programme))


def _compact(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return {
            name: _compact(given)
            for name, field in type(value).model_fields.items()
            if (given := getattr(value, name)) != field.default or field.is_required()
        }
    return [_compact(each) for each in value] if isinstance(value, tuple) else value


def _validate(tree: Tree) -> tuple[ProgrammeFile | None, list[ProgrammeFinding]]:
    try:
        return ProgrammeFile.model_validate(tree.root), []
    except ValidationError as error:
        return None, [finding for each in error.errors() for finding in _finding(each)]


_KEYS = {
    "missing": "missing",
    "string_type": "text_expected",
    "string_unicode": "half_character",
    "string_too_short": "text_empty",
    "string_too_long": "text_too_long",
    "too_long": "text_too_long",
    "tuple_type": "list_expected",
    "too_short": "list_empty",
    "model_type": "group_expected",
    "bool_type": "yes_or_no",
    "bool_parsing": "yes_or_no",
    "greater_than_equal": "at_least",
    "less_than_equal": "at_most",
    "int_type": "whole_number",
    "int_parsing": "whole_number",
    "int_from_float": "whole_number",
    "int_parsing_size": "whole_number",
}  # by pydantic's error types


def _finding(error: ErrorDetails) -> Iterator[ProgrammeFinding]:
    path = tuple(part for part in error["loc"] if part not in (ONE_TEXT, A_LIST))
    kind, name, limits = error["type"], str(path[-1]) if path else "", error.get("ctx", {})
    if kind == "too_short" and error["input"]:
        return  # none of its items is valid, and each of them is reported
    if kind == "too_short" and name in ("units", "lines", "targets"):
        yield ProgrammeFinding(path, said(f"no_{name}"))
    elif kind == "extra_forbidden":
        yield ProgrammeFinding(path, _unknown_field(path), of_key=True)
    elif kind == REFUSED:
        yield ProgrammeFinding(path, Sentence(limits["key"], limits["facts"]))
    else:
        limit = limits.get("max_length", limits.get("ge", limits.get("le", 0)))
        yield ProgrammeFinding(
            path, said(_KEYS.get(kind, "value_wrong"), name=name, limit=limit, why=error["msg"])
        )


def _unknown_field(path: Path) -> Sentence:
    """Return the sentence for an unknown field, with the field of that part that was probably meant."""
    kinds: dict[Any, type[BaseModel]] = {
        "institution": Institution,
        "principles": Principle,
        "acronyms": Principle,
        "signatories": Signatory,
        "design": GivenDesign,
        "calendar": CalendarSettings,
        "units": GivenUnit,
        "lines": GivenLine,
        "indicator": Indicator,
        "targets": GivenTarget,
        "opening": Opening,
    }
    parent = next((part for part in reversed(path[:-1]) if isinstance(part, str)), None)
    names = list(kinds.get(parent, ProgrammeFile).model_fields)
    name = str(path[-1])
    if meant := difflib.get_close_matches(name, names, n=1):
        return said("field_meant", name=name, meant=meant[0])
    return said("field_unknown", name=name, known=", ".join(names))


def _dotted(path: Path) -> str:
    dotted = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return dotted.removeprefix(".")
