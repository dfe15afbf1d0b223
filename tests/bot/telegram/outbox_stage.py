"""Rows of the outbox for tests of their delivery, and what became of them."""

from typing import Any

from sqlmodel import col, select

from models.storage import database, outbox
from models.storage.outbox import OutgoingCall
from models.tables.chat.outbox import Outbox
from tests.patience import until
from tests.stage import MORNING, Stage

GROUP = -1001


def text(chat: int, words: str, *, broadcast: bool = False, **more: Any) -> OutgoingCall:
    payload = {"chat_id": chat, "text": words, "parse_mode": "HTML", **more}
    return OutgoingCall(chat, "sendMessage", payload, MORNING, broadcast)


def document(chat: int, **more: Any) -> OutgoingCall:
    file = {"base64": "aG9sYQ==", "name": "acta.pdf"}
    return OutgoingCall(chat, "sendDocument", {"chat_id": chat, "document": file, **more}, MORNING)


def edit(chat: int, message: int, words: str, **more: Any) -> OutgoingCall:
    payload = {"chat_id": chat, "message_id": message, "text": words, **more}
    return OutgoingCall(chat, "editMessageText", payload, MORNING)


def keyboard(count: int, data: str = "x") -> dict[str, Any]:
    """A keyboard of so many buttons, one in a row."""
    rows = [[{"text": f"n.º {number}", "callback_data": f"{data}:{number}"}] for number in range(count)]
    return {"inline_keyboard": rows}


def say(stage: Stage, *calls: OutgoingCall) -> None:
    """What a turn does: the rows are committed, then handed over together."""
    store(stage, *calls)
    stage.delivery.enqueue(calls)


def store(stage: Stage, *calls: OutgoingCall) -> None:
    """The rows alone, as a crash after the commit leaves them."""
    with database.transaction(stage.app.engine) as session:
        for each in calls:
            outbox.enqueue(session, each)


def shown(stage: Stage, chat: int) -> list[str]:
    """The texts of the bot's messages in a chat, oldest first."""
    messages = stage.world.chats[chat].messages.values()
    return [each["text"] for each in messages if each["from"]["id"] == stage.world.bot["id"]]


def people(stage: Stage, count: int, first: int = 1001) -> list[int]:
    """Telegram accounts to whom the bot may write."""
    ids = list(range(first, first + count))
    for each in ids:
        stage.world.add_person(each, f"Persona {each}").standing = "member"
    return ids


def rows(stage: Stage) -> list[Outbox]:
    """Every row, what is known of it written."""
    stage.delivery.mark()
    with database.transaction(stage.app.engine) as session:
        return list(session.exec(select(Outbox).order_by(col(Outbox.id))).all())


async def settled_rows(stage: Stage) -> list[Outbox]:
    """Every row, once nothing waits to be sent or written."""
    await until(lambda: stage.delivery.idle)
    return rows(stage)
