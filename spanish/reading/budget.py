"""A bound on the time that reading one text may take.

The interpreter cannot stop a regular expression from another thread, but a signal interrupts it: the timer
counts the program's own processor time, so that a busy machine does not shorten what a text is given.
"""

import contextlib
import signal
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

AGAIN = 0.02  # seconds of processor time until the next signal, where one could not raise
# An exception raised here would be lost (callbacks of weak references) or skip the end of the block.
_NOT_WITHIN = frozenset({weakref.__file__, contextlib.__file__, __file__})
_CALLBACKS = frozenset({"__del__", "_cleanup"})  # the second one is SQLAlchemy's


class OutOfTime(Exception):
    """Reading took longer than it may."""


@contextmanager
def budget(seconds: float) -> Iterator[None]:
    """Raise `OutOfTime` where the block takes more than that many seconds of processor time.

    Never raised after the block was left, nor inside a finaliser, where it would be lost: the timer fires
    again until the block has ended. Not nested. Without effect outside the main thread and where the system
    has no such timer (Windows).
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    armed = True

    def interrupt(_signal: int, frame: FrameType | None) -> None:
        if armed and not _is_within_callback(frame):
            raise OutOfTime

    before = signal.signal(signal.SIGVTALRM, interrupt)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN)
    try:
        yield
    finally:
        armed = False
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _is_within_callback(frame: FrameType | None) -> bool:
    """Whether what runs is not the reading: the beginning or end of the block, a finaliser, another library.

    Libraries have callbacks of weak references and of the garbage collector, where an exception is lost.
    """
    if frame and (frame.f_code.co_filename in _NOT_WITHIN or "site-packages" in frame.f_code.co_filename):
        return True
    while frame:
        if frame.f_code.co_filename == weakref.__file__ or frame.f_code.co_name in _CALLBACKS:
            return True
        frame = frame.f_back
    return False
