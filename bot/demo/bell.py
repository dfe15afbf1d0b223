"""Waking those who wait in a long poll, from any thread."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Bell:
    """Rung after a change; everybody who waits then looks again."""

    def __init__(self) -> None:
        self._listeners: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    def ring(self) -> None:
        for loop, heard in self._listeners:
            if not heard.is_set() and not loop.is_closed():
                loop.call_soon_threadsafe(heard.set)

    async def wait_until(self, look: Callable[[], T | None], timeout: float) -> T | None:
        """What `look` returns as soon as it is not None, or None after `timeout` seconds.

        The listener is entered before the first look, so a ring between look and wait is not lost.
        """
        loop = asyncio.get_running_loop()
        entry = (loop, asyncio.Event())
        self._listeners.append(entry)
        deadline = loop.time() + timeout
        try:
            while (found := look()) is None:
                try:
                    await asyncio.wait_for(entry[1].wait(), max(0.0, deadline - loop.time()))
                except TimeoutError:
                    return look()
                entry[1].clear()
            return found
        finally:
            self._listeners.remove(entry)
