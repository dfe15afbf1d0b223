"""`/metrics`: the figures as Prometheus reads them, for who shows the token or is on this machine."""

import asyncio
import hmac

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response

from bot.server.callers import caller
from bot.server.metrics import Metrics
from bot.server.stored_state import StoredState
from bot.settings import Settings

FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")  # a proxy brings the request from elsewhere


class MetricsPage:
    def __init__(self, settings: Settings, metrics: Metrics, state: StoredState) -> None:
        self._registry = metrics.registry
        self._registry.register(state)
        self._token, self._proxy_header = settings.metrics_token.get_secret_value(), settings.proxy_header

    async def show(self, request: Request) -> Response:
        if not self._is_allowed(request):
            return Response(status_code=403)
        text = await asyncio.to_thread(generate_latest, self._registry)
        return Response(text, media_type=CONTENT_TYPE_LATEST)

    def _is_allowed(self, request: Request) -> bool:
        if self._token:
            shown = request.headers.get("authorization", "").removeprefix("Bearer ")
            return hmac.compare_digest(shown.encode("utf-8", "replace"), self._token.encode())
        if any(name in request.headers for name in (*FORWARDED, self._proxy_header.lower() or "via")):
            return False
        address = caller(request, "")
        return address is not None and address.is_loopback
