"""`python -m spanish.reading FILE`: how much of a file of phrases is understood.

All that `tests/data` has are phrases the rules were written with: of new messages less is understood.
"""

import argparse
import sys
from pathlib import Path

from models.programme.view import UnitView
from models.programme_file.file import BUNDLED, read_path
from spanish.reading.evaluation import predict_all, report, write_predictions
from spanish.reading.phrases import InvalidPhrases, Phrase, read_messages, read_phrases, units_of

STANDARD_OUTPUT = Path("-")


def main(arguments: list[str] | None = None) -> int:
    """0, or 2 with one line on what is wrong where a file cannot be read or written."""
    parser = argparse.ArgumentParser(prog="python -m spanish.reading", description=__doc__)
    parser.add_argument("file", type=Path, help="phrases with what they mean, as tests/data/phrases.csv")
    parser.add_argument(
        "--programme", type=Path, default=BUNDLED, help="the programme whose lines they speak of"
    )
    parser.add_argument("--history", type=Path, action="append", default=[], help="phrases registered before")
    parser.add_argument(
        "--predictions",
        type=Path,
        nargs="?",
        const=STANDARD_OUTPUT,
        help="write what is understood of each as CSV, to that file or in place of the shares; the facts may "
        "be missing from FILE then",
    )
    given = parser.parse_args(arguments)
    try:
        units = _units(given.programme)
        before: list[Phrase] = [phrase for path in given.history for phrase in read_phrases(path, units)]
        if given.predictions != STANDARD_OUTPUT:
            for line in report(read_phrases(given.file, units), before):
                sys.stdout.write(f"{line}\n")
        if given.predictions:
            predictions = predict_all(read_messages(given.file, units), before)
            if given.predictions == STANDARD_OUTPUT:
                write_predictions(sys.stdout, predictions)
            else:
                with given.predictions.open("w", encoding="utf-8", newline="") as file:
                    write_predictions(file, predictions)
    except (InvalidPhrases, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _units(path: Path) -> list[UnitView]:
    programme = read_path(path).programme
    if programme is None:
        raise InvalidPhrases(f"{path} is no programme: see `python -m bot programme check {path}`")
    return units_of(programme)


if __name__ == "__main__":
    sys.exit(main())
