"""Wakes coroutines that wait in a long poll, from any thread."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


class _Listener:
    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.incoming = asyncio.Event()
        self.dismissed = False


class Bell:
    """Rung after a change: every waiting coroutine then checks its condition again."""

    def __init__(self) -> None:
        self._listeners: list[_Listener] = []

    def ring(self) -> None:
        for listener in tuple(self._listeners):  # a copy: other threads add and remove listeners
            if not listener.incoming.is_set() and not listener.loop.is_closed():
                listener.loop.call_soon_threadsafe(listener.incoming.set)

    def dismiss(self) -> None:
        """End all current waits without a result."""
        for listener in tuple(self._listeners):
            listener.dismissed = True
        self.ring()

    def enter(self, listener: _Listener) -> None:
        self._listeners.append(listener)

    def leave(self, listener: _Listener) -> None:
        self._listeners.remove(listener)


async def wait_until(bells: Sequence[Bell], look: Callable[[], T | None], timeout: float) -> T | None:
    """Return what `look` returns as soon as it is not None; None after `timeout` seconds or `dismiss`.

    Listening begins before the first call of `look`, so a ring between a call and the wait is not lost.
    """
    listener = _Listener()
    for bell in bells:
        bell.enter(listener)
    deadline = listener.loop.time() + timeout
    try:
        while (found := look()) is None and not listener.dismissed:
            try:
                await asyncio.wait_for(listener.incoming.wait(), max(0.0, deadline - listener.loop.time()))
            except TimeoutError:
                return look()
            listener.incoming.clear()
        return found
    finally:
        for bell in bells:
            bell.leave(listener)
