"""How the local Telegram sends updates to a webhook: in order, again after an error, with the secret."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from telegram import Bot

from local_telegram.world.traffic import Fault
from local_telegram.world.world import World
from tests.local_telegram.conftest import ANA, LUIS
from tests.support.phones.phone import Phone
from tests.support.waiting import until


class Hook:
    """A webhook of the test's own: notes what arrives, and answers the statuses it is told, then 200."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.secrets: list[str | None] = []
        self.statuses: list[int] = []
        self.open = asyncio.Event()
        self.open.set()
        self.url = ""

    async def hear(self, request: web.Request) -> web.Response:
        update: Any = await request.json()
        self.texts.append(update["message"]["text"])
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        await self.open.wait()
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)


@asynccontextmanager
async def listening() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.hear)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    hook.url = f"http://127.0.0.1:{port}/hook"
    try:
        yield hook
    finally:
        hook.open.set()
        await runner.cleanup()


async def test_updates_arrive_with_the_secret_in_order_and_are_confirmed(
    bot: Bot, world: World, ana: Phone
) -> None:
    async with listening() as hook:
        await ana.send("antes")
        await bot.set_webhook(hook.url, secret_token="A-b_9", max_connections=7)
        await ana.send("uno")
        await ana.send("dos")
        await until(lambda: not len(world.updates))
        assert hook.texts == ["antes", "uno", "dos"]
        assert set(hook.secrets) == {"A-b_9"}
        info = await bot.get_webhook_info()
        assert (info.url, info.max_connections, info.pending_update_count) == (hook.url, 7, 0)


async def test_what_is_answered_by_an_error_or_lost_is_sent_again(bot: Bot, world: World, ana: Phone) -> None:
    async with listening() as hook:
        hook.statuses = [503]
        world.faults.plan(Fault("webhook", drop="after"))
        await bot.set_webhook(hook.url)
        await ana.send("uno")
        await ana.send("dos")
        await until(lambda: not len(world.updates))
        assert hook.texts in (["uno", "uno", "uno", "dos"], ["uno", "uno", "dos"])
        info = await bot.get_webhook_info()
        assert info.last_error_message is not None and info.last_error_date is not None


async def test_a_chat_waits_for_its_own_answer_alone(bot: Bot, world: World, ana: Phone, luis: Phone) -> None:
    async with listening() as hook:
        await bot.set_webhook(hook.url)
        hook.open.clear()
        await ana.send("uno")
        await ana.send("dos")
        await luis.send("otro")
        await until(lambda: len(hook.texts) == 2)
        assert sorted(hook.texts) == ["otro", "uno"]
        assert world.updates.count(ANA) == 2 and world.updates.count(LUIS) == 1
        hook.open.set()
        await until(lambda: not len(world.updates))
        assert hook.texts[-1] == "dos"
