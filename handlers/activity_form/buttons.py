"""The buttons below a registered activity, and those that lead out of a closed quarter."""

from dataclasses import dataclass

from handlers.updates.callback_data import CallbackData, Word
from models.quarter import Quarter


@dataclass(frozen=True)
class Undo(CallbackData, verb="undo"):
    activity_id: int


@dataclass(frozen=True)
class Correct(CallbackData, verb="fix"):
    """With a step, that is asked at once."""

    activity_id: int
    step: Word | None = None


@dataclass(frozen=True)
class AskReopening(CallbackData, verb="reask"):
    """Planning is asked to reopen a closed quarter."""

    unit_id: int
    quarter: Quarter


@dataclass(frozen=True)
class ReopenData(CallbackData, verb="reopen"):
    """Planning agrees."""

    unit_id: int
    quarter: Quarter
