"""Outcomes of outbox rows, written in batches: with the next transaction, or soon after."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, bindparam, update
from sqlmodel import Session, col

from models.storage.database import separately, transaction
from models.storage.refusal import is_away
from models.tables.chat.outbox import Outbox

log = logging.getLogger(__name__)

AGAIN = 30.0  # seconds until an outcome that the database refused is tried again
TRIES = 20  # attempts in all


@dataclass(frozen=True)
class Outcome:
    row: int
    sent_at: datetime | None = None
    message_id: int | None = None
    dropped_at: datetime | None = None
    error: str | None = None


class Outcomes:
    """Outcomes that are not in the table yet."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: list[Outcome] = []
        self._refused: dict[Outcome, int] = {}  # outcomes that the database refused, and how often
        self._again_at = 0.0  # when these are tried again, by the monotonic clock
        self._chats: set[int] = set()  # that got a message whose outcome is not in the table yet

    def __len__(self) -> int:
        return len(self._known)

    @property
    def refused_rows(self) -> set[int]:
        """Return the rows whose outcome is known, and was refused by the database."""
        return {each.row for each in self._refused}

    def add(self, outcome: Outcome) -> None:
        self._known.append(outcome)

    def note_message(self, chat_id: int) -> None:
        """Note that the outcomes must be written before that chat gets another message."""
        self._chats.add(chat_id)

    def is_urgent(self, chat_id: int) -> bool:
        return chat_id in self._chats

    def mark(self) -> None:
        """Write them in one transaction. One that the database refuses is retried later."""
        if self._refused and time.monotonic() >= self._again_at:
            self._again_at = time.monotonic() + AGAIN
            self._mark_each(list(self._refused))
        if not self._known:
            return
        try:
            with transaction(self._engine) as session:
                self.write(session)
        except Exception as error:
            if is_away(error):
                raise
            self._again_at = time.monotonic() + AGAIN
            self._mark_each(self._known)
        self.written()

    def _mark_each(self, outcomes: Sequence[Outcome]) -> None:
        with transaction(self._engine) as session:
            for each in outcomes:
                with separately(session, f"The outcome of row {each.row} could not be written") as part:
                    session.connection().execute(_MARK, _parameters(each))
                tries = self._refused.pop(each, 0) + 1
                if not part.kept and tries < TRIES:
                    self._refused[each] = tries
                elif not part.kept:
                    log.error("The outcome of row %s is lost; a restart sends it again", each.row)

    def write(self, session: Session) -> None:
        """Write them in the given transaction; call `written` after its commit."""
        if self._known:
            session.connection().execute(_MARK, [_parameters(each) for each in self._known])

    def written(self) -> None:
        """Forget the outcomes that were written; call it right after the commit."""
        self._known.clear()
        self._chats.clear()


def _parameters(outcome: Outcome) -> dict[str, Any]:
    return {"b_" + name: value for name, value in vars(outcome).items()}


_MARK = (
    update(Outbox)
    .where(col(Outbox.id) == bindparam("b_row"))
    .values(
        sent_at=bindparam("b_sent_at"),
        message_id=bindparam("b_message_id"),
        dropped_at=bindparam("b_dropped_at"),
        error=bindparam("b_error"),
        payload="{}",
    )
)
