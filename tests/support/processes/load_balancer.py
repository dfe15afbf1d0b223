"""A proxy in front of several processes with one webhook, as nginx with `proxy_next_upstream`."""

from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web

PATIENCE_OF_PROXY = 5.0  # seconds for an answer: an update may wait three for an earlier one


class Balancer:
    """Passes each request to the first process behind it that takes it: not one that is gone or says 503."""

    def __init__(self) -> None:
        self.ports: list[int] = []

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            trust_env=False, timeout=aiohttp.ClientTimeout(total=PATIENCE_OF_PROXY)
        )
        application = web.Application()
        application.router.add_post("/hook", self._pass_on)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port: int = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()
        await self._session.close()

    async def _pass_on(self, request: web.Request) -> web.Response:
        body = await request.read()
        headers = {name: value for name, value in request.headers.items() if name.startswith("X-Telegram")}
        for port in self.ports:
            try:
                url = f"http://127.0.0.1:{port}/hook"
                async with self._session.post(url, data=body, headers=headers) as answer:
                    if answer.status != 503:
                        return web.Response(status=answer.status)
            except (TimeoutError, aiohttp.ClientError):
                continue
        return web.Response(status=503)
