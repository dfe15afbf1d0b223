"""Callback data of the buttons below a registered activity, and of those for a closed quarter."""

from dataclasses import dataclass

from handlers.updates.callback_data import CallbackData, Word
from models.quarter import Quarter


@dataclass(frozen=True)
class Undo(CallbackData, verb="undo"):
    activity_id: int


@dataclass(frozen=True)
class Correct(CallbackData, verb="fix"):
    """Correct the activity; `step` is the field to ask at once."""

    activity_id: int
    step: Word | None = None


@dataclass(frozen=True)
class AskReopening(CallbackData, verb="reask"):
    """Ask planning to reopen a closed quarter."""

    unit_id: int
    quarter: Quarter


@dataclass(frozen=True)
class ReopenData(CallbackData, verb="reopen"):
    """Begin the reopening that somebody asked for; only for planning."""

    unit_id: int
    quarter: Quarter
