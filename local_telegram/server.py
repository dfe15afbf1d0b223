"""The local server: the Bot API, the phones and the page in one Starlette application, and its runner."""

import asyncio
import socket
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from uvicorn.protocols.http.h11_impl import H11Protocol

from local_telegram.bot_api.courier import Courier
from local_telegram.bot_api.downloads import Downloads
from local_telegram.bot_api.endpoint import BotApi
from local_telegram.guard import Guard
from local_telegram.phones.routes import Phones
from local_telegram.world.updates import Json
from local_telegram.world.world import World

PAGE = Path(__file__).parent / "page"
# Seconds that an idle connection is kept: with uvicorn's 5, one is closed while a busy machine sends on it.
KEPT_ALIVE = 600


def create_app(
    world: World,
    *,
    extra_routes: Sequence[BaseRoute] = (),
    phones: Sequence[Json] = (),
    buttons: Sequence[Json] = (),
) -> Starlette:
    """Return the application. `phones` are those on the page, each `{"user_id": …, "label": …, "note": …}`.

    `buttons`, `{"label": …, "path": …}` each, are added to the page's bar; a press is a POST to the path, one
    of the `extra_routes`, whose JSON answer may have a `message` to show.
    """
    return Starlette(
        routes=[
            *extra_routes,
            Route("/bot{token}/{method}", BotApi(world)),
            Route("/file/bot{token}/{path:path}", Downloads(world)),
            *Phones(world, list(phones), list(buttons)).routes(),
            Route("/", page),
            Mount("/page", StaticFiles(directory=PAGE)),
        ],
        middleware=[Middleware(Guard)],
    )


async def page(request: Request) -> Response:
    return FileResponse(PAGE / "index.html")


class Protocol(H11Protocol):
    """Puts the transport into the requests' state, so that a planned fault can close the connection."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.app_state = {**self.app_state, "transport": transport}


class Server(uvicorn.Server):
    """Stops at once instead of at uvicorn's next tick (every 0.1 s), since each test starts and stops one."""

    def __init__(self, app: Starlette, courier: Courier) -> None:
        # Nothing is logged, since URLs contain the token.
        super().__init__(
            uvicorn.Config(
                app,
                http=Protocol,
                ws="none",
                loop="asyncio",
                timeout_keep_alive=KEPT_ALIVE,
                lifespan="off",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                date_header=False,
            )
        )
        self._courier = courier
        self._ending = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().serve(sockets)

    async def main_loop(self) -> None:
        sending = asyncio.create_task(self._courier.run())
        await self._ending.wait()
        self._courier.end()
        await sending

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop; requests in progress may finish within a second."""
        for server in self.servers:
            server.close()
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=1)
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await asyncio.sleep(0)

    def end(self) -> None:
        """Make the server stop; may be called from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ending.set)


class LocalTelegram:
    """The server on 127.0.0.1: `with` runs it in a thread of its own, `async with` in the running loop.

    The running loop is faster if the bot is in the same process. Port 0 takes a free one. Raises OSError if
    the port is taken.
    """

    def __init__(self, world: World, port: int = 0, **options: Any) -> None:
        self.world = world
        # The protocol must be named: only then asyncio sends small answers without delay (TCP_NODELAY).
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", port))
        self.port = int(self._socket.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self._server = Server(create_app(world, **options), Courier(world))
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, name="local-telegram", daemon=True
        )

    def start(self) -> Self:
        """Start the thread; returns when connections are accepted. Raises RuntimeError if it fails."""
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise RuntimeError("The local Telegram did not start.")
            time.sleep(0.005)
        return self

    def stop(self) -> None:
        """Stop the server. Pending polls get an empty answer. The world is kept and may be served again."""
        self.world.dismiss()
        self._server.end()
        self._thread.join(timeout=10)
        self._socket.close()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._server.serve([self._socket]))
        while not self._server.started:
            if self._task.done():
                self._task.result()
                raise RuntimeError("The local Telegram did not start.")
            await asyncio.sleep(0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.world.dismiss()
        self._server.end()
        await self._task

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
