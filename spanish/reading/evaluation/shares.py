"""Which facts of a message are right, and the shares of all messages."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from spanish.reading.evaluation.predictions import CountedTarget, Prediction
from spanish.reading.phrases import NO_REPORTS, STEP, TOTAL, TWO, Phrase
from spanish.writing.nouns import singular

# What a card that looks ready must not have wrong; the measure only where something counts.
_TELLING = ("line first", "quantity", "first day", "last day", "participants")


@dataclass(frozen=True)
class Judged:
    """One message, what was understood of it, and what of that is wrong: the names of the facts."""

    phrase: Phrase
    made: Prediction
    wrong: tuple[str, ...]

    @property
    def is_activity(self) -> bool:
        """Whether the file tells the line, and the quantity where it tells quantities."""
        return _is_activity(self.phrase)

    @property
    def is_step(self) -> bool:
        return self.phrase.kind == STEP or (
            self.is_activity
            and bool(self.phrase.entries)
            and not any(quantity for quantity, _ in self.phrase.entries)
        )

    @property
    def is_cut(self) -> bool:
        """Whether one activity is cut into several cards."""
        return self.is_activity and bool(self.made.parts) and not self.phrase.parts

    @property
    def is_wrong_unasked(self) -> bool:
        """Whether a card looks ready that has a wrong line, quantity, day or number of participants."""
        if self.phrase.kind == TWO:
            return (self.made.ready or bool(self.made.parts)) and not self.is_told_apart
        if not self.made.ready or not (self.is_activity or self.phrase.kind == TOTAL):
            return False
        told = {*_TELLING, *(("measure",) if self._counts else ())}
        return self.phrase.kind == TOTAL or self.is_cut or bool(told & {*self.wrong})

    @property
    def is_asked(self) -> bool:
        """Whether anything is asked before it can be registered."""
        apart = self.phrase.kind == TWO and bool(self.made.parts)
        return not self.made.ready and not apart

    @property
    def _counts(self) -> bool:
        return any(each.quantity for each in self.made.entries if not each.target.informative)

    @property
    def counts_step(self) -> bool:
        return self.is_step and self.made.ready and self._counts

    @property
    def opens_card(self) -> bool:
        """Whether what reports nothing opens a card that looks ready."""
        return self.phrase.kind in NO_REPORTS and self.made.ready

    @property
    def is_told_apart(self) -> bool:
        """Of a message about several lines, whether each gets its quantity."""
        return sorted(self.made.parts) == sorted(self.phrase.parts)


def judge(phrases: Sequence[Phrase], predictions: Sequence[Prediction]) -> list[Judged]:
    return [Judged(*each, tuple(_wrong(*each))) for each in zip(phrases, predictions, strict=True)]


def shares(judged: Sequence[Judged]) -> dict[str, float]:
    """Of each fact the share of activities of which it is right, from 0 to 1.

    What is not said must be empty. Empty where no message has its line and quantity told.
    """
    activities = [each for each in judged if each.is_activity]
    right: Counter[str] = Counter()
    for each in activities:
        right.update(name for name in _CHECKS if name not in each.wrong)
        right["all facts at once"] += not each.wrong
        right["asked which line"] += each.made.asked
        right["wrong line, not asked"] += not each.made.asked and "line first" in each.wrong
    names = (*_CHECKS, "all facts at once", "asked which line", "wrong line, not asked")
    return {name: right[name] / len(activities) for name in names} if activities else {}


def cards(judged: Sequence[Judged]) -> dict[str, tuple[int, int]]:
    """How many messages' cards are asked about or wrong, each of how many; only of kinds that there are."""
    activities = [each for each in judged if each.is_activity]
    steps = [each for each in judged if each.is_step]
    totals = [each for each in judged if each.phrase.kind == TOTAL]
    silent = [each for each in judged if each.phrase.kind in NO_REPORTS]
    several = [each for each in judged if each.phrase.kind == TWO]
    reports = [*activities, *several]
    found = {
        "wrong without asking": _of([*reports, *totals], lambda each: each.is_wrong_unasked),
        "asked": _of(reports, lambda each: each.is_asked),
        "steps counted as done": _of(steps, lambda each: each.counts_step),
        "running totals asked": _of(totals, lambda each: each.is_asked),
        "ready cards of no report": _of(silent, lambda each: each.opens_card),
        "two activities told apart": _of(several, lambda each: each.is_told_apart),
        "one activity cut in two": _of(activities, lambda each: each.is_cut),
    }
    return {name: each for name, each in found.items() if each[1]}


def _of(among: Sequence[Judged], holds: Callable[[Judged], bool]) -> tuple[int, int]:
    return sum(map(holds, among)), len(among)


def misses(judged: Sequence[Judged]) -> Iterator[str]:
    """A line for each message that is not fully right: its row, what is wrong, its text."""
    for each in judged:
        said = "; ".join(_told(each))
        if said:
            state = "ready" if each.made.ready else "asks"
            text = " / ".join(each.phrase.text.splitlines())
            yield f"row {each.phrase.row} [{each.phrase.kind or '-'}, {state}] {said} · {text}"


def _told(each: Judged) -> Iterator[str]:
    if each.is_activity:
        for name in each.wrong:
            column, _ = _CHECKS[name]
            right = _right(each.phrase, column)
            yield f"{name}: {each.made.columns[column] or 'nothing'}, not {right or 'nothing'}"
        if each.is_cut:
            yield f"cut in two: {_parts(each.made.parts)}"
    elif each.phrase.kind == TWO and not each.is_told_apart:
        yield f"parts: {_parts(each.made.parts)}, not {_parts(each.phrase.parts)}"
    elif each.opens_card or (each.phrase.kind == TOTAL and each.made.ready):
        columns = each.made.columns
        yield f"opens a ready card: line {columns['line']}, {columns['quantity']} {columns['measure']}"


def _parts(parts: Sequence[tuple[int, Decimal]]) -> str:
    return ", ".join(f"line {line}: {quantity:f}" for line, quantity in parts) or "one"


def _is_activity(phrase: Phrase) -> bool:
    told = bool(phrase.entries) or "quantity" not in phrase.judged
    return phrase.line is not None and told and phrase.kind != TOTAL


def _wrong(phrase: Phrase, made: Prediction) -> Iterator[str]:
    if _is_activity(phrase):
        for name, (column, check) in _CHECKS.items():
            if column in phrase.judged and not check(phrase, made):
                yield name


def _is_same(phrase: Phrase, made: Prediction) -> bool:
    """Whether the quantities are those told: of several measures each its own, in any order.

    An informative target that is not read is no mistake, nor one that is not told but is the participants.
    """
    several = len(phrase.entries) > 1
    missing, read = [], list(made.entries)
    for quantity, measure in phrase.entries:
        fitting = [each for each in read if each.quantity == quantity]
        named = [each for each in fitting if singular(each.target.measure) == singular(measure)]
        found = next(iter(named if several and measure else named or fitting), None)
        if found is not None:
            read.remove(found)
        elif not _is_informative(phrase, measure):
            missing.append(measure)
    return not missing and all(_may_be_added(each, phrase) for each in read)


def _is_informative(phrase: Phrase, measure: str) -> bool:
    targets = phrase.line.targets if phrase.line else ()
    return any(each.informative and singular(each.measure) == singular(measure) for each in targets)


def _may_be_added(entry: CountedTarget, phrase: Phrase) -> bool:
    told = {singular(measure) for _, measure in phrase.entries}
    counts_people = entry.quantity == phrase.participants
    return entry.target.informative and counts_people and singular(entry.target.measure) not in told


def _has_measures(phrase: Phrase, made: Prediction) -> bool:
    told = {singular(measure) for _, measure in phrase.entries if not _is_informative(phrase, measure)}
    read = {singular(each) for each in made.columns["measure"].split(";")}
    read = {each for each in read if not _is_informative(phrase, each)}
    return told in ({""}, read) or not told


def _same_people(name: str) -> Callable[[Phrase, Prediction], bool]:
    return lambda phrase, made: made.columns[name] == _cell(getattr(phrase, name))


def _cell(number: int | None) -> str:
    return "" if number is None else str(number)


# Of each fact its column and whether it is right.
_CHECKS: dict[str, tuple[str, Callable[[Phrase, Prediction], bool]]] = {
    "line first": ("line", lambda phrase, made: made.candidates[:1] == _numbers(phrase)),
    "line in the first three": ("line", lambda phrase, made: {*_numbers(phrase)} <= {*made.candidates[:3]}),
    "quantity": ("quantity", _is_same),
    "measure": ("measure", _has_measures),
    "first day": ("date_start", lambda phrase, made: made.columns["date_start"] == str(phrase.starts_on)),
    "last day": ("date_end", lambda phrase, made: made.columns["date_end"] == str(phrase.ends_on)),
    "participants": ("participants", _same_people("participants")),
    "women": ("women", _same_people("women")),
    "men": ("men", _same_people("men")),
    "documents": ("documents", lambda phrase, made: made.columns["documents"] == ";".join(phrase.documents)),
}


def _numbers(phrase: Phrase) -> tuple[int, ...]:
    return (phrase.line.number,) if phrase.line else ()


def _right(phrase: Phrase, column: str) -> str:
    """What the file tells in that column."""
    told = {
        "line": str(phrase.line.number) if phrase.line else "",
        "quantity": ";".join(f"{quantity:f}" for quantity, _ in phrase.entries),
        "measure": ";".join(measure for _, measure in phrase.entries),
        "date_start": str(phrase.starts_on),
        "date_end": str(phrase.ends_on),
        "documents": ";".join(phrase.documents),
    }
    return told[column] if column in told else _cell(getattr(phrase, column))
