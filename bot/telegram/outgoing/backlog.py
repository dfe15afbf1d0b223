"""Unsent rows that are not in memory: read from the outbox when a chat has sent those that are.

So what is held does not grow with what waits, at a rush or after a night without network.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import Engine

from bot.telegram.outgoing.moved_chats import MovedChats
from bot.telegram.outgoing.outcomes import Outcomes
from bot.telegram.outgoing.queues import HELD, ChatQueue
from models.storage import outbox
from models.storage.database import reading


class Backlog:
    """Reads rows of the outbox into the queues of chats."""

    def __init__(self, engine: Engine, outcomes: Outcomes) -> None:
        self._engine, self._outcomes = engine, outcomes

    def waiting(self) -> Sequence[tuple[int, bool]]:
        """Return the chats with unsent rows and whether these are broadcasts, the oldest first."""
        self._outcomes.mark()
        with reading(self._engine) as session:
            return outbox.waiting_chats(session)

    def refill(self, chat_id: int, chat: ChatQueue, moved: MovedChats, apart: Collection[int]) -> None:
        """Read the chat's next rows if it lacks any, but those whose ids are in `apart`.

        What was sent is written first, so that it is not read again.
        """
        if not (kinds := chat.lacks):
            return
        self._outcomes.mark()
        left_out = {*apart, *self._outcomes.refused_rows}
        with reading(self._engine) as session:
            for kind in kinds:
                rows = outbox.unsent(session, moved.ids(chat_id), kind, HELD, left_out)
                chat.rows(kind).extend(map(moved.followed, rows))
                if len(rows) < HELD:
                    chat.beyond.discard(kind)
