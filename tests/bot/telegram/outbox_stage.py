"""Adds rows to the outbox and reads their outcome, for tests of delivery."""

from typing import Any

from sqlmodel import col, select

from models.storage import database, outbox
from models.storage.outbox import OutgoingCall
from models.tables.chat.outbox import Outbox
from tests.support.phones.stage import MORNING, Stage
from tests.support.waiting import until

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
    """Return a keyboard of so many buttons, one per row."""
    rows = [[{"text": f"n.º {number}", "callback_data": f"{data}:{number}"}] for number in range(count)]
    return {"inline_keyboard": rows}


def say(stage: Stage, *calls: OutgoingCall) -> None:
    """Store the rows and hand them over, as a turn does."""
    store(stage, *calls)
    stage.delivery.enqueue(calls)


def store(stage: Stage, *calls: OutgoingCall) -> None:
    """Store the rows only, as after a crash following the commit."""
    with database.transaction(stage.app.engine) as session:
        for each in calls:
            outbox.enqueue(session, each)


def shown(stage: Stage, chat: int) -> list[str]:
    """Return the texts of the bot's messages in a chat, oldest first."""
    messages = stage.world.chats[chat].messages.values()
    return [each["text"] for each in messages if each["from"]["id"] == stage.world.bot["id"]]


def people(stage: Stage, count: int, first: int = 1001) -> list[int]:
    """Add Telegram accounts to whom the bot may write; return their ids."""
    ids = list(range(first, first + count))
    for each in ids:
        stage.world.add_person(each, f"Persona {each}").standing = "member"
    return ids


def rows(stage: Stage) -> list[Outbox]:
    """Return every row, after recording the outcomes known so far."""
    stage.delivery.mark()
    with database.transaction(stage.app.engine) as session:
        return list(session.exec(select(Outbox).order_by(col(Outbox.id))).all())


async def settled_rows(stage: Stage) -> list[Outbox]:
    """Wait until nothing is to be sent or recorded, and return every row."""
    await until(lambda: stage.delivery.idle)
    return rows(stage)
