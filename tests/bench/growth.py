"""Whether an answer costs more the more is stored: the same four updates with three amounts of data.

The bots run side by side, each on a database of its own, and are fed in turn, a slice at a time, in changing
order. One person asks, the next update being available once the last is answered; a slice's median is the
time of a turn. Other load affects all alike, since slices are compared with those of the same round.
"""

from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.bench import table
from tests.bench.cores import two_cores
from tests.bench.past import ASKING, Past
from tests.bench.process import BotProcess, Run, StubProcess
from tests.bench.traffic import DONE, Update, message, tap

SAID = (DONE, "/avance juridica", "/actividades")
KINDS = ("card", "/avance juridica", "/actividades", "✅")
TIMES = 6  # updates of each kind per slice
FILLED = 2  # the revision of a draft that one message filled


@dataclass
class Grown:
    """A bot on a database of some size, and the median time of each slice for each kind of update."""

    past: Past
    run: Run
    next_draft: int = field(init=False)
    took: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))  # seconds

    def __post_init__(self) -> None:
        self.next_draft = self.past.last_draft + 1

    def slice(self, times: int = TIMES) -> None:
        latencies = self.run.feed([update for _ in range(times) for update in self._updates()]).latencies
        for place, kind in enumerate(KINDS):
            self.took[kind].append(median(latencies[place :: len(KINDS)]))

    def _updates(self) -> list[Update]:
        """Return updates in the order of `KINDS`: an activity is written, asked about, and registered."""
        draft, self.next_draft = self.next_draft, self.next_draft + 1
        said = [message(ASKING, text) for text in SAID]
        return [*said, tap(ASKING, f"d:{draft}:{FILLED}:ok", message_id=draft)]


def print_growth(folder: Path, sizes: tuple[int, ...], slices: int) -> None:
    print(f"\nThe same answers with more stored, the unit's own year as large, {slices} slices of {TIMES}")
    with ExitStack() as running:
        grown = []
        for size in sizes:
            place = folder / f"past-{size}"
            place.mkdir()
            grown.append(_start(Past(place / "avance.db", size), running))
        for each in grown:
            each.slice(times=2)
            each.took.clear()
        for number in range(slices):
            for each in grown[:: -1 if number % 2 else 1]:
                each.slice()
    _print(grown)


def _start(past: Past, running: ExitStack) -> Grown:
    stub = running.enter_context(StubProcess())
    arguments = (stub.url, str(two_cores()[0]), str(past.path.parent), "lifted")
    log = past.path.parent.parent / "bots.log"
    bot = running.enter_context(BotProcess(log, "tests.bench.avance_bot", *arguments))
    run = Run(stub, bot)
    run.wait_for_poll()
    return Grown(past, run)


def _print(grown: list[Grown]) -> None:
    table.print_cells(["activities stored", *(f"{kind}, ms" for kind in KINDS)])
    for each in grown:
        took = (table.spread([1000 * one for one in each.took[kind]], ".2f") for kind in KINDS)
        table.print_cells([f"{each.past.size:,}", *took])
    first, last = grown[0], grown[-1]
    for kind in KINDS:
        ratios = [many / few for many, few in zip(last.took[kind], first.took[kind], strict=True)]
        table.judge(f"{last.past.size:,} ÷ {first.past.size:,}, {kind}", median(ratios), at_most=1.2)
