"""Callback data of the buttons of `/programa`."""

from dataclasses import dataclass

from handlers.updates.callback_data import CallbackData, Year


@dataclass(frozen=True)
class ProgrammeData(CallbackData, verb="prog"):
    """The buttons of `/programa`."""


@dataclass(frozen=True)
class WholeProgramme(ProgrammeData, prefix="w"):
    year: Year


@dataclass(frozen=True)
class UnitOfProgramme(ProgrammeData, prefix="u"):
    unit_id: int
    year: Year


@dataclass(frozen=True)
class LineOfProgramme(ProgrammeData, prefix="l"):
    """Show a line with the terms of its targets."""

    line_id: int


@dataclass(frozen=True)
class ExportProgramme(ProgrammeData, prefix="x"):
    """Send the programme as a workbook."""

    year: Year


@dataclass(frozen=True)
class AdjustTarget(CallbackData, verb="adj"):
    target_id: int
