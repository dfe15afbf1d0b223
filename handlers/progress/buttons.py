"""The buttons below `/avance`, and those of what a quarter lacks, which lead from it: what each shows is in
its data.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from handlers.chat.keyboards import button
from handlers.texts.progress import progress as texts
from handlers.updates.callback_data import CallbackData
from models.programme.view import UnitView
from models.progress.status import LineStatus
from models.quarter import Quarter


@dataclass(frozen=True)
class ProgressData(CallbackData, verb="p"):
    """What `/avance` shows."""


@dataclass(frozen=True)
class SameProgress(ProgressData, prefix="="):
    """The quarter that shows already."""


@dataclass(frozen=True)
class UnitProgress(ProgressData, prefix="u"):
    unit_id: int
    quarter: Quarter


@dataclass(frozen=True)
class LineProgress(ProgressData, prefix="l"):
    line_id: int
    quarter: Quarter


@dataclass(frozen=True)
class WholeProgress(ProgressData, prefix="w"):
    quarter: Quarter


@dataclass(frozen=True)
class OwnProgress(ProgressData, prefix="o"):
    """The person's own units, where there are several."""

    quarter: Quarter


@dataclass(frozen=True)
class NumberedProgress(ProgressData, prefix="n"):
    """The unit that was chosen for a line asked for by its number."""

    unit_id: int
    number: int
    quarter: Quarter


@dataclass(frozen=True)
class UnitOrigin(ProgressData, prefix="uo"):
    """Where a unit's figures come from."""

    unit_id: int
    quarter: Quarter


@dataclass(frozen=True)
class LineOrigin(ProgressData, prefix="lo"):
    line_id: int
    page: int
    quarter: Quarter


@dataclass(frozen=True)
class WholeOrigin(ProgressData, prefix="wo"):
    quarter: Quarter


@dataclass(frozen=True)
class PictureData(CallbackData, verb="pic"):
    """«📊 Gráfica»; unit 0 is the institution."""

    unit_id: int
    quarter: Quarter


@dataclass(frozen=True)
class DutiesData(CallbackData, verb="due"):
    """What `/pendientes` shows."""


@dataclass(frozen=True)
class SameDuties(DutiesData, prefix="="):
    """The quarter that shows already."""


@dataclass(frozen=True)
class WholeDuties(DutiesData, prefix="w"):
    quarter: Quarter


@dataclass(frozen=True)
class OwnDuties(DutiesData, prefix="o"):
    quarter: Quarter


@dataclass(frozen=True)
class ReportedUnits(DutiesData, prefix="s"):
    """Which units have not reported."""

    quarter: Quarter


@dataclass(frozen=True)
class LateUnits(DutiesData, prefix="l"):
    quarter: Quarter


@dataclass(frozen=True)
class UnitDuties(DutiesData, prefix="u"):
    unit_id: int
    quarter: Quarter
    offset: int  # of the first thing that shows


@dataclass(frozen=True)
class BareActivities(DutiesData, prefix="e"):
    """The activities of a line that no evidence shows."""

    line_id: int
    quarter: Quarter
    offset: int


@dataclass(frozen=True)
class PendingActivities(DutiesData, prefix="p"):
    """The activities of a line of which something waits to count."""

    line_id: int
    quarter: Quarter
    offset: int


@dataclass(frozen=True)
class Attend(CallbackData, verb="ack"):
    """«Lo atiendo»."""

    unit_id: int
    quarter: Quarter


def of_units(
    units: Iterable[UnitView], to: Callable[[int, Quarter], ProgressData], quarter: Quarter
) -> list[dict[str, str]]:
    return [button(texts.short(unit.name), to(unit.id, quarter)) for unit in units]


def of_line(status: LineStatus, data: ProgressData) -> dict[str, str]:
    return button(str(status.line.number), data)


def quarters(here: Quarter, to: Callable[[Quarter], ProgressData]) -> list[dict[str, str]]:
    """The year's quarters; the one that shows is marked, and says so when it is pressed."""
    return [
        button(texts.quarter_button(each.number, each == here), SameProgress() if each == here else to(each))
        for each in Quarter.all_of(here.year)
    ]


def choices(units: Iterable[UnitView], line: int | None, quarter: Quarter) -> list[dict[str, str]]:
    return [
        button(
            unit.name,
            UnitProgress(unit.id, quarter) if line is None else NumberedProgress(unit.id, line, quarter),
        )
        for unit in units
    ]


def whole(quarter: Quarter) -> list[dict[str, str]]:
    return [button(texts.EVERYBODY, WholeProgress(quarter))]
