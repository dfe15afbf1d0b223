"""The public page: signed quarters, for everybody, without a script. PUBLIC_PAGE=on.

Pages are kept in memory until a signature or reopening changes them, for five minutes at most, and have an
ETag, so that browsers and proxies keep them too.
"""

import asyncio
import hashlib
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.confinement.subprocesses import Unfinished
from bot.reports.rendering import NotRendered
from bot.server.publication import NotPublic, Publication, Version
from models.storage.refusal import note
from reports import open_data, public_page
from reports.texts import public_page as texts

log = logging.getLogger(__name__)

KEPT = 300.0  # seconds, in memory
FRESH = 60  # seconds that a browser or proxy may show a page without asking again
MOST_PAGES = 200  # in memory
HTML, STYLE = "text/html; charset=utf-8", "text/css; charset=utf-8"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self' data:; style-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


@dataclass(frozen=True)
class CachedPage:
    """A page in memory; `etag` is a hash of its content."""

    content: bytes
    media_type: str
    filename: str | None
    version: Version
    made: float

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'


Made = tuple[bytes, str, str | None]  # content, media type, and the name of a download


class PublicPage:
    """The endpoints. While `works` is false, another process works with the database: come again."""

    def __init__(self, publication: Publication) -> None:
        self.works = False
        self._publication = publication
        self._pages: dict[str, CachedPage] = {}
        self._making = asyncio.Lock()

    def routes(self) -> list[Route]:
        paths = {
            "/": self._index,
            "/style.css": self._style,
            "/{quarter}": self._quarter,
            "/{quarter}/chart.png": self._chart,
            "/{quarter}/data.csv": self._csv,
            "/{quarter}/data.json": self._json,
            "/{quarter}/report.pdf": self._pdf,
            "/{quarter}/{unit}/data.csv": self._csv,
            "/{quarter}/{unit}/data.json": self._json,
            "/{quarter}/{unit}/report.pdf": self._pdf,
        }
        return [Route(path, self._answered(make), methods=["GET"]) for path, make in paths.items()]

    async def missing(self, request: Request, _: Exception) -> Response:
        return await self._sentence(404, texts.MISSING_TITLE, texts.MISSING)

    def _answered(
        self, make: Callable[[Request], Awaitable[Made]]
    ) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            if not self.works:
                return await self._sentence(503, texts.LATER_TITLE, texts.LATER, {"Retry-After": "30"})
            try:
                page = await self._page(request, make)
            except NotPublic:
                return await self._sentence(404, texts.MISSING_TITLE, texts.MISSING)
            except (NotRendered, Unfinished, OSError) as error:
                note(log, "A document of the public page could not be made", error)
                return await self._sentence(503, texts.LATER_TITLE, texts.LATER, {"Retry-After": "60"})
            return _response(request, page)

        return answer

    async def _page(self, request: Request, make: Callable[[Request], Awaitable[Made]]) -> CachedPage:
        """Return the page from memory, or make it; one at a time, so that many visitors cost no more."""
        path = request.url.path
        version = await asyncio.to_thread(self._publication.version)
        if make == self._pdf:  # large, and kept on disk
            return CachedPage(*await make(request), version, time.monotonic())
        if (known := self._known(path, version)) is not None:
            return known
        async with self._making:
            if (known := self._known(path, version)) is not None:
                return known
            self._pages.pop(path, None)
            page = CachedPage(*await make(request), version, time.monotonic())
            while len(self._pages) >= MOST_PAGES:
                del self._pages[next(iter(self._pages))]
            self._pages[path] = page
            return page

    def _known(self, path: str, version: Version) -> CachedPage | None:
        """Return the page in memory unless something was signed or reopened since, or it is old."""
        found = self._pages.get(path)
        fresh = found and found.version == version and time.monotonic() - found.made < KEPT
        return found if fresh else None

    async def _index(self, _: Request) -> Made:
        institution = await asyncio.to_thread(self._publication.institution)
        quarters = await asyncio.to_thread(self._publication.quarters)
        return public_page.index(institution, quarters).encode(), HTML, None

    async def _style(self, _: Request) -> Made:
        return public_page.STYLE.read_bytes(), STYLE, None

    async def _quarter(self, request: Request) -> Made:
        report, complete = await asyncio.to_thread(self._publication.report, request.path_params["quarter"])
        return public_page.quarter(report, complete).encode(), HTML, None

    async def _chart(self, request: Request) -> Made:
        drawn = await asyncio.to_thread(self._publication.chart, request.path_params["quarter"])
        return drawn, "image/png", None

    async def _csv(self, request: Request) -> Made:
        quarter, unit = _named(request)
        report, _ = await asyncio.to_thread(self._publication.report, quarter, unit)
        return open_data.as_csv(report), "text/csv; charset=utf-8", _filename("datos", quarter, unit, "csv")

    async def _json(self, request: Request) -> Made:
        quarter, unit = _named(request)
        report, _ = await asyncio.to_thread(self._publication.report, quarter, unit)
        return open_data.as_json(report), "application/json", _filename("datos", quarter, unit, "json")

    async def _pdf(self, request: Request) -> Made:
        quarter, unit = _named(request)
        content = await self._publication.document(quarter, unit)
        return content, "application/pdf", _filename("informe", quarter, unit, "pdf")

    async def _sentence(
        self, status: int, title: str, text: str, headers: dict[str, str] | None = None
    ) -> Response:
        institution = await asyncio.to_thread(self._publication.institution) if self.works else ""
        content = public_page.sentence(institution, title, text)
        kept = {**HEADERS, "Cache-Control": "no-store", **(headers or {})}
        return Response(content, status, kept, HTML)


def _response(request: Request, page: CachedPage) -> Response:
    headers = {**HEADERS, "Cache-Control": f"public, max-age={FRESH}", "ETag": page.etag}
    if page.etag in [each.strip() for each in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    if page.filename is not None:
        headers["Content-Disposition"] = f'attachment; filename="{page.filename}"'
    return Response(page.content, headers=headers, media_type=page.media_type)


def _named(request: Request) -> tuple[str, str | None]:
    return request.path_params["quarter"], request.path_params.get("unit")


def _filename(what: str, quarter: str, unit: str | None, ending: str) -> str:
    """Return the name of a download. The parts are known ones by now, else there would be nothing to name."""
    return f"{'-'.join(each for each in (what, quarter, unit) if each)}.{ending}"
