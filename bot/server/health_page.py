"""`/health` and `/health/ready`: whether this process lives, and whether it is the one that works.

They say nothing about people and are open to everybody. A spare, which waits until another process ends,
lives but is not ready; a proxy in front of two processes asks `/health/ready`.
"""

from starlette.requests import Request
from starlette.responses import JSONResponse

from bot.health import FRESH
from bot.pulse import Pulse


class HealthPage:
    """The endpoints. `works` is whether this process works with the database."""

    def __init__(self, pulse: Pulse) -> None:
        self.works = False
        self._pulse = pulse

    async def live(self, _: Request) -> JSONResponse:
        """Answer 200, or 503 if this process works but cannot write its signs of life."""
        return self._answer(self._is_well())

    async def ready(self, _: Request) -> JSONResponse:
        """Answer 200 if this process works, else 503."""
        return self._answer(self.works and self._is_well())

    def _is_well(self) -> bool:
        return not self.works or (self._pulse.age is not None and self._pulse.age <= FRESH)

    def _answer(self, well: bool) -> JSONResponse:
        age = self._pulse.age
        said = {
            "well": well,
            "role": "working" if self.works else "spare",
            "beat_seconds": None if age is None else round(age, 1),
        }
        return JSONResponse(said, 200 if well else 503, headers={"Cache-Control": "no-store"})
