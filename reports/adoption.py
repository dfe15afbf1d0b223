"""What was changed in a report's Word file by hand: texts that can be taken over, and all that cannot.

Texts of activities are taken over. Figures, days, tables, captions, headings and everything else are the
data's: such a change is named and refused, and so is a text in which a number changed.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from reports import annex_reading, word
from reports.quarterly.content import ActivityPart, LinePart, Report, UnitPart
from reports.quarterly.list_items import text_parts
from reports.texts import headings, pages
from reports.word.contents import Contents

COVER = 20  # paragraphs before and between the entries of the contents
_DAY = re.compile(r"\d{1,2} de \w+ de \d{4}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class TextChange:
    """A text of an activity that was edited; `before` is what the report says now."""

    activity: int
    place: str  # «Dirección Jurídica, line 1»
    before: str
    after: str


@dataclass(frozen=True)
class RefusedChange:
    """A paragraph or row that was changed, added (`before` is empty) or taken out, and why it is refused."""

    before: str
    after: str
    why: str


@dataclass(frozen=True)
class EditedReport:
    taken: tuple[TextChange, ...]
    refused: tuple[RefusedChange, ...]


def compare(file: bytes, report: Report, pictures: Callable[[str], Path]) -> EditedReport:
    """Return what differs in an edited Word file from the report as it is now.

    `pictures` returns a copy's file by its SHA-256. Raises many kinds of exceptions for other files.
    """
    entries = len(Contents(report).entries)
    found = _rows(annex_reading.word_rows_of(file), entries)
    made = _rows(annex_reading.word_rows_of(word.render(report, pictures)), entries)
    known = _texts(report)
    taken: list[TextChange] = []
    refused: list[RefusedChange] = []
    for was, now in _pairs(made, found):
        change = _judge(was, now, known)
        if isinstance(change, TextChange):
            taken.append(change)
        elif change is not None:
            refused.append(change)
    return EditedReport(tuple(taken), tuple(refused))


def _rows(rows: Sequence[tuple[str, ...]], entries: int) -> list[str]:
    """Return what is written up to the annex, without empty rows.

    The day on the cover and the page numbers of the contents are left out: they change by themselves.
    """
    said = [" · ".join(" ".join(cell.split()) for cell in row) for row in rows if any(row)]
    ends = max((place for place, each in enumerate(said) if each == headings.ANNEX), default=len(said))
    front = entries + COVER
    cover = (re.sub(r"\s\d+$", "", each) for each in said[:front] if not _DAY.fullmatch(each))
    return [*cover, *said[front:ends]]


def _pairs(made: Sequence[str], found: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what differs: before and after, "" for what was added or taken out."""
    for kind, start, end, first, last in SequenceMatcher(None, made, found, autojunk=False).get_opcodes():
        was, now = made[start:end], found[first:last]
        if kind == "equal":
            continue
        if len(was) == len(now):
            yield from zip(was, now, strict=True)
            continue
        yield from ((each, "") for each in was)
        yield from (("", each) for each in now)


@dataclass(frozen=True)
class _Known:
    """A printed paragraph that is an activity's whole text, after its days if they stand before it."""

    activity: ActivityPart
    place: str
    lead: str


def _texts(report: Report) -> dict[str, _Known | None]:
    """Return the paragraphs that can be taken over, by how they are printed; None of one printed twice."""
    known: dict[str, _Known | None] = {}
    for unit in report.units:
        for line in unit.lines:
            for activity in line.activities if line.summary is None else ():
                for printed, one in _of(unit, line, activity):
                    known[printed] = None if printed in known else one
    return known


def _of(unit: UnitPart, line: LinePart, activity: ActivityPart) -> Iterator[tuple[str, _Known]]:
    """Yield the paragraph of a text that is one paragraph, not a list."""
    parts = list(text_parts(activity.paragraphs))
    text = " ".join(activity.text.split())
    if not parts or parts[0].marker:
        return
    printed = " ".join(parts[0].text.split())
    if printed.endswith(text):
        place = f"{unit.name}, line {line.number}"
        yield printed, _Known(activity, place, printed.removesuffix(text))


def _judge(was: str, now: str, known: dict[str, _Known | None]) -> TextChange | RefusedChange | None:
    if pages.PICTURE_MISSING in was:
        return None
    one = known.get(was)
    if one is None:
        return RefusedChange(was, now, "it is made from the data, and changed there")
    if not now:
        return RefusedChange(was, now, "an activity is taken out by withdrawing it")
    if not now.startswith(one.lead) or now == one.lead:
        return RefusedChange(was, now, "the activity's days are the data's")
    after = now.removeprefix(one.lead)
    if _numbers(after) != _numbers(one.activity.text):
        return RefusedChange(was, now, "a number was changed")
    return TextChange(one.activity.id, one.place, one.activity.text, after)


def _numbers(text: str) -> Counter[str]:
    return Counter(_NUMBER.findall(text))
