"""Callback data of the buttons for a quarter's end: statements, calendar, signature and report."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from handlers.updates.callback_data import CallbackData
from models.quarter import Quarter
from models.tables.report import ReportFormat


@dataclass(frozen=True)
class CaptureOn(CallbackData, verb="reg"):
    """«Registrar»: begin a capture on that line."""

    line_id: int


@dataclass(frozen=True)
class NoActivity(CallbackData, verb="still"):
    """«Sin movimiento»: state that the line had no activity; with "no", take that back."""

    line_id: int
    quarter: Quarter
    taken_back: Literal["no"] | None = None


@dataclass(frozen=True)
class Observe(CallbackData, verb="obs"):
    line_id: int
    quarter: Quarter


@dataclass(frozen=True)
class ObserveUnit(CallbackData, verb="obsu"):
    """List the unit's lines, to choose one for an observation."""

    unit_id: int
    quarter: Quarter


@dataclass(frozen=True)
class Present(CallbackData, verb="pres"):
    unit_id: int
    quarter: Quarter


@dataclass(frozen=True)
class Sign(CallbackData, verb="sign"):
    """Show what would be signed; without a quarter, the newest unsigned one."""

    unit_id: int
    quarter: Quarter | None


@dataclass(frozen=True)
class CalendarData(CallbackData, verb="cal"):
    """The buttons of `/calendario`."""


@dataclass(frozen=True)
class SameCalendar(CalendarData, prefix="="):
    """The quarter that is shown already."""


@dataclass(frozen=True)
class ShowCalendar(CalendarData, prefix="v"):
    unit_id: int  # 0 means the institution
    quarter: Quarter


@dataclass(frozen=True)
class ChooseDayOff(CalendarData, prefix="r"):
    """List the days off that planning added, to remove one."""

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
    """The buttons of `/informe`; unit 0 is the institution."""


@dataclass(frozen=True)
class ShowReport(ReportData, prefix="v"):
    unit_id: int
    quarter: Quarter


@dataclass(frozen=True)
class ShowFindings(ReportData, prefix="f"):
    unit_id: int
    quarter: Quarter


@dataclass(frozen=True)
class ShowTexts(ReportData, prefix="t"):
    """What the report says of each activity."""

    unit_id: int
    quarter: Quarter


@dataclass(frozen=True)
class ShowPictures(ReportData, prefix="p"):
    """The pictures of the report: which are shown, with which captions."""

    unit_id: int
    quarter: Quarter


@dataclass(frozen=True)
class SumUp(ReportData, prefix="j"):
    """Tell a line's activities together, after the sentence proposed; with "no", apart again."""

    line_id: int
    quarter: Quarter
    apart: Literal["no"] | None = None


@dataclass(frozen=True)
class MakeReport(ReportData, prefix="m"):
    unit_id: int
    quarter: Quarter
    format: ReportFormat


@dataclass(frozen=True)
class SendReport(ReportData, prefix="s"):
    """Send that format in a message of its own; the message with the button stays as it is."""

    unit_id: int
    quarter: Quarter
    format: ReportFormat
