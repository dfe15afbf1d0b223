"""How much of phrases is understood: the shares of `make understand`, and what was understood of each."""

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TextIO

from models.activities.precedents import Precedent
from models.programme.view import LineView, TargetView
from spanish.reading.activity import Said, understand
from spanish.reading.phrases import COLUMNS, Phrase, PhraseMessage
from spanish.writing.measures import amount, named, singular

EXTRA = ("pending", "asked", "candidates")  # columns of a predictions file beyond those of a phrases file
LONG = 10_000  # characters of the long message whose reading is timed


@dataclass(frozen=True)
class Prediction:
    """What was understood of a phrase: its columns as in a file of phrases, and how long it took.

    Where the line is asked, the rest is read for the likeliest, as after one tap on it.
    """

    columns: Mapping[str, str]
    candidates: tuple[int, ...]  # numbers of the lines, the likeliest first
    asked: bool
    seconds: float


def predict_all(
    phrases: Sequence[PhraseMessage], before: Sequence[Phrase] = (), learning: bool = False
) -> list[Prediction]:
    """One for each phrase, in their order.

    `before` are taken to be registered; while `learning`, so is each phrase with its facts once it was read,
    in the order of their days.
    """
    known: dict[int, list[Precedent]] = defaultdict(list)
    for each in before:
        known[each.unit.id].append(_precedent(each))
    predictions: dict[int, Prediction] = {}
    for place, phrase in sorted(enumerate(phrases), key=lambda each: each[1].today):
        predictions[place] = predict(phrase, known[phrase.unit.id])
        if learning and isinstance(phrase, Phrase):
            known[phrase.unit.id].append(_precedent(phrase))
    return [predictions[place] for place in range(len(phrases))]


def predict(phrase: PhraseMessage, history: Sequence[Precedent]) -> Prediction:
    """What is understood of one phrase among the lines of its unit."""
    lines = [(phrase.unit, line) for line in phrase.unit.lines]
    started = perf_counter()
    facts = understand(phrase.text, lines, phrase.today, history)
    seconds = perf_counter() - started
    by_id = {line.id: line for line in phrase.unit.lines}
    first = by_id[facts.candidates[0]]
    said = facts.said if facts.line_id else understand(phrase.text, [(phrase.unit, first)], phrase.today).said
    quantity, measure, pending = _entries(first, said)
    people = facts.people
    columns = {
        "today": phrase.today.isoformat(),
        "unit": phrase.unit.name,
        "text": phrase.text,
        "line": str(first.number),
        "quantity": quantity,
        "measure": measure,
        "date_start": (facts.starts_on or phrase.today).isoformat(),
        "date_end": (facts.ends_on or phrase.today).isoformat(),
        "participants": _cell(people.participants if people else None),
        "women": _cell(people.women if people else None),
        "men": _cell(people.men if people else None),
        "documents": ";".join(facts.documents),
        "pending": pending,
    }
    numbers = tuple(by_id[each].number for each in facts.candidates)
    return Prediction(columns, numbers, facts.line_id is None, seconds)


def write_predictions(file: TextIO, predictions: Iterable[Prediction]) -> None:
    """One row each, in the columns of a file of phrases and those of `EXTRA`."""
    writer = csv.DictWriter(file, (*COLUMNS, *EXTRA))
    writer.writeheader()
    for each in predictions:
        candidates = ";".join(map(str, each.candidates))
        writer.writerow({**each.columns, "asked": str(int(each.asked)), "candidates": candidates})


def shares(phrases: Sequence[Phrase], predictions: Sequence[Prediction]) -> dict[str, float]:
    """Of each fact the share of phrases of which it is right, from 0 to 1; what is not said must be empty."""
    right: Counter[str] = Counter()
    for phrase, prediction in zip(phrases, predictions, strict=True):
        found = {name: check(phrase, prediction) for name, check in _CHECKS.items()}
        right.update(name for name, good in found.items() if good)
        right["all facts at once"] += all(found.values())
        right["asked which line"] += prediction.asked
        right["wrong line, not asked"] += not prediction.asked and not found["line first"]
    names = (*_CHECKS, "all facts at once", "asked which line", "wrong line, not asked")
    return {name: right[name] / len(phrases) for name in names} if phrases else dict.fromkeys(names, 0.0)


def report(phrases: Sequence[Phrase], before: Sequence[Phrase]) -> Iterator[str]:
    """The shares with no history and with history, and how long it takes, as lines of text."""
    predict_all(phrases[:1])  # the lines' words are kept from the first time on
    columns = {
        "no history": predict_all(phrases),
        "learning in order": predict_all(phrases, learning=True),
    }
    if before:
        columns[f"after {len(before)} others"] = predict_all(phrases, before, learning=True)
    width = max(map(len, columns)) + 2
    yield f"{len(phrases)} phrases".ljust(24) + "".join(name.rjust(width) for name in columns)
    found = {name: shares(phrases, predictions) for name, predictions in columns.items()}
    for fact in next(iter(found.values())):
        yield fact.ljust(24) + "".join(f"{100 * each[fact]:.1f} %".rjust(width) for each in found.values())
    took = (
        {name: 1000 * median(each.seconds for each in made) for name, made in columns.items()}
        if phrases
        else {}
    )
    yield "median, ms a message".ljust(24) + "".join(f"{each:.2f}".rjust(width) for each in took.values())
    if phrases:
        yield f"{LONG:,} characters, ms".ljust(24) + f"{1000 * _long(phrases):.1f}".rjust(width)


def _long(phrases: Sequence[Phrase]) -> float:
    """Seconds for one message of `LONG` characters made up of the phrases."""
    text = " ".join(phrase.text for phrase in phrases)
    text = (text * (LONG // max(1, len(text)) + 1))[:LONG]
    phrase = phrases[0]
    took = []
    for _ in range(3):
        started = perf_counter()
        understand(text, [(phrase.unit, line) for line in phrase.unit.lines], phrase.today)
        took.append(perf_counter() - started)
    return min(took)


def _precedent(phrase: Phrase) -> Precedent:
    return Precedent(phrase.line.id, phrase.line.title, phrase.text)


def _entries(line: LineView, said: Sequence[Said]) -> tuple[str, str, str]:
    """Quantity, measure and pending as cells: what counts, several joined by «;»; else the first."""
    targets = {target.id: target for target in line.targets}
    told = [each for each in said if not targets[each.target_id].informative] or list(said)
    waiting = {each.target_id: _waiting(targets[each.target_id], each) for each in told}
    counting = [each for each in told if each.quantity > waiting[each.target_id]] or told[:1]
    quantities = [
        amount(each.quantity - waiting[each.target_id], targets[each.target_id]) for each in counting
    ]
    measures = [_measure(targets[each.target_id]) for each in counting] or [_measure(line.targets[0])]
    return ";".join(quantities).replace(",", ""), ";".join(measures), str(sum(waiting.values()))


def _waiting(target: TargetView, said: Said) -> int:
    """What does not count at once: all, where the card would ask whether the target's condition is met."""
    unsaid = said.quantity if target.counts_when else 0
    return unsaid if said.pending is None else said.pending


def _measure(target: TargetView) -> str:
    """As a programme names it: «Documento» where one is the whole target."""
    one = target.terms[0].amount == 10**target.decimals
    return named(target.measure, 1).capitalize() if one else target.measure


def _cell(number: int | None) -> str:
    return "" if number is None else str(number)


def _same_measures(phrase: Phrase, prediction: Prediction) -> bool:
    told = {singular(measure) for _, measure in phrase.entries}
    return {singular(each) for each in prediction.columns["measure"].split(";")} == told


_CHECKS: dict[str, Callable[[Phrase, Prediction], bool]] = {
    "line first": lambda phrase, made: made.candidates[0] == phrase.line.number,
    "line in the first three": lambda phrase, made: phrase.line.number in made.candidates[:3],
    "quantity": lambda phrase, made: (
        made.columns["quantity"] == ";".join(str(each) for each, _ in phrase.entries)
    ),
    "measure": _same_measures,
    "first day": lambda phrase, made: made.columns["date_start"] == phrase.starts_on.isoformat(),
    "last day": lambda phrase, made: made.columns["date_end"] == phrase.ends_on.isoformat(),
    "participants": lambda phrase, made: made.columns["participants"] == _cell(phrase.participants),
    "women": lambda phrase, made: made.columns["women"] == _cell(phrase.women),
    "men": lambda phrase, made: made.columns["men"] == _cell(phrase.men),
    "documents": lambda phrase, made: made.columns["documents"] == ";".join(phrase.documents),
}
