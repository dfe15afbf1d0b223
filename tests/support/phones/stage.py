"""The whole of Avance: local Telegram, the real bot, and people with phones."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from pydantic import SecretStr
from sqlmodel import select

from bot.app import App
from bot.settings import BUNDLED_PROGRAMME, Settings
from bot.telegram.outgoing.delivery import Delivery
from bot.telegram.outgoing.queues import Caps
from local_telegram.server import LocalTelegram
from local_telegram.world.world import World
from models.people import invitation
from models.storage import database
from models.tables.people import Role
from models.tables.programme import Unit
from tests.support.database import database_templates
from tests.support.phones.phone import Phone
from tests.support.waiting import until

MORNING = datetime(2024, 3, 20, 15, 0, tzinfo=UTC)  # nine o'clock in Chiapas


@dataclass(frozen=True)
class Part:
    """A person: Telegram id, name, role and unit."""

    telegram_id: int
    name: str
    role: Role
    unit: str | None = None


ANA = Part(101, "Ana Juárez", Role.STAFF, "juridica")
DIEGO = Part(102, "Diego Director", Role.DIRECTOR, "juridica")
PALOMA = Part(103, "Paloma Planeación", Role.PLANNING)
OLGA = Part(104, "Olga Observadora", Role.OBSERVER)
TERE = Part(105, "Tere Transparencia", Role.STAFF, "transparencia")
SAUL = Part(106, "Saúl Sistemas", Role.STAFF, "sistemas")


def without_pins() -> str:
    """The bundled programme with the second factor switched off."""
    text = BUNDLED_PROGRAMME.read_text(encoding="utf-8")
    return text.replace("institution:\n", "institution:\n  second_factor: false\n", 1)


class Stage:
    """Use as `async with Stage(folder) as stage: ana = await stage.enter(ANA)`."""

    def __init__(
        self,
        folder: Path,
        database_url: str = "",
        now: datetime = MORNING,
        second_factor: bool = False,
        chosen: dict[str, Any] | None = None,
        **world: Any,
    ) -> None:
        self.world, self._began = World(now, **world), now
        self.second_factor = second_factor  # off, so that only the tests about PINs type them
        self.folder = folder
        self.chosen = chosen or {}  # settings that differ
        self.database_url = database_url
        self._exits = AsyncExitStack()
        self._running: AsyncExitStack | None = None

    async def __aenter__(self) -> Self:
        self.server = await self._exits.enter_async_context(LocalTelegram(self.world))
        self._put_database()
        try:
            await self.start_bot()
        except BaseException:
            await self._exits.aclose()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop_bot()
        await self._exits.aclose()

    def settings(self) -> Settings:
        return Settings(
            _env_file=None,
            telegram_token=SecretStr(self.world.token),
            telegram_api_url=self.server.url,
            data_dir=self.folder,
            database_url=self.database_url,
            programme=BUNDLED_PROGRAMME if self.second_factor else self._without_pins(),
            **self.chosen,
        )

    def _put_database(self) -> None:
        """A copy of what the first start would make takes a tenth of the time."""
        file = self.folder / "avance.db"
        if not self.database_url and not file.exists():
            database_templates.copy_programme(file, self.settings().programme, self._began)

    def _without_pins(self) -> Path:
        """The bundled programme with the second factor switched off."""
        path = self.folder / "programme.yaml"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(without_pins(), encoding="utf-8")
        return path

    async def start_bot(self, caps: Caps | None = None) -> None:
        """Start the bot; it handles whatever waited for it."""
        self.app = App(self.settings(), caps or Caps.lifted())
        self._running = AsyncExitStack()
        self.delivery: Delivery = await self._running.enter_async_context(self.app.running())

    async def stop_bot(self) -> None:
        if self._running is not None:
            await self._running.aclose()
            self._running = None

    async def phone(self, part: Part) -> Phone:
        """Return the phone of somebody who is not invited yet."""
        return await self._exits.enter_async_context(Phone(self.server, part.telegram_id, part.name))

    def invite(self, part: Part) -> str:
        """Return an invitation's code, as the command line prints it."""
        with database.transaction(self.app.engine) as session:
            unit = session.exec(select(Unit).where(Unit.key == part.unit)).first() if part.unit else None
            _, code = invitation.invite(
                session,
                role=part.role,
                unit_id=unit.id if unit else None,
                name=part.name,
                invited_by=None,
                actor="command line",
                now=self.app.clock.now(),
            )
        return code

    async def enter(self, part: Part) -> Phone:
        """Join by invitation; return the phone."""
        phone = await self.phone(part)
        await phone.send(f"/start {self.invite(part)}")
        await phone.wait_for(lambda message: True)
        return phone

    async def settled(self) -> None:
        """Wait until everything sent was handled and answered, and what was to be made is made."""
        await asyncio.sleep(0.02)
        await until(self._is_idle, "the bot at rest")

    def _is_idle(self) -> bool:
        made = self.app.reports.idle and self.app.pictures.idle
        return self.app.queues.idle and self.delivery.idle and made and not len(self.world.updates)

    async def polls(self, times: int = 2) -> None:
        """Wait until the bot has begun so many more calls of getUpdates.

        After two, what was sent before has been brought, handled or refused, and confirmed if at all.
        """
        goal = self.world.begun["getUpdates"] + times
        await until(lambda: self.world.begun["getUpdates"] >= goal, f"{times} more polls")

    async def wire_is_read(self) -> None:
        """Wait until the local Telegram has read what others had written to its port before."""
        for _ in range(2):  # the first may have been accepted in the same round of the loop as theirs
            address = urlsplit(self.server.url)
            reader, writer = await asyncio.open_connection(address.hostname, address.port)
            writer.write(b"GET /nothing HTTP/1.0\r\n\r\n")
            await reader.read()
            writer.close()
            await writer.wait_closed()

    async def move_to(self, moment: datetime) -> None:
        """Move the clock, and wait until the bot's clock has followed."""
        self.world.move_to(moment)
        await self.clock_follows()

    async def clock_follows(self) -> None:
        """Wait until the bot has taken over the local Telegram's time."""
        await until(self._is_in_time, "the bot's clock at the time of the local Telegram")

    def _is_in_time(self) -> bool:
        return abs(self.app.clock.now() - self.world.now()) < timedelta(seconds=1)
