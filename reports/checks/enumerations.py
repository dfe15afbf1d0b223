"""Checks enumerations I–III, 1)–3), a)–c): whether the activity registered as many as its text lists."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from reports.checks.amounts import registered
from reports.checks.finding import CheckScope, Finding, FindingKind
from reports.checks.kinds import begins_with, is_called, is_of
from reports.quarterly.content import Report
from spanish.reading.numbers.digits import NUMBER
from spanish.writing.folding import fold

_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_START = r"(?:^|(?<=[\s;:]))"
# Each series with how its marks are written; a mark's place in the series is its number.
_SERIES: tuple[tuple[re.Pattern[str], Callable[[str], int]], ...] = (
    (re.compile(rf"{_START}([IVX]{{1,5}})(?:\.-|[.)])\s", re.MULTILINE), lambda mark: _roman(mark)),
    (re.compile(rf"{_START}(\d{{1,2}})(?:\.-|[.)])\s", re.MULTILINE), int),
    (re.compile(rf"{_START}([a-z])\)\s", re.MULTILINE), lambda mark: ord(mark) - ord("a") + 1),
)
_BULLETS = " \t\r\n-–—•*"
_ANNOUNCED = re.compile(r"\bsiguientes? ([a-z]+)")


@dataclass(frozen=True)
class Enumeration:
    """An enumeration: the text before the first mark, and the items."""

    intro: str
    items: tuple[str, ...]


def check(report: Report) -> Iterator[Finding]:
    """Yield the findings on activities of lines with one target; of several it is unknown which is listed."""
    for unit in report.units:
        for line in unit.lines:
            targets = [target for target in line.targets if not target.informative]
            if len(targets) != 1:
                continue
            for activity in line.activities:
                quantity, _ = registered(activity, targets[0].measure)
                listed = enumerate_(activity.narrative)
                if listed is None or len(listed.items) == quantity:
                    continue
                if _lists(listed, targets[0].measure, bool(quantity)):
                    facts = {"listed": len(listed.items), "quantity": str(quantity)}
                    yield CheckScope(unit, line, activity).found(
                        FindingKind.ENUMERATION, **facts, measure=targets[0].measure
                    )


def enumerate_(text: str) -> Enumeration | None:
    """Return the longest complete enumeration of at least two items in the text, or None."""
    found = (_of_series(text, pattern, number) for pattern, number in _SERIES)
    return max((each for each in found if each), key=lambda each: len(each.items), default=None)


def _of_series(text: str, pattern: re.Pattern[str], number: Callable[[str], int]) -> Enumeration | None:
    marks: list[re.Match[str]] = []
    for found in pattern.finditer(text):
        if number(found[1]) == len(marks) + 1:
            marks.append(found)
    if len(marks) < 2:
        return None
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    items = (text[mark.end() : end].strip() for mark, end in zip(marks, ends, strict=True))
    return Enumeration(text[: marks[0].start()].strip(_BULLETS), tuple(items))


def _roman(mark: str) -> int:
    lower = mark.lower()
    return _ROMAN.index(lower) + 1 if lower in _ROMAN else 0


def _lists(listed: Enumeration, measure: str, something: bool) -> bool:
    """Return whether the listed items are the measure.

    They are if the sentence before says so («los siguientes documentos:»), or every item begins with a kind
    of it. If no text is before the list, it is the whole activity and is compared with what was registered,
    unless its items have numbers of their own.
    """
    if intro := fold(listed.intro):
        sentence = re.split(r"[.;] ", intro)[-1]
        announced = _ANNOUNCED.findall(sentence)
        return any(is_of(word, measure) for word in announced) or (
            not announced and any(is_called(word, measure) for word in re.findall(r"[a-z]+", sentence))
        )
    if all(begins_with(item, measure) for item in listed.items):
        return True
    return something and not any(re.search(NUMBER, fold(item)) for item in listed.items)
