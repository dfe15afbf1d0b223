"""Creates the server and its pages, as the settings want them."""

import logging
from collections.abc import Callable, Mapping

from sqlalchemy import Engine

from bot.clock import Clock
from bot.failure import Failure
from bot.pulse import Pulse
from bot.server.health_page import HealthPage
from bot.server.metrics import Metrics
from bot.server.metrics_page import MetricsPage
from bot.server.server import HttpServer
from bot.server.stored_state import StoredState
from bot.settings import Settings
from bot.storage.store import Store

log = logging.getLogger(__name__)


def server(
    settings: Settings,
    engine: Engine,
    clock: Clock,
    store: Store,
    pulse: Pulse,
    hear: Callable[[Mapping[str, str]], None],
) -> HttpServer | None:
    """Return the server, not started. Raises `Failure` if the address cannot be used.

    A bot that polls and has no public page works without a server, too: None then, and a line in the log.
    """
    metrics = Metrics()
    figures = MetricsPage(settings, metrics, StoredState(engine, clock, settings.data_dir))
    public = None
    if settings.public_page:
        # Imported here, since they import all that makes reports.
        from bot.server.public_page import PublicPage
        from bot.server.publication import Publication

        public = PublicPage(Publication(engine, clock, store, settings.data_dir))
    try:
        return HttpServer(settings, hear, HealthPage(pulse), figures, public, metrics)
    except Failure as error:
        if settings.webhook_url or settings.public_page:
            raise
        log.warning("%s; the bot goes on without /health and /metrics", error)
        return None
