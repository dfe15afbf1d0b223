"""What the running bot tells systemd over its real socket."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.systemd import Systemd
from tests.support.phones.stage import Stage
from tests.support.processes.killable_bot import KillableBot
from tests.support.waiting import until


class Manager:
    """A socket as systemd has one: notes every line that arrives."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))
        self._socket.setblocking(False)
        self._heard: list[str] = []

    @property
    def heard(self) -> list[str]:
        while True:
            try:
                self._heard += self._socket.recv(4096).decode().splitlines()
            except BlockingIOError:
                return self._heard

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Manager]:
    path = tmp_path / "notify"
    running = Manager(path)
    monkeypatch.setenv("NOTIFY_SOCKET", str(path))
    monkeypatch.setenv("WATCHDOG_USEC", "400000")
    yield running
    running.close()


async def test_it_is_ready_when_it_answers_and_feeds_the_watchdog_until_it_hangs(
    manager: Manager, stage: Stage, tmp_path: Path
) -> None:
    await stage.stop_bot()
    settings = {
        "telegram_token": stage.world.token,
        "telegram_api_url": stage.server.url,
        "data_dir": str(tmp_path),
    }
    manager.heard.clear()
    async with KillableBot(settings, tmp_path) as bot, KillableBot(settings, tmp_path) as spare:
        bot.start_plainly()
        await until(lambda: "READY=1" in manager.heard)
        assert "STATUS=Answers as @avance_demo_bot" in manager.heard
        await until(lambda: manager.heard.count("WATCHDOG=1") >= 3)
        spare.start_plainly()
        await until(lambda: any("Waits until another" in line for line in manager.heard))
        assert manager.heard.count("READY=1") == 2, "or the start of a spare would time out"
        await spare.die()
        os.kill(bot.pid, signal.SIGSTOP)
        manager.heard.clear()
        await until(lambda: True)
        assert "WATCHDOG=1" not in manager.heard
        os.kill(bot.pid, signal.SIGCONT)
        os.kill(bot.pid, signal.SIGTERM)
        await until(lambda: "STOPPING=1" in manager.heard)
        assert await bot.dies_itself()


def test_without_systemd_nothing_is_said() -> None:
    systemd = Systemd({})
    systemd.say("READY=1")
    assert systemd.watchdog is None
    assert Systemd({"WATCHDOG_USEC": "1000000", "WATCHDOG_PID": "1"}).watchdog is None
    Systemd({"NOTIFY_SOCKET": "/nonexistent/socket"}).say("READY=1")
