"""The last hour of a quarter: 500 people at once, ten times what Telegram lets a bot send.

A third of what comes are reports, of which a third of the people adds a photograph, the others `/avance`.
Nobody waits for an answer; whoever sees a card taps ✅. So answers wait in the outbox, more every second, and
what counts is that updates are committed meanwhile and that memory does not grow with what waits.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path
from statistics import quantiles
from typing import Any

from tests.bench import table
from tests.bench.avance_world import ASKER
from tests.bench.contestants import Contestant
from tests.bench.process import Run, Stalled
from tests.bench.traffic import DONE, Update, message, photograph

PEOPLE = 500
PER_SECOND = 300.0  # updates; Telegram takes 30 messages a second
STARTED = 2000  # updates that wait at a start
QUIET_AFTER = 60.0  # seconds without a confirmation after which a measurement is given up
LOOK_EVERY = 1.0  # seconds
MEGABYTE = 1_000_000


@dataclass
class Rush:
    """What came of it. `held` is the memory, looked at every second, in bytes."""

    state: dict[str, Any]
    worked: float
    held: list[int] = field(default_factory=list)

    @property
    def handled(self) -> int:
        return len(self.state["confirmed"])

    @property
    def grown(self) -> float:
        """Return the memory of the last quarter of the time as a multiple of that of the second."""
        part = max(len(self.held) // 4, 1)
        return max(self.held[-part:]) / max(self.held[part : 2 * part] or self.held)


def traffic() -> Iterator[Update]:
    """Yield what the people send, in rounds: everybody says something before anybody says more."""
    for round_ in count():
        for person in range(PEOPLE):
            if round_ % 3 == 0:
                yield message(ASKER + person, DONE)
            elif round_ % 3 == 1 and person % 3 == 0:
                yield photograph(ASKER + person)
            else:
                yield message(ASKER + person, "/avance juridica")


def print_rush(avance: Contestant, folder: Path, seconds: float) -> None:
    """Print a rush of so many seconds, and a start with updates waiting."""
    print(f"\nThe last hour of a quarter: {PEOPLE} people, {PER_SECOND:.0f} updates a second", end="")
    print(f" for {seconds:.0f} s, caps on")
    with avance.running(folder) as run:
        run.stub.feed(list(islice(traffic(), PEOPLE // 10)), eager=True)
        watched(run, PEOPLE // 10)
        _print(_fed(run, int(PER_SECOND * seconds), PER_SECOND), capped=True)
    print(f"\n{STARTED:,} updates waiting at a start")
    with avance.running(folder) as run:
        _print(_fed(run, STARTED, None), capped=False)


def _fed(run: Run, amount: int, per_second: float | None) -> Rush:
    worked = run.bot.worked()
    run.stub.feed(list(islice(traffic(), amount)), per_second, eager=True)
    rush = watched(run, amount)
    rush.worked = run.bot.worked() - worked
    return rush


def watched(run: Run, amount: int) -> Rush:
    """Look every second until so many updates, and the taps, are confirmed. Raises `Stalled`."""
    held: list[int] = []
    confirmed, since = -1, time.monotonic()
    while True:
        state = run.stub.control("state")
        held.append(run.bot.memory())
        if len(state["confirmed"]) >= amount:
            return Rush(state, 0.0, held)
        if len(state["confirmed"]) != confirmed:
            confirmed, since = len(state["confirmed"]), time.monotonic()
        elif time.monotonic() - since > QUIET_AFTER or not run.bot.alive:
            raise Stalled(f"{confirmed} of {amount} were confirmed; calls: {state['calls']}")
        time.sleep(LOOK_EVERY)


def _print(rush: Rush, capped: bool) -> None:
    confirmed, lasted = rush.state["confirmed"], rush.state["lasted"]
    cuts = [1000 * each for each in quantiles(confirmed, n=100, method="inclusive")]
    least, most = rush.held[0] / MEGABYTE, max(rush.held) / MEGABYTE
    print(f"  {rush.handled:,} updates, of them {rush.state['taps']:,} taps on ✅, in {lasted:.1f} s")
    print(
        f"  of CPU {rush.worked / rush.handled * 1000:.2f} ms per update; memory {least:.0f} to {most:.0f} MB"
    )
    if not capped:
        print(f"  until committed, ms: p50 {cuts[49]:,.0f}, p95 {cuts[94]:,.0f}")
        return
    sent = sum(rush.state["calls"].get(name, 0) for name in ("sendMessage", "editMessageText"))
    table.judge("Until committed, ms, p95", cuts[94], at_most=250, form=",.0f")
    table.judge("Memory, last quarter ÷ second", rush.grown, at_most=1.1)
    table.judge("Messages a second", sent / lasted, at_most=31, form=".1f")
