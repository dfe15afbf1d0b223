"""Two cores: the bot that is measured has one, the stub the other."""

import os


def two_cores() -> tuple[int, int]:
    """The bot's and the stub's; the same where the machine has only one, and the figures then say little."""
    cores = sorted(os.sched_getaffinity(0))
    return cores[0], cores[-1]


def take_core(core: int) -> None:
    """This process stays on that core."""
    os.sched_setaffinity(0, {core})
