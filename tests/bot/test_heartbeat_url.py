"""HEARTBEAT_URL: pinged when all is well, and not when something is wrong."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from sqlmodel import select

from bot import heartbeat_url
from bot.heartbeat_url import HeartbeatUrl
from local_telegram.world.traffic import Fault
from models.operations import wellbeing
from models.storage import database
from models.tables.chat.inbox import Heartbeat
from models.tables.chat.outbox import Outbox
from tests.support.phones.stage import ANA, Stage
from tests.support.waiting import until

SECRET_PATH = "/ping/3f7e-secret"


class Watcher:
    """A service that watches: counts pings, and answers the statuses it is told, then 200."""

    def __init__(self) -> None:
        self.pings = 0
        self.statuses: list[int] = []
        self.url = ""

    async def hear(self, _: web.Request) -> web.Response:
        self.pings += 1
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)


@asynccontextmanager
async def watching() -> AsyncIterator[Watcher]:
    watcher = Watcher()
    app = web.Application()
    app.router.add_get(SECRET_PATH, watcher.hear)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    watcher.url = f"http://127.0.0.1:{runner.addresses[0][1]}{SECRET_PATH}"
    try:
        yield watcher
    finally:
        await runner.cleanup()


def of(stage: Stage, url: str) -> HeartbeatUrl:
    return HeartbeatUrl(url, stage.app.engine, stage.app.clock, stage.folder)


async def test_a_running_bot_pings_soon_after_its_start(tmp_path: Path) -> None:
    async with watching() as watcher, Stage(tmp_path, chosen={"heartbeat_url": watcher.url}):
        await until(lambda: watcher.pings)


async def test_it_is_pinged_only_if_all_is_well(
    stage: Stage, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with watching() as watcher:
        await stage.enter(ANA)
        await stage.settled()
        heartbeat = of(stage, watcher.url)
        await heartbeat.ping()
        assert watcher.pings == 1
        with database.transaction(stage.app.engine) as session:
            session.get_one(Heartbeat, 1).heard_at -= timedelta(minutes=6)
        await heartbeat.ping()
        assert watcher.pings == 1 and "Telegram was not heard since" in caplog.text
        with database.transaction(stage.app.engine) as session:
            session.get_one(Heartbeat, 1).heard_at += timedelta(minutes=6)
        stage.world.faults.plan(Fault("sendMessage", times=999))
        with database.transaction(stage.app.engine) as session:
            then = stage.app.clock.now() - timedelta(minutes=11)
            session.add(Outbox(chat_id=101, method="sendMessage", payload="{}", created_at=then))
        await heartbeat.ping()
        assert watcher.pings == 1 and "is not sent" in caplog.text
        with database.transaction(stage.app.engine) as session:
            for row in session.exec(select(Outbox)).all():
                row.sent_at = row.sent_at or stage.app.clock.now()
        monkeypatch.setattr(wellbeing, "FULL", 10**18)  # bytes, more than any disk has
        await heartbeat.ping()
        assert watcher.pings == 1 and "MB are free" in caplog.text
        monkeypatch.undo()
        await heartbeat.ping()
        assert watcher.pings == 2


async def test_a_ping_that_fails_is_tried_again_and_never_logged_with_its_address(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    async with watching() as watcher:
        await stage.polls()
        watcher.statuses = [500]
        await of(stage, watcher.url).ping()
        assert watcher.pings == 2 and "does not answer" not in caplog.text
        watcher.statuses = [503] * heartbeat_url.TRIES
        await of(stage, watcher.url).ping()
        assert "HEARTBEAT_URL does not answer (status 503)" in caplog.text
    await of(stage, watcher.url).ping()
    assert "(ClientConnectorError)" in caplog.text
    assert "secret" not in caplog.text
