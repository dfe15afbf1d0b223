"""getUpdates → turn → commit → the next offset. An update is handled before it is acknowledged."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.api import LONG_POLL, Api, pause_of
from bot.clock import Clock
from bot.delivery import Delivery
from bot.sole import Displaced
from handlers import absence, cards, drafts, reading, turn
from models.database import transaction
from models.inbox import Heartbeat

log = logging.getLogger(__name__)

BACK_OFF = (0.2, 1, 2, 5, 10)  # seconds before Telegram or the database is tried again
HEARTBEAT_EVERY = timedelta(seconds=30)


class Intake:
    """Polls for updates, and takes each batch in one transaction.

    `bells` wake whoever works on what a transaction left to do, by its name in `session.info`.
    """

    def __init__(
        self,
        api: Api,
        engine: Engine,
        clock: Clock,
        delivery: Delivery,
        username: str,
        stay_alone: Callable[[], None],
        bells: Mapping[str, asyncio.Event],
        data_dir: Path,
    ) -> None:
        self._api, self._engine, self._clock, self._delivery = api, engine, clock, delivery
        self._stay_alone, self._bells = stay_alone, bells
        self._about = {"bot_username": username, "data_dir": data_dir}  # what handlers may want to know
        self._cards_timer: asyncio.TimerHandle | None = None
        self._heard_at: datetime | None = None  # as last stored; None: Telegram did not answer since

    async def run(self) -> None:
        """Poll for ever. Raises only `InvalidToken` and `Displaced`, after which nothing can be done here.

        An offset is only sent to confirm what was just handled. Without one Telegram brings what is not
        confirmed, and what was handled before a crash is known by its inbox row. A stored offset would be a
        trap: after a quiet week Telegram starts its numbers anew, lower ones too, and would never send them.
        """
        offset, failures = 0, 0
        self.show_cards()
        while True:
            try:
                # To confirm takes no waiting, nor does the first poll after a silence: who has an open card
                # shall have it at once.
                batch = await self._api.updates(offset, wait=0 if offset or not self._heard_at else LONG_POLL)
                self._stay_alone()
                self._notice_gap()
                if batch:
                    self.take(batch)
                offset = max((raw["update_id"] + 1 for raw in batch), default=0)
                failures = 0
            except (InvalidToken, Displaced):
                raise
            except RetryAfter as error:
                await asyncio.sleep(pause_of(error))
            except Exception as error:
                self._heard_at = None
                pause = BACK_OFF[min(failures, len(BACK_OFF) - 1)]
                failures += 1
                log.warning("%s; again in %s s", _reason(error), pause, exc_info=_unforeseen(error))
                await asyncio.sleep(pause)

    def stop(self) -> None:
        """What is due is found again at the next start."""
        if self._cards_timer is not None:
            self._cards_timer.cancel()

    def take(self, batch: list[dict[str, Any]]) -> None:
        """One transaction for the batch and for what was sent before; what it said is handed over after."""
        readings = reading.prepare(self._engine, batch, self._clock.now())
        with transaction(self._engine) as session:
            session.info.update(self._about, readings=readings)
            self._delivery.write(session)
            turn.take(session, batch, self._clock.now())
        self._delivery.written()
        self.hand_over(session)

    def retry(self) -> bool:
        """Try one failed update again; whether there was one."""
        with transaction(self._engine) as session:
            session.info.update(self._about)
            found = turn.retry(session, self._clock.now())
        self.hand_over(session)
        return found

    def show_cards(self) -> None:
        """Show anew the cards that files joined, as soon as no more come."""
        self._cards_timer = None
        with transaction(self._engine) as session:
            next_at = cards.show_due(session, self._clock.now())
        self.hand_over(session)
        if next_at is not None:
            self._show_cards_in(max((next_at - self._clock.now()).total_seconds(), 0.05))

    def _show_cards_in(self, seconds: float) -> None:
        if self._cards_timer is None:
            self._cards_timer = asyncio.get_running_loop().call_later(seconds, self.show_cards)

    def hand_over(self, session: Session) -> None:
        """What people read first, then the answers that only end a button's waiting."""
        self._delivery.hand_over(session.info.get("outbox", []))
        if session.info.get("cards_due"):
            self._show_cards_in(drafts.QUIET.total_seconds())
        for name, bell in self._bells.items():
            if session.info.get(name):
                bell.set()
        for each in session.info.get("answers", []):
            self._delivery.answer(each.callback_id, each.text, each.alert)

    def _notice_gap(self) -> None:
        """At the first answer after a silence: tell people what the silence may have cost them.

        With every heartbeat the cards end that nobody touched for a fortnight.
        """
        now = self._clock.now()
        if self._heard_at is not None and abs(now - self._heard_at) < HEARTBEAT_EVERY:
            return
        with transaction(self._engine) as session:
            beat = session.get(Heartbeat, 1)
            if beat is None:
                session.add(Heartbeat(id=1, heard_at=now))
            else:
                if self._heard_at is None:
                    absence.catch_up(session, beat.heard_at, now)
                beat.heard_at = now
            cards.expire(session, now)
        self._heard_at = now
        self.hand_over(session)


def _reason(error: Exception) -> str:
    if isinstance(error, Conflict):
        return "Another program polls with this token; stop it, since only one may"
    if isinstance(error, TelegramError):
        return f"Telegram does not answer ({error.message})"
    return f"Nothing was acknowledged ({type(error).__name__})"


def _unforeseen(error: Exception) -> bool:
    return not isinstance(error, TelegramError)
