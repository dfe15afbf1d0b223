"""Compares the text of a report in Word, which is made to be edited, with the text of one made again."""

from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

from reports import annex_reading, word
from reports.quarterly.content import Report
from reports.texts import pages
from reports.verifying.finding import Alteration, instead, shortened


def differing(file: Path, expected: Report, pictures: Callable[[str], Path]) -> Iterator[Alteration]:
    """Yield each paragraph or row of a table that was changed, added or taken out."""
    found = rows(file)
    made = annex_reading.word_rows_of(word.render(expected, pictures))
    wanted = [" · ".join(row) for row in made if any(row)]
    matcher = SequenceMatcher(None, wanted, found, autojunk=False)
    for _, start, end, first, last in matcher.get_opcodes():
        was, now = wanted[start:end], found[first:last]
        if was == now:
            continue
        for place in range(max(len(was), len(now))):
            one = now[place] if place < len(now) else None
            other = was[place] if place < len(was) else None
            where = f"text {first + place + 1}"
            if other is not None and pages.PICTURE_MISSING in other:
                continue  # no picture was at hand
            if one is None:
                yield Alteration(where, f"{shortened(repr(other))} is missing")
            elif other is None:
                yield Alteration(where, f"{shortened(repr(one))} was added")
            else:
                yield Alteration(where, instead(one, other))


def rows(file: Path) -> list[str]:
    """Return the paragraphs and rows of tables of a Word file, without empty ones."""
    return [" · ".join(row) for row in annex_reading.word_rows_of(file.read_bytes()) if any(row)]
