"""Bots that are killed: each a process of its own, ended by SIGKILL.

Most are forked from a process that has imported everything (`forkserver`), since imports are nine tenths of a
start; some are plain `python -m bot run`. The counting of commits and files is here, so that the bot needs no
hook.
"""

import asyncio
import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, ParamSpec, Self, TypeVar

from sqlalchemy import Engine, event

from bot.app import App
from bot.settings import Settings
from bot.storage.single_instance import LockLost
from bot.storage.store import Store
from bot.telegram.outgoing.queues import Caps
from tests.support.waiting import PATIENCE

_FORKSERVER = multiprocessing.get_context("forkserver")
_FORKSERVER.set_forkserver_preload(["tests.support.processes.killable_bot"])


ROOT = Path(__file__).parents[3]

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class AtCommit:
    """Kill just before or just after the `number`-th commit of the process.

    With a `table`, only commits that write to it are counted.
    """

    number: int
    moment: Literal["before", "after"]
    table: str | None = None


@dataclass(frozen=True)
class AtFile:
    """Kill when the `number`-th stored file is about to be renamed into the store, or just was.

    No row names the file yet then. A picture is two files: itself and its copy for reports.
    """

    number: int
    moment: Literal["before", "after"]


KillMoment = AtCommit | AtFile


class KillableBot:
    """A running bot that may be killed; as a context manager it does not outlive its test.

    `root` is the folder with the program that `start_plainly` runs, this one unless another is given.
    `start` returns at once, before the bot has done anything.
    """

    def __init__(self, settings: dict[str, Any], folder: Path, root: Path = ROOT) -> None:
        self._settings, self._folder, self._root = settings, folder, root
        self._process: BaseProcess | subprocess.Popen[bytes] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.die()

    def start(self, death: KillMoment | None = None) -> None:
        process = _FORKSERVER.Process(
            target=live, args=(self._settings, death, self._folder / "bot.log"), daemon=True
        )
        process.start()
        self._process = process

    def start_plainly(self) -> None:
        """Start it as `python -m bot run`; its log continues in the same file."""
        names = {name.upper(): str(value) for name, value in self._settings.items() if value}
        with (self._folder / "bot.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                env={**os.environ, **names},
                stdout=log,
                stderr=log,
                cwd=self._root,
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

    @property
    def exit_code(self) -> int | None:
        """Of a process that has ended; the negative signal where one ended it."""
        if isinstance(self._process, subprocess.Popen):
            return self._process.poll()
        return self._process.exitcode if self._process is not None else None

    async def die(self) -> None:
        """Kill the process unless it has ended; return when it has."""
        if self._process is not None:
            self._process.kill()
        while self.alive:
            await asyncio.sleep(0.002)

    async def dies_itself(self, within: float = PATIENCE) -> bool:
        """Return whether it was killed as planned within so many seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                while self.alive:
                    await asyncio.sleep(0.005)
        return not self.alive


def live(settings: dict[str, Any], death: KillMoment | None, log: Path) -> None:
    """Run the bot in the forked process like `python -m bot run`, without rate limits."""
    from bot import log as logging

    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    chosen = Settings(_env_file=None, **settings)
    logging.set_up(chosen.log_level, chosen.log_format, chosen.telegram_token.get_secret_value())
    try:
        asyncio.run(_live(App(chosen, Caps.lifted()), death))
    except LockLost as error:
        sys.exit(f"error: {error}")


async def _live(app: App, death: KillMoment | None) -> None:
    if isinstance(death, AtCommit):
        _kill_at_commit(app.engine, death)
    elif isinstance(death, AtFile):
        _kill_at_file(app.store, death)
    async with app.running():
        await app.polling


def _kill_at_commit(engine: Engine, death: AtCommit) -> None:
    wrote = False

    @event.listens_for(engine, "before_cursor_execute")
    def _notice(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        nonlocal wrote
        wrote = wrote or statement.startswith((f"INSERT INTO {death.table} ", f"UPDATE {death.table} "))

    def counts() -> bool:
        nonlocal wrote
        counted, wrote = death.table is None or wrote, False
        return counted

    countdown = _Countdown(death)
    engine.dialect.do_commit = countdown.awaits(engine.dialect.do_commit, counts)  # type: ignore[method-assign]


def _kill_at_file(store: Store, death: AtFile) -> None:
    countdown = _Countdown(death)
    store.keep = countdown.awaits(store.keep)  # type: ignore[method-assign]
    store.keep_file = countdown.awaits(store.keep_file)  # type: ignore[method-assign]


class _Countdown:
    """Kills the process at the `number`-th of the wrapped calls."""

    def __init__(self, death: KillMoment) -> None:
        self._left, self._moment = death.number, death.moment

    def awaits(self, call: Callable[P, T], counts: Callable[[], bool] = lambda: True) -> Callable[P, T]:
        """Return the call, wrapped to kill the process at the last one that counts."""

        def call_or_die(*given: P.args, **named: P.kwargs) -> T:
            self._left -= counts()
            if self._left == 0 and self._moment == "before":
                os.kill(os.getpid(), signal.SIGKILL)
            result = call(*given, **named)
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return call_or_die
