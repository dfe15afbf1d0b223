"""Composes the HTTP server: which path is answered by what."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Route

from bot.measures import Measures
from bot.server.health_page import HealthPage
from bot.server.listening import Listener
from bot.server.metrics_page import MetricsPage
from bot.server.webhook import Receiver, Webhook
from bot.settings import PORT, Settings

if TYPE_CHECKING:  # it imports all that makes reports
    from bot.server.public_page import PublicPage


class HttpServer:
    """The server of one process; it answers while another process works with the database, too.

    `measures` counts what `metrics` shows.

    `hear` gets the headers of each request of the webhook. Raises `Failure` if the address cannot be used.
    """

    def __init__(
        self,
        settings: Settings,
        hear: Callable[[Mapping[str, str]], None],
        health: HealthPage,
        metrics: MetricsPage,
        public: "PublicPage | None",
        measures: Measures,
    ) -> None:
        self.measures = measures
        self._webhook, self._health, self._public = Webhook(settings, hear), health, public
        routes: list[BaseRoute] = [
            Route("/health", self._health.live, methods=["GET"]),
            Route("/health/ready", self._health.ready, methods=["GET"]),
            Route("/metrics", metrics.show, methods=["GET"]),
        ]
        if settings.webhook_url:
            path = urlsplit(settings.webhook_url).path or "/"
            routes.append(Route(path, self._webhook.answer, methods=["POST"]))
        errors: dict[Any, Any] = {}
        if public is not None:
            routes += public.routes()
            errors = {404: public.missing}
        app = Starlette(routes=routes, exception_handlers=errors)
        port = PORT if settings.port is None else settings.port
        certificate, key = settings.webhook_certificate, settings.webhook_key
        self._listener = Listener(app, settings.host, port, certificate, key)

    @property
    def port(self) -> int:
        return self._listener.port

    async def start(self) -> None:
        await self._listener.start()

    async def stop(self) -> None:
        await self._listener.stop()

    def work(self, receiver: Receiver | None) -> None:
        """Note that this process works with the database; updates are passed to `receiver`, if any."""
        self._webhook.receiver = receiver
        self._set_works(True)

    def rest(self) -> None:
        """Note that this process does not work with the database any more."""
        self._webhook.receiver = None
        self._set_works(False)

    def _set_works(self, works: bool) -> None:
        self._health.works = works
        if self._public is not None:
            self._public.works = works
