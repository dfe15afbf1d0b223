"""(b) A common design: a SQLModel session for each update, a row, a commit, then the reply.

The database is as durable as ours (WAL, `synchronous=FULL`); everything else has default settings.
"""

import sys
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event
from sqlmodel import Field, Session, SQLModel, create_engine
from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from tests.bench.cores import take_core


class Entry(SQLModel, table=True):
    __tablename__ = "bench_entry"

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int
    text: str
    said_at: datetime


class Diary:
    """The two handlers and their engine."""

    def __init__(self, database: str) -> None:
        self.engine = create_engine(f"sqlite:///{database}")
        event.listen(self.engine, "connect", set_pragmas)
        SQLModel.metadata.create_all(self.engine, tables=[Entry.__table__])  # type: ignore[attr-defined]

    async def message(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        assert update.message
        assert update.message.text
        with Session(self.engine) as session:
            now = datetime.now(UTC)
            session.add(Entry(chat_id=update.message.chat.id, text=update.message.text, said_at=now))
            session.commit()
        await update.message.reply_text("Registrado.")

    async def press(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        query = update.callback_query
        assert query
        with Session(self.engine) as session:
            session.add(Entry(chat_id=query.from_user.id, text=query.data or "", said_at=datetime.now(UTC)))
            session.commit()
        await query.answer()
        await query.edit_message_text("Registrado.")


def set_pragmas(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def main(url: str, database: str) -> None:
    diary = Diary(database)
    application = Application.builder().token("1:bench").base_url(f"{url}/bot").build()
    application.add_handler(MessageHandler(filters.TEXT, diary.message))
    application.add_handler(CallbackQueryHandler(diary.press))
    application.run_polling()


if __name__ == "__main__":
    take_core(int(sys.argv[2]))
    main(sys.argv[1], sys.argv[3])
