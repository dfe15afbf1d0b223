"""Listens at an address and serves an application there, in the event loop of the running bot."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from bot.failure import Failure

BACKLOG = 2048
KEPT_ALIVE = 75  # seconds that an idle connection is kept
MOST_REQUESTS = 500  # at a time; the others are answered with 503
END_WITHIN = 5.0  # seconds that requests have to end when the program stops


class Listener(uvicorn.Server):
    """One server; `start` returns when it accepts connections. Signals are left to the program."""

    def __init__(
        self,
        app: Starlette,
        host: str,
        port: int,
        certificate: Path | None = None,
        key: Path | None = None,
    ) -> None:
        self._socket = _bound(host, port)
        self.port = int(self._socket.getsockname()[1])
        try:
            super().__init__(_config(app, certificate if key else None, key))
            self.config.load()
        except (OSError, ssl.SSLError) as error:
            self._socket.close()
            reason = getattr(error, "strerror", None) or str(error)
            raise Failure(f"WEBHOOK_CERTIFICATE or WEBHOOK_KEY cannot be used: {reason}") from None
        self._task: asyncio.Task[None] | None = None

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def start(self) -> None:
        self._task = asyncio.create_task(self.serve([self._socket]))
        while not self.started:
            if self._task.done():
                self._task.result()
                raise RuntimeError("the server did not start")
            await asyncio.sleep(0)

    async def stop(self) -> None:
        """Accept no more connections, let requests end, and close."""
        self.should_exit = True
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)
        self._socket.close()


def _config(app: Starlette, certificate: Path | None, key: Path | None) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http="h11",
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        access_log=False,  # URLs and callers are nobody's business
        proxy_headers=False,  # `bot.server.callers` reads the one that the settings name
        server_header=False,
        limit_concurrency=MOST_REQUESTS,
        timeout_keep_alive=KEPT_ALIVE,
        timeout_graceful_shutdown=int(END_WITHIN),
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )


def _bound(host: str, port: int) -> socket.socket:
    """Return a socket bound to the address. Raises `Failure`."""
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        # The protocol is named: only then asyncio sends small answers without delay (TCP_NODELAY).
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except OSError as error:
        raise Failure(f"HOST {host} is no address of this machine: {error.strerror}") from None
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except OSError as error:
        listening.close()
        raise Failure(f"{host}:{port} cannot be used ({error.strerror}); set HOST and PORT") from None
    return listening
