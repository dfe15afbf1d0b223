"""Updates as Telegram writes them, handled one batch per transaction, without a network.

For tests that count what a message costs, or that try many ways: the bot's own intake and tables, and what it
would send.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlmodel import Session, select

from handlers import turn
from handlers.chat.running_bot import RunningBot
from models.programme_changes.importing import ensure_loaded
from models.programme_file.file import BUNDLED
from models.storage import database
from models.storage.outbox import Answer, OutgoingCall
from models.storage.unit_of_work import work_of
from models.tables.people import Membership, Person, Role
from models.tables.programme import Unit

START = datetime(2024, 3, 20, 15, 0, tzinfo=UTC)
LONG_AGO = datetime(2024, 1, 2, 14, tzinfo=UTC)
Raw = dict[str, Any]


class Desk:
    """`now` is moved by hand; `said` and `answers` are those of the last batch."""

    def __init__(self, engine: Engine, now: datetime = START) -> None:
        self.engine, self.now = engine, now
        self.running = RunningBot()
        self.said: list[OutgoingCall] = []
        self.answers: list[Answer] = []
        self._updates, self._messages = count(1), count(1)
        with database.transaction(engine) as session:
            ensure_loaded(session, BUNDLED, now)

    def link(self, telegram_id: int, role: Role, unit: str | None = None) -> int:
        """Add a person with that role; return their id."""
        with database.transaction(self.engine) as session:
            person = Person(name=f"P{telegram_id}", telegram_id=telegram_id, joined_at=LONG_AGO)
            session.add(person)
            session.flush()
            placed = session.exec(select(Unit.id).where(Unit.key == unit)).first()
            session.add(Membership(person_id=person.id or 0, role=role, unit_id=placed, granted_at=LONG_AGO))
            return person.id or 0

    def take(self, *batch: Raw) -> list[str]:
        """Handle those updates as one batch; return the texts of the answers, in order."""
        with database.transaction(self.engine) as session:
            work_of(session).put(self.running)
            turn.take(session, list(batch), self.now)
        self.said = work_of(session).outbox
        self.answers = work_of(session).answers
        return [each.payload.get("text", "") for each in self.said]

    def message(self, chat: int, text: str = "", **more: Any) -> Raw:
        """Return a private message; `file` makes it a photograph with a caption, `reply` a reply."""
        body: Raw = {"message_id": next(self._messages), **self._where(chat), **more}
        if (file := body.pop("file", None)) is not None:
            body["photo"] = [{"file_id": file, "file_unique_id": file, "width": 9, "height": 9}]
            if text:
                body["caption"] = text
        else:
            body["text"] = text
        if (reply := body.pop("reply", None)) is not None:
            body["reply_to_message"] = reply
        return {"update_id": next(self._updates), "message": body}

    def edit(self, raw: Raw, text: str) -> Raw:
        """Another text, or another caption, of that message."""
        field = "caption" if "photo" in raw["message"] else "text"
        body = {**raw["message"], field: text, "edit_date": int(self.now.timestamp())}
        if not text:
            del body[field]
        return {"update_id": next(self._updates), "edited_message": body}

    def tap(self, chat: int, data: str, message_id: int = 1) -> Raw:
        shown = {"message_id": message_id, **self._where(chat)}
        query = {"id": str(next(self._updates)), "from": shown["from"], "message": shown, "data": data}
        return {"update_id": next(self._updates), "callback_query": query}

    def button(self, label: str) -> str:
        """The data of the first button in what was said whose text begins so."""
        for saying in self.said:
            for row in saying.payload.get("reply_markup", {}).get("inline_keyboard", []):
                for key in row:
                    if key["text"].startswith(label):
                        return str(key["callback_data"])
        raise AssertionError(f"no button {label!r} in {[each.payload for each in self.said]}")

    def answering(self, text: str = "", data: str = "") -> Raw:
        """A message of the bot's as a reply carries it: what it says, and its first button."""
        shown: Raw = {"message_id": 9_000, "from": {"id": 1, "is_bot": True}, "text": text}
        if data:
            shown["reply_markup"] = {"inline_keyboard": [[{"text": "✅", "callback_data": data}]]}
        return shown

    def wait(self, **span: float) -> None:
        self.now += timedelta(**span)

    def rows(self, table: Any) -> list[Any]:
        with Session(self.engine) as session:
            return list(session.exec(select(table)).all())

    def _where(self, chat: int) -> Raw:
        moment = int(self.now.timestamp())
        person = {"id": abs(chat), "is_bot": False, "first_name": f"P{chat}"}
        return {"chat": {"id": chat, "type": "private"}, "from": person, "date": moment}


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that are executed meanwhile."""
    statements: list[str] = []

    def note(_connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
