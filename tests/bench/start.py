"""`python -m bot run`: how soon it answers after its start, and how much memory it then uses.

One `/avance juridica` waits before the process is started, and the stub's clock measures until the answer
arrives. The memory is what is resident while idle: some seconds after that answer, and again after some
hundred updates.
"""

import time
from dataclasses import dataclass
from pathlib import Path
from shutil import copy
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench import table
from tests.bench.avance_world import ASKER, World
from tests.bench.process import BotProcess, Run, StubProcess
from tests.bench.traffic import SAID_AT, message

TRIOS = range(1, 101)  # whose updates follow the first answer
QUIET = 3.0  # seconds
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Started:
    """Seconds to the first answer, by the clock and of CPU; the most bytes held while idle, if measured."""

    answered_in: float
    worked: float
    memory: int | None


def print_start(world: World, folder: Path, starts: int, weighed: int) -> None:
    """Start it several times; the first `weighed` of them run on until their memory is known."""
    print(f"\n`python -m bot run` on a database in use, {starts} starts, the memory of {weighed}")
    runs = [start(world, folder, weigh=number < weighed) for number in range(starts)]
    seconds, work = [run.answered_in for run in runs], median(run.worked for run in runs)
    print(f"  to the first answer {min(seconds):.2f}–{max(seconds):.2f} s, of CPU {work:.2f} s")
    table.judge("Start to first answer, s, median", median(seconds), at_most=1.5)
    held = max(run.memory for run in runs if run.memory is not None)
    table.judge("Memory while idle, MB, highest", held / MEGABYTE, at_most=180, form=".1f")


def start(world: World, folder: Path, weigh: bool) -> Started:
    """Start one process on a copy of the database."""
    with TemporaryDirectory(dir=folder) as place, StubProcess() as stub:
        copy(world.path, Path(place) / "avance.db")
        stub.feed([message(ASKER, "/avance juridica")])
        with BotProcess(folder / "bots.log", "bot", "run", **_settings(stub, place)) as bot:
            run = Run(stub, bot)
            seconds = run.wait_for_answers()["seconds"]
            worked = bot.worked()
            return Started(seconds, worked, _memory(run, world) if weigh else None)


def _memory(run: Run, world: World) -> int:
    time.sleep(QUIET)
    after_start = run.bot.memory()
    run.feed(world.traffic(TRIOS))
    time.sleep(QUIET)
    return max(after_start, run.bot.memory())


def _settings(stub: StubProcess, place: str) -> dict[str, str]:
    """Return every setting that a developer's environment or `.env` could change."""
    return {
        "TELEGRAM_TOKEN": "1:bench",
        "TELEGRAM_API_URL": stub.url,
        "DATABASE_URL": f"sqlite:///{place}/avance.db",
        "DATA_DIR": place,
        "PRETEND_NOW": SAID_AT.isoformat(),
        "LOG_LEVEL": "INFO",
    }
