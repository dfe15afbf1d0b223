"""The present ids of chats that have moved."""

from models.storage.outbox import OutgoingCall


class MovedChats:
    """New ids by old ones; a chat may have moved several times."""

    def __init__(self, moves: dict[int, int] | None = None) -> None:
        self._moves = moves or {}

    def note(self, chat_id: int, to: int) -> None:
        self._moves[chat_id] = to

    def newest(self, chat_id: int) -> int:
        for _ in range(len(self._moves)):
            chat_id = self._moves.get(chat_id, chat_id)
        return chat_id

    def ids(self, chat_id: int) -> list[int]:
        """Return the chat's id and those that it had before."""
        return [chat_id, *(each for each in self._moves if self.newest(each) == chat_id)]

    def followed(self, call: OutgoingCall) -> OutgoingCall:
        """Return the row addressed to the present id of its chat."""
        chat_id = self.newest(call.chat_id)
        return call if chat_id == call.chat_id else call.moved_to(chat_id)
