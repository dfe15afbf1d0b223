"""The stub and the bots as processes: start, feed, read and end."""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.request import ProxyHandler, Request, build_opener

from tests.bench.cores import two_cores
from tests.bench.traffic import Update

START = 20.0  # seconds a bot may take until it asks for updates
STALL = 10.0  # seconds without any progress after which a measurement is given up
_open = build_opener(ProxyHandler({})).open
_environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}


class Stalled(Exception):
    """The bot did not handle everything that it was fed."""


@dataclass(frozen=True)
class Measured:
    """One feed, in seconds by the stub's clock; `worked` is the bot's CPU time."""

    handled: int
    seconds: float
    worked: float
    latencies: list[float]
    calls: dict[str, int]

    @property
    def per_second(self) -> float:
        return self.handled / self.seconds

    @property
    def work_per_update(self) -> float:
        """Milliseconds of CPU: what changes least when other programs run beside."""
        return self.worked / self.handled * 1000

    @property
    def calls_per_update(self) -> float:
        return sum(number for name, number in self.calls.items() if name != "getUpdates") / self.handled


class StubProcess:
    """The stub on the second core, as a context manager."""

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.bench.stub", "--core", str(two_cores()[1])]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        self.port = int(self._process.stdout.readline())
        self.url = f"http://127.0.0.1:{self.port}"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def feed(
        self,
        updates: list[Update],
        per_second: float | None = None,
        answer_after: float = 0.0,
        awaited: str = "",
        eager: bool = False,
    ) -> None:
        given = {
            "updates": updates,
            "per_second": per_second,
            "answer_after": answer_after,
            "awaited": awaited,
            "eager": eager,
        }
        self.control("feed", json.dumps(given).encode())

    def control(self, action: str, body: bytes = b"") -> dict[str, Any]:
        with _open(Request(f"{self.url}/control/{action}", data=body, method="POST"), timeout=30) as answer:
            state: dict[str, Any] = json.load(answer)
        return state


class BotProcess:
    """A bot, ended by SIGKILL, as a context manager; its output is in `log`.

    `settings` are its environment.
    """

    def __init__(self, log: Path, *arguments: str, **settings: str) -> None:
        self.log = log
        self._command = [sys.executable, "-m", *arguments]
        self._environment = _environment | settings

    def __enter__(self) -> Self:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log, env=self._environment)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def worked(self) -> float:
        """CPU seconds so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(") ")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """Bytes resident now, shared libraries included."""
        pages = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Run:
    """A bot polling a stub."""

    stub: StubProcess
    bot: BotProcess

    def feed(
        self, updates: list[Update], per_second: float | None = None, answer_after: float = 0.0
    ) -> Measured:
        """Feed the updates (all at once, or so many a second) and wait until every one was answered."""
        worked = self.bot.worked()
        self.stub.feed(updates, per_second, answer_after)
        state = self.wait_for_answers()
        worked = self.bot.worked() - worked
        return Measured(len(updates), state["seconds"], worked, state["latencies"], state["calls"])

    def wait_for_answers(self) -> dict[str, Any]:
        """Until everything that was fed is answered; the stub's state then."""
        state, handled, since = self.stub.control("state"), -1, time.monotonic()
        while state["handled"] < state["fed"]:
            if state["handled"] != handled:
                handled, since = state["handled"], time.monotonic()
            elif time.monotonic() - since > STALL or not self.bot.alive:
                raise Stalled(f"{handled} of {state['fed']} were handled; calls: {state['calls']}")
            time.sleep(0.1)
            state = self.stub.control("state")
        return state

    def wait_for_poll(self) -> None:
        """Until the bot asks for updates."""
        deadline = time.monotonic() + START
        while not self.stub.control("state")["polls"]:
            if time.monotonic() > deadline or not self.bot.alive:
                raise Stalled(f"The bot does not ask for updates; see {self.bot.log}")
            time.sleep(0.1)
