"""Bots that are killed: each a process of its own, ended by SIGKILL and by nothing else.

Most are forked from a process that has imported everything (`forkserver`), since imports are nine tenths of
a start; some are plain `python -m bot run`. What counts commits is here, so that the bot needs no hook.
"""

import asyncio
import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from sqlalchemy import Engine, PoolProxiedConnection

from bot.app import App
from bot.queues import Caps
from bot.settings import Settings

_NURSERY = multiprocessing.get_context("forkserver")
_NURSERY.set_forkserver_preload(["tests.mortal"])


@dataclass(frozen=True)
class AtCommit:
    """Death just before or just after the `number`-th commit that the process makes."""

    number: int
    moment: Literal["before", "after"]


class Mortal:
    """A running bot and its death: `async with` so that none outlives its test.

    `start` returns at once, before the bot has done anything.
    """

    def __init__(self, settings: dict[str, Any], folder: Path) -> None:
        self._settings, self._folder = settings, folder
        self._process: BaseProcess | subprocess.Popen[bytes] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.die()

    def start(self, death: AtCommit | None = None) -> None:
        process = _NURSERY.Process(
            target=live, args=(self._settings, death, self._folder / "bot.log"), daemon=True
        )
        process.start()
        self._process = process

    def start_plainly(self) -> None:
        """As whoever runs Avance does; its log goes on in the same file."""
        names = {name.upper(): str(value) for name, value in self._settings.items() if value}
        with (self._folder / "bot.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                env={**os.environ, **names},
                stdout=log,
                stderr=log,
                cwd=Path(__file__).parents[1],
            )

    @property
    def pid(self) -> int:
        """The process's number, once it was started."""
        assert self._process is not None and self._process.pid is not None
        return self._process.pid

    @property
    def alive(self) -> bool:
        if isinstance(self._process, subprocess.Popen):
            return self._process.poll() is None
        return self._process is not None and self._process.is_alive()

    async def die(self) -> None:
        """SIGKILL, unless it is dead already; returns when the process is gone."""
        if self._process is not None:
            self._process.kill()
        while self.alive:
            await asyncio.sleep(0.002)

    async def dies_itself(self, within: float) -> bool:
        """Whether it met its death in so many seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self.alive:
                    await asyncio.sleep(0.005)
        return not self.alive


def live(settings: dict[str, Any], death: AtCommit | None, log: Path) -> None:
    """The forked process: the bot as `python -m bot run` has it, without Telegram's caps."""
    from bot import log as logging

    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    chosen = Settings(_env_file=None, **settings)
    logging.set_up(chosen.log_level, chosen.log_format, chosen.telegram_token.get_secret_value())
    asyncio.run(_live(App(chosen, Caps.lifted()), death))


async def _live(app: App, death: AtCommit | None) -> None:
    if death is not None:
        _kill_at(app.engine, death)
    async with app.running():
        await asyncio.Event().wait()


def _kill_at(engine: Engine, death: AtCommit) -> None:
    commit, left = engine.dialect.do_commit, death.number

    def commit_or_die(dbapi_connection: PoolProxiedConnection) -> None:
        nonlocal left
        left -= 1
        if left == 0 and death.moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        commit(dbapi_connection)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    engine.dialect.do_commit = commit_or_die  # type: ignore[method-assign]
