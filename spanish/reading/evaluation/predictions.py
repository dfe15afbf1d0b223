"""What is understood of each message of a file, and the file of predictions."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from time import process_time
from typing import TextIO

from models.activities.precedents import Precedent
from models.programme.view import LineView, TargetView
from spanish.reading.activity import Said, Understood, understand
from spanish.reading.evaluation.cards import asks, is_ready
from spanish.reading.phrases import COLUMNS, Phrase, PhraseMessage
from spanish.reading.questions import read_question
from spanish.reading.several import split
from spanish.writing.measures import amount, named

# Columns of a predictions file beyond those of a phrases file.
EXTRA = ("pending", "asked", "candidates", "act", "doubts", "asks", "ready")


@dataclass(frozen=True)
class CountedTarget:
    """How much of one target counts at once, in its own measure."""

    quantity: Decimal
    target: TargetView


@dataclass(frozen=True)
class Prediction:
    """What was understood of a phrase: its columns as in a file of phrases, and how long it took.

    Where the line is asked, the rest is read for the likeliest, as after one tap on it. `parts`: number of
    the line and quantity of each activity, where the message is cut into several. `ready`: a card opens that
    asks nothing.
    """

    columns: Mapping[str, str]
    candidates: tuple[int, ...]  # numbers of the lines, the likeliest first
    asked: bool  # which line
    entries: tuple[CountedTarget, ...]
    parts: tuple[tuple[int, Decimal], ...]
    ready: bool
    seconds: float  # of CPU time


def predict_all(
    phrases: Sequence[PhraseMessage], before: Sequence[Phrase] = (), learning: bool = False
) -> list[Prediction]:
    """One for each phrase, in their order.

    `before` are taken to be registered; while `learning`, so is each phrase with its facts once it was read,
    in the order of their days.
    """
    known: dict[int, list[Precedent]] = defaultdict(list)
    for each in before:
        known[each.unit.id].extend(_precedent(each))
    predictions: dict[int, Prediction] = {}
    for place, phrase in sorted(enumerate(phrases), key=lambda each: each[1].today):
        predictions[place] = predict(phrase, known[phrase.unit.id])
        if learning and isinstance(phrase, Phrase):
            known[phrase.unit.id].extend(_precedent(phrase))
    return [predictions[place] for place in range(len(phrases))]


def predict(phrase: PhraseMessage, history: Sequence[Precedent]) -> Prediction:
    """What is understood of one phrase among the lines of its unit."""
    lines = [(phrase.unit, line) for line in phrase.unit.lines]
    started = process_time()
    facts = understand(phrase.text, lines, phrase.today, history)
    seconds = process_time() - started
    by_id = {line.id: line for line in phrase.unit.lines}
    first = by_id[facts.candidates[0]]
    said = facts.said if facts.line_id else understand(phrase.text, [(phrase.unit, first)], phrase.today).said
    entries, waiting = _entries(first, said)
    answered = _is_question(phrase)
    parts = () if answered else _parts(phrase, history)
    ready = is_ready(facts) and not answered
    columns = {
        "today": phrase.today.isoformat(),
        "unit": phrase.unit.name,
        "text": phrase.text,
        **_quantity_cells(first, entries),
        **_fact_cells(facts, phrase.today),
        "pending": str(waiting),
        "asked": str(int(facts.line_id is None)),
        "candidates": ";".join(str(by_id[each].number) for each in facts.candidates),
        "act": "question" if answered else facts.act.name.lower(),
        "doubts": ";".join(each.kind.name.lower() for each in facts.doubts),
        "asks": str(int(answered or asks(facts))),
        "ready": str(int(ready)),
    }
    numbers = tuple(by_id[each].number for each in facts.candidates)
    return Prediction(columns, numbers, facts.line_id is None, entries, parts, ready, seconds)


def write_predictions(file: TextIO, predictions: Iterable[Prediction]) -> None:
    """One row each, in the columns of a file of phrases and those of `EXTRA`."""
    writer = csv.DictWriter(file, (*COLUMNS, *EXTRA))
    writer.writeheader()
    writer.writerows(each.columns for each in predictions)


def _is_question(phrase: PhraseMessage) -> bool:
    """Whether the text is answered as a question, and opens no card."""
    asked = read_question(phrase.text, phrase.units, phrase.today)
    return asked is not None and asked.sure


def _parts(phrase: PhraseMessage, history: Sequence[Precedent]) -> tuple[tuple[int, Decimal], ...]:
    """Number of the line and quantity of each activity that the message is cut into."""
    lines = [(phrase.unit, line) for line in phrase.unit.lines]
    by_id = {line.id: line for line in phrase.unit.lines}
    found = []
    for part in split(phrase.text, lines, phrase.today, history):
        line = by_id[part.line_id]
        entries, _ = _entries(line, understand(part.text, [(phrase.unit, line)], phrase.today).said)
        found += [(line.number, each.quantity) for each in entries]
    return tuple(found)


def _precedent(phrase: Phrase) -> list[Precedent]:
    line = phrase.line
    return [] if line is None else [Precedent(line.id, line.title, phrase.text)]


def _entries(line: LineView, said: Sequence[Said]) -> tuple[tuple[CountedTarget, ...], int]:
    """What counts at once of each target, or the first where nothing does, and how much does not yet."""
    targets = {target.id: target for target in line.targets}
    waiting = {each.target_id: _waiting(targets[each.target_id], each) for each in said}
    counting = [each for each in said if each.quantity > waiting[each.target_id]] or said[:1]
    entries = tuple(
        CountedTarget(
            Decimal(each.quantity - waiting[each.target_id]).scaleb(-targets[each.target_id].decimals),
            targets[each.target_id],
        )
        for each in counting
    )
    return entries, sum(each for target_id, each in waiting.items() if not targets[target_id].informative)


def _waiting(target: TargetView, said: Said) -> int:
    """What does not count at once: all, where the card would ask whether the target's condition is met."""
    unsaid = said.quantity if target.counts_when else 0
    return unsaid if said.pending is None else said.pending


def _quantity_cells(line: LineView, entries: Sequence[CountedTarget]) -> dict[str, str]:
    """Of several targets those that count for the percentage, joined by «;»."""
    told = [each for each in entries if not each.target.informative] or list(entries)
    quantities = [amount(_scaled(each), each.target).replace(",", "") for each in told]
    measures = [_measure(each.target) for each in told] or [_measure(line.targets[0])]
    return {"line": str(line.number), "quantity": ";".join(quantities), "measure": ";".join(measures)}


def _scaled(entry: CountedTarget) -> int:
    return int(entry.quantity.scaleb(entry.target.decimals))


def _measure(target: TargetView) -> str:
    """As a programme names it: «Documento» where one is the whole target."""
    one = target.terms[0].amount == 10**target.decimals
    return named(target.measure, 1).capitalize() if one else target.measure


def _fact_cells(facts: Understood, today: date) -> dict[str, str]:
    people = facts.people
    return {
        "date_start": (facts.starts_on or today).isoformat(),
        "date_end": (facts.ends_on or today).isoformat(),
        "participants": _cell(people.participants if people else None),
        "women": _cell(people.women if people else None),
        "men": _cell(people.men if people else None),
        "documents": ";".join(facts.documents),
    }


def _cell(number: int | None) -> str:
    return "" if number is None else str(number)
