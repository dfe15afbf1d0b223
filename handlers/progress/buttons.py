"""The buttons below `/avance`: what each shows is in its data, «p:u:7:2024-T1»; see
`handlers.progress.progress`.
"""

from collections.abc import Iterable

from handlers.chat.keyboards import button
from handlers.texts.progress import progress as texts
from models.programme.view import UnitView
from models.progress.status import LineStatus
from models.quarter import Quarter

UNIT, LINE, WHOLE, OWN, NUMBERED = "u", "l", "w", "o", "n"
UNIT_ORIGIN, LINE_ORIGIN, WHOLE_ORIGIN, SAME = "uo", "lo", "wo", "="


def of_units(units: Iterable[UnitView], view: str, quarter: Quarter) -> list[dict[str, str]]:
    return [button(texts.short(unit.name), "p", view, unit.id, quarter.key) for unit in units]


def of_line(stood: LineStatus, quarter: Quarter, view: str, *more: int) -> dict[str, str]:
    return button(str(stood.line.number), "p", view, stood.line.id, *more, quarter.key)


def quarters(here: Quarter, view: str, *ids: int) -> list[dict[str, str]]:
    """The year's quarters; the one that shows is marked, and says so when it is pressed."""
    return [
        button(texts.quarter_button(each.number, True), "p", SAME)
        if each == here
        else button(texts.quarter_button(each.number, False), "p", view, *ids, each.key)
        for each in Quarter.all_of(here.year)
    ]


def choices(units: Iterable[UnitView], line: int | None, quarter: Quarter) -> list[dict[str, str]]:
    return [
        button(unit.name, "p", UNIT, unit.id, quarter.key)
        if line is None
        else button(unit.name, "p", NUMBERED, unit.id, line, quarter.key)
        for unit in units
    ]


def whole(quarter: Quarter) -> list[dict[str, str]]:
    return [button(texts.EVERYBODY, "p", WHOLE, quarter.key)]
