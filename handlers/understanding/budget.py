"""A bound on the time that reading one text may take.

The interpreter cannot stop a regular expression from another thread, but a signal interrupts it: the timer
counts the program's own processor time, so that a busy machine does not shorten what a text is given.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class OutOfTime(Exception):
    """Reading took longer than it may."""


@contextmanager
def budget(seconds: float) -> Iterator[None]:
    """Raise `OutOfTime` where the block takes more than that many seconds of processor time.

    Not nested. Without effect outside the main thread and where the system has no such timer (Windows).
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _interrupt)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise OutOfTime
