"""How long a test waits: one upper bound for all of them.

A test waits for a state, never for a time, and the bound only ends a failing test. It is far beyond what a
slow, busy machine needs, so that no test depends on the machine's speed. Where nothing may happen, a test
waits for a later event that could only come after it.
"""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar, overload

T = TypeVar("T")

PATIENCE = 120.0  # seconds; a start of the bot takes one on a quiet machine, and twenty under load
PATIENCE_MS = PATIENCE * 1000  # Playwright uses milliseconds
WITHIN_A_POLL = 45.0  # seconds, for what must end a long poll before it ends by itself, after 50


@overload
async def until(
    holds: Callable[[], Awaitable[T]], what: object = ..., every: float = ..., within: float = ...
) -> T: ...
@overload
async def until(holds: Callable[[], T], what: object = ..., every: float = ..., within: float = ...) -> T: ...
async def until(
    holds: Callable[[], object], what: object = "it", every: float = 0.02, within: float = PATIENCE
) -> object:
    """What `holds` returns as soon as it is true; it is asked again every so many seconds.

    Raises AssertionError after `within` seconds, with `what`, which may be a function that says it.
    """
    deadline = time.monotonic() + within
    while True:
        given = holds()
        found = await given if inspect.isawaitable(given) else given
        if found:
            return found
        if time.monotonic() > deadline:
            told = what() if callable(what) else what
            raise AssertionError(f"after {within} s still not: {told}")
        await asyncio.sleep(every)
