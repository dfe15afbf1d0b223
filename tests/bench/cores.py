"""Pins processes to cores: the bot that is measured has one, the stub another."""

import os


def two_cores() -> tuple[int, int]:
    """Return the bot's and the stub's core; the same if there is only one, which distorts the figures."""
    cores = sorted(os.sched_getaffinity(0))
    return cores[0], cores[-1]


def take_core(core: int) -> None:
    """Pin this process to that core."""
    os.sched_setaffinity(0, {core})
