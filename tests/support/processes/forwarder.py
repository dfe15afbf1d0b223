"""A forwarder between a process and a server, which a test can cut or silence."""

import asyncio
from pathlib import Path
from types import TracebackType
from typing import Self

PIECE = 64 * 1024  # bytes


class Forwarder:
    """Forwards connections to `port` on 127.0.0.1, or to a Unix socket.

    `sent` is how many bytes the process sent so far. While `silent`, bytes are taken and brought nowhere, as
    by a firewall that forgot the connection.
    """

    def __init__(self, to: int | Path) -> None:
        self._to = to
        self.sent = 0
        self.silent = False
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._forward, "127.0.0.1")
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        self.cut()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def cut(self) -> None:
        """End every connection that there is; new ones are forwarded."""
        for writer in list(self._writers):
            writer.transport.abort()

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self._writers.add(writer)
        try:
            back, onward = await self._reach()
            self._writers.add(onward)
            await asyncio.gather(self._bring(reader, onward, True), self._bring(back, writer, False))
            onward.transport.abort()
        except (OSError, asyncio.CancelledError):
            pass  # the server is not there, or the test is over
        finally:
            writer.transport.abort()
            self._tasks.discard(task)

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if isinstance(self._to, Path):
            return await asyncio.open_unix_connection(self._to)
        return await asyncio.open_connection("127.0.0.1", self._to)

    async def _bring(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, is_sent: bool) -> None:
        """Bring what one side sends to the other, until it ends or one of them breaks."""
        try:
            while piece := await reader.read(PIECE):
                if is_sent:
                    self.sent += len(piece)
                if not self.silent:
                    writer.write(piece)
                    await writer.drain()
        except OSError:
            pass
        if not self.silent:
            writer.close()
