"""Python's search for garbage, put aside while everything that is made is there to stay."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def put_aside() -> Iterator[None]:
    """Around many imports: to search what they make, over and over as it grows, takes a seventh of the start.

    Afterwards it is left out of every search, so that those of the running bot are short.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
