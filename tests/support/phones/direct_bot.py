"""The bot without sockets, senders or a schedule, for walks of thousands of taps.

What a phone does is handled at once, and what the bot sends goes straight into the local Telegram, which
refuses what Telegram refuses.
"""

import base64
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, select

from handlers import turn
from handlers.reminders import tick
from handlers.routes import CONVERSATIONS
from local_telegram.bot_api.methods import METHODS
from local_telegram.bot_api.parameters import read_parameters, signature_of
from local_telegram.phones import deeds
from local_telegram.phones.view import view
from local_telegram.refusal import ApiError
from local_telegram.world.files import Upload
from local_telegram.world.world import World
from models.people import invitation
from models.storage import database
from models.storage.outbox import Answer, OutgoingCall
from models.storage.unit_of_work import work_of
from models.tables.programme import Unit
from tests.support.phones.screen import Message, read
from tests.support.phones.stage import Part

FILES = ("document", "photo", "voice", "video")


class Direct:
    """`refusals` are the calls that the local Telegram refused.

    `said` is all that came to each chat, in order.

    `answers` are the texts over each tap.
    """

    def __init__(self, engine: Engine, now: datetime) -> None:
        self.engine = engine
        self.world = World(now)
        self.refusals: list[tuple[str, str]] = []
        self.said: dict[int, list[Message]] = {}
        self.answers: dict[str, str] = {}
        self._cards: dict[int, int] = {}

    def enter(self, part: Part) -> None:
        """Join by invitation."""
        self.world.add_person(part.telegram_id, part.name)
        self.write(part.telegram_id, f"/start {self.invite(part)}")

    def invite(self, part: Part) -> str:
        with database.transaction(self.engine) as session:
            unit = session.exec(select(Unit.id).where(Unit.key == part.unit)).first() if part.unit else None
            now = self.world.now()
            _, code = invitation.invite(session, part.role, unit, part.name, None, "command line", now)
        return code

    def write(self, user_id: int, text: str) -> list[Message]:
        """Send the text; return what comes to the person's chat after it."""
        seen = len(self.said.get(user_id, []))
        deeds.write(self.world, user_id, text)
        self.handle()
        return self.said.get(user_id, [])[seen:]

    def tap(self, user_id: int, taps: Sequence[tuple[str, int]], chat: int | None = None) -> list[str]:
        """Press buttons, each with its data on the message of that number, even if not there.

        Return the taps' ids.
        """
        found = [deeds.tap(self.world, user_id, place, data, chat, forged=True) for data, place in taps]
        self.handle()
        return found

    def handle(self) -> None:
        """Handle every waiting update, in one transaction."""
        now = self.world.now()
        while updates := self.world.updates.take(100, now, 0):
            with database.transaction(self.engine) as session:
                turn.take(session, updates, now)
            self.world.updates.confirm(updates[-1]["update_id"] + 1)
            self._deliver(session)

    def tick(self) -> None:
        """Send what is due now."""
        more = True
        while more:
            with database.transaction(self.engine) as session:
                more = tick.tick(session, self.world.now(), CONVERSATIONS)
            self._deliver(session)

    def _deliver(self, session: Session) -> None:
        sayings: list[OutgoingCall] = work_of(session).outbox
        answers: list[Answer] = work_of(session).answers
        for each in answers:
            given = {"callback_query_id": each.callback_id, "text": each.text, "show_alert": each.alert}
            if self._call("answerCallbackQuery", given) is not None:
                self.answers[each.callback_id] = each.text or ""
        for saying in sayings:
            self._say(saying)

    def _say(self, saying: OutgoingCall) -> None:
        payload = dict(saying.payload)
        if saying.method == "editMessageText" and saying.edits is None:
            payload["message_id"] = self._cards.get(saying.draft_id or 0)
        for name in FILES:
            if isinstance(payload.get(name), dict):
                payload[name] = _upload(payload[name])
        message = self._call(saying.method, payload)
        if not isinstance(message, dict):
            return
        if saying.draft_id is not None:
            self._cards[saying.draft_id] = message["message_id"]
        chat_id = message["chat"]["id"]
        self.said.setdefault(chat_id, []).append(read(view(self.world, message)))

    def _call(self, method: str, given: dict[str, Any]) -> Any:
        given = {name: value for name, value in given.items() if value is not None}
        try:
            return METHODS[method](self.world, read_parameters(signature_of(method), given))
        except ApiError as refused:
            if "message is not modified" not in refused.description:
                self.refusals.append((method, f"{refused.description}: {str(given)[:300]}"))
            return None


def _upload(file: dict[str, str]) -> Upload:
    return Upload(file["name"], base64.b64decode(file.get("base64", "")) or b"-")
