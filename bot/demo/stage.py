"""The demo's world: its people on their phones, and how far the first quarter was played."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine
from sqlmodel import select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.demo.first_quarter import ZONE, Player, first_quarter
from bot.demo.replay import Say, replay, silent
from handlers.texts.people import pins as texts
from local_telegram.handset import Exchange, Handset, UnexpectedReply
from local_telegram.server import LocalTelegram
from local_telegram.world.world import World
from models.people import pin
from models.people.invitation import invite
from models.storage.database import transaction
from models.tables.people import Role
from models.tables.programme import Unit

log = logging.getLogger(__name__)

QUARTER_TOLD = datetime(2024, 4, 2, 9, tzinfo=ZONE)
SHOWN = {
    "ana": "Enlace · Dirección Jurídica",
    "roberto": "Titular · Dirección Jurídica",
    "elena": "Planeación",
}
PINS = {"roberto": "274916", "elena": "580342"}  # told on the page: who tries the demo may sign


BUTTON = {"label": "Reproducir el primer trimestre", "path": "/demo/quarter"}
PLAYING = "Se reproduce lo que falta del primer trimestre, hasta el 2 de abril…"
PLAYED = "El primer trimestre ya está completo."
STOPPED = (
    "La reproducción se detuvo: uno de los teléfonos no podía seguir, por ejemplo con demasiadas capturas "
    "abiertas. Para verla entera, reinicie la demostración."
)


class DemoStage:
    """Serves the phones and the page, whose button plays what is left of the quarter.

    `pause` in seconds is what it then waits after each activity and each day.
    """

    def __init__(self, beginning: datetime, pause: float = 0.4) -> None:
        self.world = World(beginning)
        self.pause = pause
        self.played_until = beginning
        self.url = ""
        self.stopped = False
        self._playing: asyncio.Task[None] | None = None
        for player in first_quarter().cast:
            self.world.add_person(player.user_id, *player.name.split(" ", 1))

    def listen(self, port: int) -> LocalTelegram:
        """The server, not yet serving. Raises OSError when the port is taken."""
        routes = [Route(BUTTON["path"], self.play_quarter, methods=["POST"])]
        players = [first_quarter().player(key) for key in SHOWN]
        phones = [
            {"user_id": each.user_id, "label": SHOWN[each.key], "note": _note(each.key)} for each in players
        ]
        server = LocalTelegram(self.world, port, extra_routes=routes, phones=phones, buttons=[BUTTON])
        self.url = server.url
        return server

    async def play(self, until: datetime, pause: float = 0.0, say: Say = silent) -> None:
        """Play what was not played yet. Raises `UnexpectedReply` where the bot answers something else."""
        since, self.played_until = self.played_until, max(until, self.played_until)
        await replay(self.url, since, self.played_until, pause=pause, say=say)

    async def play_quarter(self, request: Request) -> Response:
        """The page's button: the rest of the quarter, day by day, and once however often it is pressed."""
        if self.played_until < QUARTER_TOLD:
            self._playing = asyncio.create_task(self._play_rest())
            await asyncio.sleep(0)
        playing = self._playing is not None and not self._playing.done()
        ended = STOPPED if self.stopped else PLAYED
        return JSONResponse({"message": PLAYING if playing else ended})

    async def stop(self) -> None:
        """Leaves off where the play is."""
        if self._playing is not None:
            self._playing.cancel()
            await asyncio.gather(self._playing, return_exceptions=True)

    async def _play_rest(self) -> None:
        """At the end those who wait for the figures ask for them."""
        try:
            await self.play(QUARTER_TOLD, self.pause)
        except UnexpectedReply as stuck:
            self.stopped = True
            log.error("The quarter stopped: %s", stuck)
        async with Exchange(self.url) as exchange:
            for key in ("roberto", "elena"):
                await Handset(exchange, first_quarter().player(key).user_id).send("/avance T1")


async def link(engine: Engine, server_url: str, players: Sequence[Player], now: datetime) -> None:
    """Each of them joins with an invitation of their own: /start CODE on their phone, and the PIN twice.

    Planning comes last, and so hears of nobody's joining.
    """
    async with Exchange(server_url) as exchange:
        for player in sorted(players, key=lambda each: each.role == Role.PLANNING):
            phone = Handset(exchange, player.user_id)
            await phone.send(f"/start {_invitation(engine, player, now)}")
            await phone.read(lambda text: "Su acceso:" in text)
            if player.key in PINS and pin_needed(engine):
                await phone.read(lambda text: text == texts.NEW_AT_JOINING)
                for asked in (texts.AGAIN, texts.SET):
                    await phone.send(PINS[player.key])
                    await phone.read(lambda text, asked=asked: text == asked)  # type: ignore[misc]


def pin_needed(engine: Engine) -> bool:
    """Whether the programme of `PROGRAMME` has the second factor on."""
    with transaction(engine) as session:
        return pin.needed(session)


def _note(key: str) -> str:
    """Beside the phone on the page."""
    return f"PIN {PINS[key]}" if key in PINS else ""


def _invitation(engine: Engine, player: Player, now: datetime) -> str:
    with transaction(engine) as session:
        unit_id = session.exec(select(Unit.id).where(Unit.key == player.unit)).one() if player.unit else None
        _, code = invite(session, Role(player.role), unit_id, player.name, None, "demo", now)
    return code
