"""A programme file, from YAML or Excel, as a tree of plain values with their positions in the file."""

from dataclasses import dataclass, field
from typing import Any

from models.programme_file.sentences import Sentence

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class FilePosition:
    """A line and column of a text, or the row and column of a cell, all from 1."""

    line: int = 1
    column: int = 1
    sheet: str = ""

    @property
    def cell(self) -> str:
        """Return the cell, like "Metas!D7", or "Metas" for the whole sheet; "" if it is not in a workbook."""
        if not self.sheet or not self.line:
            return self.sheet
        return f"{self.sheet}!{column_letters(self.column)}{self.line}"

    def beside(self, column: int) -> "FilePosition":
        """Return the position of another cell in the same row."""
        return FilePosition(self.line, column, self.sheet)

    def __str__(self) -> str:
        return self.cell or f"line {self.line}, column {self.column}"


class Unreadable(Exception):
    """The file cannot be read; has the reason as a sentence, and the position."""

    def __init__(self, sentence: Sentence, place: FilePosition | None = None) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence
        self.place = place or FilePosition()


Fault = tuple[Path, FilePosition, Sentence]


@dataclass
class Tree:
    """`root` has dicts, lists, texts, ints, Decimals, dates, bools, None; `values` and `keys` are positions.

    A file with a fault cannot be imported; one with a warning can.
    """

    root: Any = None
    values: dict[Path, FilePosition] = field(default_factory=dict)
    keys: dict[Path, FilePosition] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def place(self, path: Path, of_key: bool = False) -> FilePosition:
        """Return the position of the value (or of its key) at that path; the parent's for a missing one."""
        if of_key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, FilePosition())


def column_letters(number: int) -> str:
    """Return a column's letters: A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
