"""`python -m models.programme_file.reading FILE NAME`: what a programme file holds, or what is wrong, as
JSON.

A workbook may be made to hurt whoever opens it. So this is a program of its own: it limits its memory and its
time before it loads a parser, and what becomes of it harms nobody else. It always answers on standard output;
killed by a signal or silent, the file is one that cannot be read.
"""

import json
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.programme_file.problem import Problem, Reading

MEMORY = 512 * 1024**2  # bytes of address space; the real programme needs a tenth
SECONDS = 20  # of computing
MOST_PROBLEMS = 500  # that are told; a draft keeps them


def main(path: str, name: str) -> int:
    """Print the reading; the program's exit code."""
    _limit()
    from models.programme_file.file import read_path

    print(json.dumps(as_json(read_path(Path(path), name))))  # noqa: T201
    return 0


def as_json(reading: "Reading") -> dict[str, Any]:
    """The reading as plain values; `read_json` gives it back."""
    return {
        "programme": reading.programme and reading.programme.model_dump(mode="json"),
        "problems": [
            {
                "path": each.path,
                "place": [each.place.line, each.place.column, each.place.sheet],
                "severity": each.severity.value,
                "key": each.sentence.key,
                "facts": each.sentence.facts,
            }
            for each in reading.problems[:MOST_PROBLEMS]
        ],
    }


def read_json(stored: dict[str, Any]) -> "Reading":
    """What `as_json` made plain."""
    from models.programme.format import ProgrammeFile
    from models.programme_file.problem import Reading

    programme = stored["programme"] and ProgrammeFile.model_validate(stored["programme"])
    return Reading(programme, tuple(_problem(each) for each in stored["problems"]))


def _problem(said: dict[str, Any]) -> "Problem":
    from models.programme_file.problem import Problem, ProblemSeverity
    from models.programme_file.sentences import Sentence
    from models.programme_file.tree import FilePosition

    sentence = Sentence(said["key"], said["facts"])
    return Problem(said["path"], FilePosition(*said["place"]), ProblemSeverity(said["severity"]), sentence)


def _limit() -> None:
    """No more memory and computing than it takes; who computes for longer is ended by SIGXCPU."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
