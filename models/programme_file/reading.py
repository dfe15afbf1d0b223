"""A program that reads a programme file: `python -m models.programme_file.reading FILE NAME`.

It prints the content, or the problems, as JSON. A workbook may be malicious, so it is read in a process of
its own, which limits its memory and CPU time before it loads a parser. If it is killed by a signal or prints
nothing, the file counts as unreadable.
"""

import json
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.programme_file.problem import Problem, Reading

MEMORY = 512 * 1024**2  # bytes of address space; the real programme needs a tenth
SECONDS = 20  # of CPU time
MOST_PROBLEMS = 500  # that are reported; the draft stores them


def main(path: str, name: str) -> int:
    """Print the result as JSON; return the exit code."""
    _limit()
    from models.programme_file.file import read_path

    print(json.dumps(as_json(read_path(Path(path), name))))  # noqa: T201
    return 0


def as_json(reading: "Reading") -> dict[str, Any]:
    """Return the result as plain values, for `read_json`."""
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
    """Return the result that `as_json` converted."""
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
    """Limit this process's memory and CPU time; beyond that, SIGXCPU ends it."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
