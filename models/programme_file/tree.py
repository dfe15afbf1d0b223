"""A programme file as a plain tree that knows its places, whether it was YAML or Excel."""

from dataclasses import dataclass, field
from typing import Any

from models.programme_file.sentences import Sentence

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class FilePosition:
    """A line and a column, or the row and the column of a cell, all from 1."""

    line: int = 1
    column: int = 1
    sheet: str = ""

    @property
    def cell(self) -> str:
        """«Metas!D7», or «Metas» for the whole sheet; empty where it is no cell."""
        if not self.sheet or not self.line:
            return self.sheet
        return f"{self.sheet}!{column_letters(self.column)}{self.line}"

    def beside(self, column: int) -> "FilePosition":
        """Another cell of the same row."""
        return FilePosition(self.line, column, self.sheet)

    def __str__(self) -> str:
        return self.cell or f"line {self.line}, column {self.column}"


class Unreadable(Exception):
    """The file is none that we take: one sentence, and where."""

    def __init__(self, sentence: Sentence, place: FilePosition | None = None) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.place = place or FilePosition()


Fault = tuple[Path, FilePosition, Sentence]


@dataclass
class Tree:
    """`root`: dicts, lists, texts, ints, Decimals, dates, bools, None; and where values and keys stand.

    A fault makes the file one that is not taken, a warning does not.
    """

    root: Any = None
    values: dict[Path, FilePosition] = field(default_factory=dict)
    keys: dict[Path, FilePosition] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def place(self, path: Path, of_key: bool = False) -> FilePosition:
        """Where that value stands; for one that is missing, where its parent does."""
        if of_key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, FilePosition())


def column_letters(number: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
