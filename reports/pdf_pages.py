"""Plans how high the rows of pictures of a PDF are, so that no page ends in a large blank.

The report is first set without pictures on endless pages, with a mark where each part begins
(`informe.typ`). From the marks its pages are foreseen, and each group of pictures gets the height with which
it fits the page that it comes to: it is a little lower, or those before it are a little higher where it goes
to the next page.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from reports import typesetting
from reports.design import MARGINS, TEXT_HEIGHT, Design
from reports.picture_rows import POINT, RowArrangement, arrangements

HEAD, WHOLE, END = "head", "whole", "whole-end"  # kinds of parts: those that stay with what follows
LINE = 1.416  # from line to line, by the size of the text; the letters of Arial and `leading`
LEADING, AFTER, BETWEEN = 0.49, 0.77, 0.28  # of it: between lines, after a part, and how much more that is
BLANK = 0.05  # of a page, that may stay blank without those before becoming higher
CORRECTED = 1  # times that the foreseen pages are compared with the real ones
_FEW = 8  # parts that are looked at
_SPARE = 2.0  # millimetres that the foreseen pages may differ from the real ones


@dataclass(frozen=True)
class PlannedGroup:
    """Pictures in a row, and the height of a row in millimetres."""

    abreast: int
    height: float


@dataclass(frozen=True)
class PagePart:
    """A part of the report in its order: its height in millimetres, without pictures."""

    kind: str  # «text», «head», «solid», «group», «end»
    id: int | None
    chapter: int  # a chapter begins a page
    height: float


@dataclass
class _Page:
    used: float = 0.0
    groups: list[tuple[int, RowArrangement]] = field(default_factory=list)


def planned(
    source: Path,
    write: Callable[[Mapping[int, PlannedGroup], str], None],
    aspects: Mapping[int, Sequence[float]],
    design: Design,
) -> dict[int, PlannedGroup]:
    """Return how each group is arranged; `aspects` are the pictures' widths by heights, by group.

    `source` is the template; `write` writes its data for a plan, to be set on "endless" or on "real" pages.
    """
    options = {number: arrangements(each, design) for number, each in aspects.items()}
    plan = {number: PlannedGroup(each[0].abreast, each[0].usual) for number, each in options.items()}
    if not options:
        return plan
    write({}, "endless")
    parts = _parts(_marks(source))
    known: dict[int, float] = {}
    for corrected in range(CORRECTED + 1):
        foreseen = _foresee(parts, options, plan, design, known)
        if corrected == CORRECTED:
            break
        write(plan, "real")
        found = _places(_marks(source), parts)
        wrong = next((each for each in options if abs(found[each] - foreseen[each]) > _SPARE), None)
        if wrong is None:
            break
        known = {each: found[each] for each in options if each <= wrong}
    return plan


def _marks(source: Path) -> list[dict[str, Any]]:
    import typst

    found = typst.query(source, "<mark>", field="value", root=source.parent, font_paths=typesetting.fonts())
    return list(_outside(json.loads(found)))


def _parts(marks: Sequence[dict[str, Any]]) -> list[PagePart]:
    return [
        PagePart(
            HEAD if this["kind"] == WHOLE else this["kind"],
            this["id"],
            this["page"],
            max(0.0, (following["y"] - this["y"]) / POINT) if following["page"] == this["page"] else 0.0,
        )
        for this, following in pairwise([*marks, {"page": 0, "y": 0}])
        if this["kind"] != END
    ]


def _places(marks: Sequence[dict[str, Any]], parts: Sequence[PagePart]) -> dict[int, float]:
    """Return how much of its page is used where each group begins, were there room for it."""
    heights = {part.id: before.height for before, part in pairwise(parts) if part.id is not None}
    before = (
        each for each in pairwise(each for each in marks if each["kind"] != END) if each[1]["id"] is not None
    )
    places = {}
    for last, group in before:
        begun = last["y"] / POINT - MARGINS["top"]
        pushed = group["page"] != last["page"] and last["kind"] != "group"
        places[group["id"]] = begun + heights[group["id"]] if pushed else group["y"] / POINT - MARGINS["top"]
    return places


def _outside(marks: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the marks without those inside a part that is never broken."""
    inside = False
    for each in marks:
        inside = inside and each["kind"] != END
        if not inside:
            yield each
        inside = inside or each["kind"] == WHOLE


def _foresee(
    parts: Sequence[PagePart],
    options: Mapping[int, list[RowArrangement]],
    plan: dict[int, PlannedGroup],
    design: Design,
    known: Mapping[int, float],
) -> dict[int, float]:
    """Fill pages with the parts, and set the groups' heights in the plan.

    Return how much of its page is used where each group begins; `known` is that of groups, as it was found.
    """
    foreseen: dict[int, float] = {}
    page, chapter, line = _Page(), 0, design.text_size * LINE / POINT
    for at, part in enumerate(parts):
        if part.chapter != chapter:
            page, chapter = _Page(), part.chapter
        room = TEXT_HEIGHT - page.used
        if part.kind == "group" and part.id is not None:
            page.used = known.get(part.id, page.used)
            foreseen[part.id], room = page.used, TEXT_HEIGHT - page.used
            below = _least(parts[at + 1 :], line)  # the sentence that closes a line stays with its pictures
            room -= part.height + below - (0 if below else AFTER * line)
            chosen = _fitting(options[part.id], room - _SPARE)
            if chosen is None:
                _fill(page, plan)
                page, chosen = _Page(), (options[part.id][0], options[part.id][0].usual)
            rows, height = chosen
            plan[part.id] = PlannedGroup(rows.abreast, height)
            page.groups.append((part.id, rows))
            page.used += part.height + rows.height(height)
        elif part.kind == "text":
            page = _broken(part.height, page, line, plan)
        else:
            below = _least(parts[at + 1 :], line)  # a table stays with the closing sentence, too
            needed = part.height + (below or -AFTER * line)
            if needed > room:
                _fill(page, plan)
                page = _Page()
            page.used += part.height
    return foreseen


def _broken(height: float, page: _Page, line: float, plan: dict[int, PlannedGroup]) -> _Page:
    """Return the page on which a text ends; at least two lines stand on each of its pages."""
    room = TEXT_HEIGHT - page.used
    if height - AFTER * line <= room:
        page.used += height
        return page
    lines = max(1, round((height - BETWEEN * line) / line))
    between = height - lines * line
    fitting = min(int((room + LEADING * line) / line), lines - 2)
    if fitting < 2:
        _fill(page, plan)
        fitting, page = 0, _Page()
    left = (lines - fitting) * line + between
    while left > TEXT_HEIGHT:
        left -= int(TEXT_HEIGHT / line) * line
    return _Page(left)


def _fitting(options: Sequence[RowArrangement], room: float) -> tuple[RowArrangement, float] | None:
    """Return the best arrangement that fits, and the height of its rows."""
    for rows in options:
        height = rows.fitting(room)
        if height is not None:
            return rows, height
    return None


def _least(following: Sequence[PagePart], line: float) -> float:
    """Return what must stand below a heading on its page."""
    needed = 0.0
    for part in following[:_FEW]:
        if part.kind == "group":
            return needed
        if part.kind != HEAD:
            broken = part.kind == "text" and part.height >= 4 * line  # into two lines and two lines
            return needed + (2 * line if broken else part.height) - AFTER * line
        needed += part.height
    return needed


def _fill(page: _Page, plan: dict[int, PlannedGroup]) -> None:
    """Make the pictures of a page that is left higher, so that less of it stays blank."""
    blank = TEXT_HEIGHT - page.used - _SPARE
    if blank <= BLANK * TEXT_HEIGHT or not page.groups:
        return
    wanted = sum((rows.highest - plan[number].height) * rows.count for number, rows in page.groups)
    share = min(1.0, blank / wanted) if wanted > 0 else 0.0
    for number, rows in page.groups:
        height = plan[number].height
        plan[number] = PlannedGroup(rows.abreast, height + (rows.highest - height) * share)
