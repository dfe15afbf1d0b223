"""The lines that `python -m spanish.reading` prints of a file of messages."""

from collections.abc import Iterator, Sequence
from statistics import median
from time import process_time

from spanish.reading.activity import understand
from spanish.reading.evaluation.predictions import predict_all
from spanish.reading.evaluation.shares import Judged, cards, judge, misses, shares
from spanish.reading.phrases import Phrase

LONG = 4096  # characters of the long message whose reading is timed: as long as Telegram allows
_NAME = 26  # letters of the widest name of a figure, and a space


def report(phrases: Sequence[Phrase], before: Sequence[Phrase], with_misses: bool = False) -> Iterator[str]:
    """The figures with no history and with history, and how long it takes; and each message that is wrong
    with no history.
    """
    predict_all(phrases[:1])  # the lines' words are kept from the first time on
    made = {
        "no history": judge(phrases, predict_all(phrases)),
        "learning in order": judge(phrases, predict_all(phrases, learning=True)),
    }
    if before:
        made[f"after {len(before)} others"] = judge(phrases, predict_all(phrases, before, learning=True))
    width = max(map(len, made)) + 2
    yield f"{len(phrases)} phrases".ljust(_NAME) + "".join(name.rjust(width) for name in made)
    columns = list(made.values())
    yield from _facts(columns, width)
    yield from _cards(columns, width)
    yield from _times(phrases, columns, width)
    yield from misses(columns[0]) if with_misses else ()


def _facts(columns: Sequence[Sequence[Judged]], width: int) -> Iterator[str]:
    found = [shares(each) for each in columns]
    for fact in found[0]:
        yield fact.ljust(_NAME) + "".join(f"{100 * each[fact]:.1f} %".rjust(width) for each in found)


def _cards(columns: Sequence[Sequence[Judged]], width: int) -> Iterator[str]:
    found = [cards(each) for each in columns]
    for name, (_, among) in found[0].items():
        cells = (f"{each[name][0]}  {100 * each[name][0] / among:.1f} %".rjust(width) for each in found)
        yield name.ljust(_NAME) + "".join(cells) + f"  of {among}"
        rows = [each.phrase.row for each in columns[0] if _is_row_of(name, each)]
        if rows:
            yield f"  rows {', '.join(map(str, rows))}"


def _is_row_of(name: str, judged: Judged) -> bool:
    if name == "ready cards of no report":
        return judged.opens_card
    return name == "wrong without asking" and judged.is_wrong_unasked


def _times(phrases: Sequence[Phrase], columns: Sequence[Sequence[Judged]], width: int) -> Iterator[str]:
    if not phrases:
        return
    took = [[1000 * each.made.seconds for each in judged] for judged in columns]
    yield "median, CPU ms a message".ljust(_NAME) + "".join(
        f"{median(each):.2f}".rjust(width) for each in took
    )
    yield "longest, CPU ms".ljust(_NAME) + "".join(f"{max(each):.2f}".rjust(width) for each in took)
    yield f"{LONG:,} characters, CPU ms".ljust(_NAME) + f"{1000 * _long(phrases):.1f}".rjust(width)


def _long(phrases: Sequence[Phrase]) -> float:
    """Seconds of CPU time for one message of `LONG` characters made up of the phrases."""
    text = " ".join(phrase.text for phrase in phrases)
    text = (text * (LONG // max(1, len(text)) + 1))[:LONG]
    phrase = phrases[0]
    took = []
    for _ in range(3):
        started = process_time()
        understand(text, [(phrase.unit, line) for line in phrase.unit.lines], phrase.today)
        took.append(process_time() - started)
    return min(took)
