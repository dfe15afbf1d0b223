"""Callback data of the buttons below `/avance` and `/pendientes`; each names what it shows."""

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
    """The buttons of `/avance`."""


@dataclass(frozen=True)
class SameProgress(ProgressData, prefix="="):
    """The quarter that is shown already."""


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
    """The person's own units, if they have several."""

    quarter: Quarter


@dataclass(frozen=True)
class NumberedProgress(ProgressData, prefix="n"):
    """The line with that number in the chosen unit."""

    unit_id: int
    number: int
    quarter: Quarter


@dataclass(frozen=True)
class UnitOrigin(ProgressData, prefix="uo"):
    """How a unit's figure is calculated."""

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
class Legend(ProgressData, prefix="k"):
    """What the signs mean; below the page of a line, of a unit (line 0) or of the institution (unit 0)."""

    unit_id: int
    line_id: int
    quarter: Quarter


@dataclass(frozen=True)
class PictureData(CallbackData, verb="pic"):
    """«📊 Gráfica»; unit 0 is the institution."""

    unit_id: int
    quarter: Quarter


@dataclass(frozen=True)
class DutiesData(CallbackData, verb="due"):
    """The buttons of `/pendientes`."""


@dataclass(frozen=True)
class SameDuties(DutiesData, prefix="="):
    """The quarter that is shown already."""


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
    offset: int  # index of the first entry shown


@dataclass(frozen=True)
class BareActivities(DutiesData, prefix="e"):
    """The line's activities without evidence."""

    line_id: int
    quarter: Quarter
    offset: int


@dataclass(frozen=True)
class PendingActivities(DutiesData, prefix="p"):
    """The line's activities with a pending quantity."""

    line_id: int
    quarter: Quarter
    offset: int


@dataclass(frozen=True)
class Attend(CallbackData, verb="ack"):
    """«Lo atiendo»: the person takes charge of an overdue unit."""

    unit_id: int
    quarter: Quarter


def of_units(
    units: Iterable[UnitView], to: Callable[[int, Quarter], ProgressData], quarter: Quarter
) -> list[dict[str, str]]:
    return [button(texts.short(unit.name), to(unit.id, quarter)) for unit in units]


def of_line(status: LineStatus, data: ProgressData) -> dict[str, str]:
    return button(str(status.line.number), data)


def quarters(here: Quarter, to: Callable[[Quarter], ProgressData]) -> list[dict[str, str]]:
    """Return a button for each quarter of the year; the current one is marked and changes nothing."""
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
