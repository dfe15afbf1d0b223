"""`python -m spanish.reading FILE`: how much of a file of messages, or of questions, is understood.

All that `tests/data` has are phrases the rules were written with: of new messages less is understood.
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from models.programme.view import UnitView
from models.programme_file.file import BUNDLED
from spanish.reading.evaluation.predictions import predict_all, write_predictions
from spanish.reading.evaluation.questions import (
    Agency,
    question_report,
    read_agency,
    read_questions,
    write_questions,
)
from spanish.reading.evaluation.report import report
from spanish.reading.phrases import InvalidPhrases, Phrase, has_facts, read_messages, read_phrases

STANDARD_OUTPUT = Path("-")


def main(arguments: list[str] | None = None) -> int:
    """0, or 2 with one line on what is wrong where a file cannot be read or written."""
    given = _parser().parse_args(arguments)
    try:
        agency = read_agency(given.programme)
        if given.questions:
            _judge_questions(given.file, agency)
        elif given.predictions:
            _predict(given, agency.units)
        else:
            before = _history(given.history, agency.units)
            _print(report(read_phrases(given.file, agency.units), before, given.misses))
    except (InvalidPhrases, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m spanish.reading", description=__doc__)
    parser.add_argument("file", type=Path, help="phrases with what they mean, as tests/data/phrases.csv")
    parser.add_argument(
        "--programme", type=Path, default=BUNDLED, help="the programme whose lines they speak of"
    )
    parser.add_argument("--history", type=Path, action="append", default=[], help="phrases registered before")
    parser.add_argument("--misses", action="store_true", help="print also each message that is wrong")
    parser.add_argument(
        "--predictions",
        type=Path,
        nargs="?",
        const=STANDARD_OUTPUT,
        help="write what is understood of each as CSV, to that file or in place of the shares; the facts may "
        "be missing from FILE then",
    )
    parser.add_argument(
        "--questions",
        action="store_true",
        help="FILE has questions, as tests/data/agencies/questions.csv: print what is read of each as CSV",
    )
    return parser


def _predict(given: argparse.Namespace, units: Sequence[UnitView]) -> None:
    before = _history(given.history, units)
    predictions = predict_all(read_messages(given.file, units), before)
    if given.predictions == STANDARD_OUTPUT:
        write_predictions(sys.stdout, predictions)
        return
    with given.predictions.open("w", encoding="utf-8", newline="") as file:
        write_predictions(file, predictions)
    if has_facts(given.file):
        _print(report(read_phrases(given.file, units), before, given.misses))


def _history(paths: Sequence[Path], units: Sequence[UnitView]) -> list[Phrase]:
    return [phrase for path in paths for phrase in read_phrases(path, units)]


def _judge_questions(path: Path, agency: Agency) -> None:
    asked = read_questions(path, agency)
    write_questions(sys.stdout, asked)
    _print(question_report(asked))


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
