"""The programs that are measured, their updates, and the folder they run in."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.avance_world import World
from tests.bench.cores import two_cores
from tests.bench.process import BotProcess, Run, StubProcess
from tests.bench.traffic import Update, chatter

Prepare = Callable[[Path], list[str]]  # in an empty folder on the disk: the arguments of the bot's module


@dataclass(frozen=True)
class Contestant:
    """`traffic(trios)` returns one update of each of three times so many people, who have not written yet."""

    name: str
    module: str
    traffic: Callable[[range], list[Update]]
    prepare: Prepare

    @contextmanager
    def running(self, folder: Path) -> Iterator[Run]:
        """Start a stub and this bot polling it."""
        with TemporaryDirectory(dir=folder) as place, StubProcess() as stub:
            arguments = [stub.url, str(two_cores()[0]), *self.prepare(Path(place))]
            with BotProcess(folder / "bots.log", self.module, *arguments) as bot:
                run = Run(stub, bot)
                run.wait_for_poll()
                yield run


@dataclass(frozen=True)
class Field:
    """Every contestant, and the agency whose database (c) uses."""

    world: World
    echo: Contestant
    session: Contestant
    avance: Contestant
    capped: Contestant
    mixed: Contestant


def gather(folder: Path) -> Field:
    """Build Avance's database in the folder, and return the contestants."""
    world = World(folder / "avance.db")
    avance = Contestant("c  Avance", "tests.bench.avance_bot", world.traffic, partial(_copy, world, "lifted"))
    return Field(
        world=world,
        echo=Contestant("a  echo, stores nothing", "tests.bench.echo_bot", chatter, lambda _: []),
        session=Contestant(
            "b  SQLModel session per update",
            "tests.bench.session_bot",
            chatter,
            lambda place: [str(place / "diary.db")],
        ),
        avance=avance,
        capped=Contestant(avance.name, avance.module, world.traffic, partial(_copy, world, "capped")),
        mixed=Contestant("   echo given (c)'s updates", "tests.bench.echo_bot", world.traffic, lambda _: []),
    )


def _copy(world: World, pace: str, place: Path) -> list[str]:
    shutil.copy(world.path, place / "avance.db")
    return [str(place), pace]
