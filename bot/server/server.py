"""Composes the HTTP server: which path is answered by what."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route

from bot.server.health_page import HealthPage
from bot.server.listening import Listener
from bot.server.metrics_page import MetricsPage
from bot.server.webhook import Receiver, Webhook
from bot.settings import PORT, Settings


class HttpServer:
    """The server of one process; it answers while another process works with the database, too.

    `hear` gets the headers of each request of the webhook. Raises `Failure` if the address cannot be used.
    """

    def __init__(
        self,
        settings: Settings,
        hear: Callable[[Mapping[str, str]], None],
        health: HealthPage,
        metrics: MetricsPage,
    ) -> None:
        self._webhook, self._health = Webhook(settings, hear), health
        routes: list[BaseRoute] = [
            Route("/health", self._health.live, methods=["GET"]),
            Route("/health/ready", self._health.ready, methods=["GET"]),
            Route("/metrics", metrics.show, methods=["GET"]),
        ]
        if settings.webhook_url:
            path = urlsplit(settings.webhook_url).path or "/"
            routes.append(Route(path, self._webhook.answer, methods=["POST"]))
        port = PORT if settings.port is None else settings.port
        certificate, key = settings.webhook_certificate, settings.webhook_key
        self._listener = Listener(Starlette(routes=routes), settings.host, port, certificate, key)

    @property
    def port(self) -> int:
        return self._listener.port

    async def start(self) -> None:
        await self._listener.start()

    async def stop(self) -> None:
        await self._listener.stop()

    def work(self, receiver: Receiver | None) -> None:
        """Note that this process works with the database; updates are passed to `receiver`, if any."""
        self._webhook.receiver, self._health.works = receiver, True

    def rest(self) -> None:
        """Note that this process does not work with the database any more."""
        self._webhook.receiver, self._health.works = None, False
