"""The demo's people on their phones, and up to when the first quarter was played."""

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
PINS = {"roberto": "274916", "elena": "580342"}  # shown on the page, so that visitors can sign


BUTTON = {"label": "Reproducir el primer trimestre", "path": "/demo/quarter"}
PLAYING = "Se reproduce lo que falta del primer trimestre, hasta el 2 de abril…"
PLAYED = "El primer trimestre ya está completo."
STOPPED = (
    "La reproducción se detuvo: uno de los teléfonos no podía seguir, por ejemplo con demasiadas capturas "
    "abiertas. Para verla entera, reinicie la demostración."
)


class DemoStage:
    """Serves the phones and the page, whose button plays the rest of the quarter.

    `pause`, in seconds, is waited after each activity and each day then.
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
        """Return the server, not started. Raises OSError if the port is taken."""
        routes = [Route(BUTTON["path"], self.play_quarter, methods=["POST"])]
        players = [first_quarter().player(key) for key in SHOWN]
        phones = [
            {"user_id": each.user_id, "label": SHOWN[each.key], "note": _note(each.key)} for each in players
        ]
        server = LocalTelegram(self.world, port, extra_routes=routes, phones=phones, buttons=[BUTTON])
        self.url = server.url
        return server

    async def play(self, until: datetime, pause: float = 0.0, say: Say = silent) -> None:
        """Play what was not played yet. Raises `UnexpectedReply` if the bot does not answer as expected."""
        since, self.played_until = self.played_until, max(until, self.played_until)
        await replay(self.url, since, self.played_until, pause=pause, say=say)

    async def play_quarter(self, request: Request) -> Response:
        """Play the rest of the quarter, for the page's button; further presses do nothing."""
        if self.played_until < QUARTER_TOLD:
            self._playing = asyncio.create_task(self._play_rest())
            await asyncio.sleep(0)
        playing = self._playing is not None and not self._playing.done()
        ended = STOPPED if self.stopped else PLAYED
        return JSONResponse({"message": PLAYING if playing else ended})

    async def stop(self) -> None:
        """Stop playing."""
        if self._playing is not None:
            self._playing.cancel()
            await asyncio.gather(self._playing, return_exceptions=True)

    async def _play_rest(self) -> None:
        """Play the rest of the quarter; at the end people ask for the figures."""
        try:
            await self.play(QUARTER_TOLD, self.pause)
        except UnexpectedReply as stuck:
            self.stopped = True
            log.error("The quarter stopped: %s", stuck)
        async with Exchange(self.url) as exchange:
            for key in ("roberto", "elena"):
                await Handset(exchange, first_quarter().player(key).user_id).send("/avance T1")


async def link(engine: Engine, server_url: str, players: Sequence[Player], now: datetime) -> None:
    """Link each person by an invitation: /start CODE on their phone, and the PIN twice.

    Planning is last, so that it is not told of the others' joining.
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
    """Return whether the programme requires a PIN."""
    with transaction(engine) as session:
        return pin.needed(session)


def _note(key: str) -> str:
    """Return the note shown beside the phone on the page."""
    return f"PIN {PINS[key]}" if key in PINS else ""


def _invitation(engine: Engine, player: Player, now: datetime) -> str:
    with transaction(engine) as session:
        unit_id = session.exec(select(Unit.id).where(Unit.key == player.unit)).one() if player.unit else None
        _, code = invite(session, Role(player.role), unit_id, player.name, None, "demo", now)
    return code
