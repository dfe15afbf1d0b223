"""Who may talk to the local server: this machine's own pages and programs, not those of another site.

A page elsewhere can have a browser ask 127.0.0.1, by a name of its own that it lets point there too. So the
name that was asked for is looked at, and where the request comes from.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOCAL_NAMES = {"127.0.0.1", "localhost", "::1"}
# Nothing is in the page's own text: no script, no style, and no frame of another site around it.
POLICY = (
    "default-src 'none'; script-src {scripts}; style-src 'self'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
FILES = ("/file/", "/phone/files/")  # what people sent: no script of theirs runs


class Guard:
    """Refuses what comes from another site with 403, and says with every answer what a page may do."""

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
    """Whether it was asked for by a name of this machine, and by no page of another site.

    Programs say nothing of where they come from. A link elsewhere may open the page itself.
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
