"""The buttons of a quarter's end: its statements, its calendar, its signature, its report."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from handlers.updates.callback_data import CallbackData
from models.quarter import Quarter
from models.tables.report import ReportFormat


@dataclass(frozen=True)
class CaptureOn(CallbackData, verb="reg"):
    """«Registrar» on that line."""

    line_id: int


@dataclass(frozen=True)
class NoActivity(CallbackData, verb="still"):
    """«Sin movimiento»; with «no» it is taken back."""

    line_id: int
    quarter: Quarter
    taken_back: Literal["no"] | None = None


@dataclass(frozen=True)
class Observe(CallbackData, verb="obs"):
    line_id: int
    quarter: Quarter


@dataclass(frozen=True)
class ObserveUnit(CallbackData, verb="obsu"):
    """The lines of a unit, one to be chosen."""

    unit_id: int
    quarter: Quarter


@dataclass(frozen=True)
class Present(CallbackData, verb="pres"):
    unit_id: int
    quarter: Quarter


@dataclass(frozen=True)
class Sign(CallbackData, verb="sign"):
    """What would be signed; without a quarter, of the newest that is not."""

    unit_id: int
    quarter: Quarter | None


@dataclass(frozen=True)
class CalendarData(CallbackData, verb="cal"):
    """What `/calendario` shows."""


@dataclass(frozen=True)
class SameCalendar(CalendarData, prefix="="):
    """The quarter that shows already."""


@dataclass(frozen=True)
class ShowCalendar(CalendarData, prefix="v"):
    unit_id: int  # 0: the institution
    quarter: Quarter


@dataclass(frozen=True)
class ChooseDayOff(CalendarData, prefix="r"):
    """The days off that may be taken away."""

    quarter: Quarter


@dataclass(frozen=True)
class MoveClose(CallbackData, verb="calm"):
    quarter: Quarter


@dataclass(frozen=True)
class AddDaysOff(CallbackData, verb="cala"):
    pass


@dataclass(frozen=True)
class RemoveDayOff(CallbackData, verb="calr"):
    day: date


@dataclass(frozen=True)
class ReportData(CallbackData, verb="rep"):
    """What `/informe` shows; unit 0 is the institution."""


@dataclass(frozen=True)
class ShowReport(ReportData, prefix="v"):
    unit_id: int
    quarter: Quarter


@dataclass(frozen=True)
class ShowFindings(ReportData, prefix="f"):
    unit_id: int
    quarter: Quarter


@dataclass(frozen=True)
class MakeReport(ReportData, prefix="m"):
    unit_id: int
    quarter: Quarter
    format: ReportFormat
