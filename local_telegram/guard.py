"""Refuses requests to the local server from pages of other sites.

Any web page can make a browser send requests to 127.0.0.1, also under a host name of its own that resolves
there (DNS rebinding). So the headers that name the host and the origin are checked.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL_NAMES = {"127.0.0.1", "localhost", "::1"}
# No inline script or style, and no embedding by another site.
POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
FILES = ("/file/", "/phone/files/")  # files that people sent: none of their scripts may run


class Guard:
    """ASGI middleware: answers requests of other sites with 403, and adds security headers to all answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = str(scope["path"])
        policy = POLICY.format(scripts="'none'" if path.startswith(FILES) else "'self'")

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("content-security-policy", policy)
                headers["x-content-type-options"] = "nosniff"
                headers["x-frame-options"] = "DENY"
                headers["referrer-policy"] = "no-referrer"
                headers["cross-origin-resource-policy"] = "same-origin"
            await send(message)

        app = self._app if is_from_here(Headers(scope=scope), path) else _REFUSED
        await app(scope, receive, send_guarded)


def is_from_here(headers: Headers, path: str) -> bool:
    """Return whether the request names this machine as its host and does not come from another site's page.

    Requests of programs have no origin and are accepted. A link on another site may open the page itself.
    """
    host = headers.get("host", "")
    if _name(f"http://{host}") not in LOCAL_NAMES:
        return False
    origin = headers.get("origin")
    if origin is not None and origin != f"http://{host}":
        return False
    return path == "/" or headers.get("sec-fetch-site", "none") in ("none", "same-origin")


def _name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


_REFUSED = PlainTextResponse("This is a page of this machine alone.", status_code=403)
