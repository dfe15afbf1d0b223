"""The local server: the Bot API, the phones and the page in one Starlette application, and a runner for it."""

import socket
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.demo.bot_api import BotApi
from bot.demo.phones import Phones
from bot.demo.updates import Json
from bot.demo.world import World

PAGE = Path(__file__).parent / "page"


def create_app(
    world: World, *, extra_routes: Sequence[BaseRoute] = (), phones: Sequence[Json] = ()
) -> Starlette:
    """`phones` are those that the page shows: `{"user_id": …, "label": …}` each.

    `extra_routes` come first, so that the demo can add buttons of its own.
    """
    return Starlette(
        routes=[
            *extra_routes,
            Route("/bot{token}/{method}", BotApi(world)),
            *Phones(world, list(phones)).routes(),
            Route("/", page),
            Mount("/page", StaticFiles(directory=PAGE)),
        ]
    )


async def page(request: Request) -> Response:
    return FileResponse(PAGE / "index.html")


class Protocol(H11Protocol):
    """Puts the connection into the requests' state, so that a planned fault can close it."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


def configuration(app: Starlette) -> uvicorn.Config:
    """Nothing waits for long polls at the end, and nothing is logged: the address contains the token."""
    return uvicorn.Config(
        app, http=Protocol, ws="none", lifespan="off", log_config=None, access_log=False, loop="asyncio"
    )


class LocalTelegram:
    """The server in a thread of its own, on 127.0.0.1. A context manager, for tests of any kind.

    Port 0 takes a free one. Raises OSError when the port is taken.
    """

    def __init__(self, world: World, port: int = 0, **options: Any) -> None:
        self.world = world
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self.port = int(self._socket.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self._server = uvicorn.Server(configuration(create_app(world, **options)))
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, name="local-telegram", daemon=True
        )

    def start(self) -> Self:
        """Returns when connections are accepted."""
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RuntimeError("The local Telegram did not start.")
            time.sleep(0.005)
        return self

    def stop(self) -> None:
        """Pending polls are cut off."""
        self._server.should_exit = self._server.force_exit = True
        self._thread.join(timeout=10)
        self._socket.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
