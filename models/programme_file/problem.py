"""The result of reading a programme file: the programme, and its problems."""

from dataclasses import dataclass
from enum import StrEnum

from models.programme.format import ProgrammeFile
from models.programme_file.sentences import Sentence
from models.programme_file.tree import FilePosition


class ProblemSeverity(StrEnum):
    ERROR = "error"  # the file cannot be imported
    WARNING = "warning"  # the file can be imported as it is


@dataclass(frozen=True)
class Problem:
    """One sentence about one position; for a YAML file also its `path`, like units[3].lines[4].ends_on."""

    path: str
    place: FilePosition
    severity: ProblemSeverity
    sentence: Sentence

    @property
    def message(self) -> str:
        return str(self.sentence)

    @property
    def line(self) -> int:
        return self.place.line

    @property
    def column(self) -> int:
        return self.place.column

    def __str__(self) -> str:
        where = f"{self.path}: " if self.path and not self.place.sheet else ""
        return f"{self.place}: {self.severity}: {where}{self.message}"


@dataclass(frozen=True)
class Reading:
    """The programme, or None if there are errors, and all problems in the order of the file."""

    programme: ProgrammeFile | None
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity is ProblemSeverity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity is ProblemSeverity.WARNING)
