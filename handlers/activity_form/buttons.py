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
class RegisterCard(CallbackData, verb="regnow"):
    """Register an open card as it was at that revision, from another message than its own."""

    draft_id: int
    revision: int


@dataclass(frozen=True)
class Revive(CallbackData, verb="revive"):
    """Bring back a draft that expired."""

    draft_id: int


@dataclass(frozen=True)
class AskReopening(CallbackData, verb="reask"):
    """Ask planning to reopen a closed quarter, for that activity or line; 0 or nothing: for neither."""

    unit_id: int
    quarter: Quarter
    activity_id: int | None = None
    line_id: int | None = None


@dataclass(frozen=True)
class ReopenData(CallbackData, verb="reopen"):
    """«Procede»: begin the reopening that somebody asked for; only for planning."""

    unit_id: int
    quarter: Quarter
    request_id: int | None = None


@dataclass(frozen=True)
class RefuseReopening(CallbackData, verb="noreopen"):
    """«No procede»; only for planning."""

    request_id: int
