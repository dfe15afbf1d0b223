"""`make bench`: Avance, a bare echo bot and a common design of bot, interleaved in one run.

It measures updates per second, and the time from available to answered, by the clock of the stub that feeds
them; then, for Avance alone, its start and memory, an album, the last hour of a quarter, the morning after
it, 32 agencies' figures, the same answers with up to a million activities stored, and reports with many
photographs.
"""

import argparse
import os
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import machine, table
from tests.bench.agencies import print_agencies
from tests.bench.album import print_album
from tests.bench.contestants import Contestant, Field, gather
from tests.bench.cores import two_cores
from tests.bench.growth import print_growth
from tests.bench.morning import print_morning
from tests.bench.process import Measured, StubProcess
from tests.bench.reports import print_reports
from tests.bench.rush import print_rush
from tests.bench.start import print_start
from tests.bench.table import Row

DATA = Path(__file__).parents[2] / "data"  # the disk of the real database
RATE = 20.0  # updates per second while latency is measured
ANSWER_AFTER = 0.05  # seconds, about what a call takes on a real network
METHOD = """\
Each bot alone on the first core, the stub and its clock on the other; every round starts bots and databases
anew, warms them up, and goes a b c a b c …; medians of the rounds, lowest and highest in brackets.
(a) and (b) get plain messages and answer each with one call; (c) gets a third texts, a third taps (two calls
each, one in seven registers an activity), a third /avance. An update is handled when its answer arrives."""


@dataclass(frozen=True)
class Extent:
    """How much is measured: rounds, and updates per feed."""

    rounds: int = 5
    latency_rounds: int = 3
    updates: int = 3150
    paced: int = 240
    slow_rounds: int = 2
    starts: int = 9
    weighed: int = 2
    albums: int = 4
    rush: float = 30.0  # seconds
    stored: tuple[int, ...] = (1_000, 100_000, 1_000_000)
    slices: int = 40
    reports: int = 5


QUICK = Extent(
    rounds=1,
    latency_rounds=1,
    updates=1050,
    paced=63,
    slow_rounds=1,
    starts=3,
    weighed=1,
    albums=1,
    rush=5.0,
    stored=(1_000, 100_000),
    slices=16,
    reports=1,
)
WARM_UP = 40  # trios of people, one update each


def main() -> None:
    assert isinstance(sys.stdout, TextIOWrapper)
    sys.stdout.reconfigure(line_buffering=True)
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round of each, about a minute")
    parser.add_argument(
        "--rush", type=float, metavar="SECONDS", help="how long the last hour is; 300 is whole"
    )
    options = parser.parse_args()
    extent = QUICK if options.quick else Extent()
    if options.rush is not None:
        extent = replace(extent, rush=options.rush)
    DATA.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=DATA, prefix="bench-") as name:
        folder = Path(name)
        others = machine.Bystanders()
        print(f"{machine.describe(folder)}\n{METHOD}\n")
        print_stub()
        field = gather(folder)
        print_throughput(field, folder, extent)
        print_latency(field, folder, extent)
        print_slow(field, folder, extent)
        print_start(field.world, folder, extent.starts, extent.weighed)
        print_album(field.capped, folder, extent.albums)
        print_rush(field.capped, folder, extent.rush)
        print_morning(folder)
        print_agencies(folder)
        print_growth(folder, extent.stored, extent.slices)
        print_reports(folder, extent.reports)
        print(f"Other programs used {others.share():.0%} of one core of {os.cpu_count()} meanwhile.")


def print_stub() -> None:
    """Print the best of some short runs of the stub: what it can do at most."""
    with StubProcess() as stub:
        command = [sys.executable, "-m", "tests.bench.load", str(stub.port), str(two_cores()[0]), "0.5"]
        tries = [subprocess.run(command, check=True, capture_output=True, text=True) for _ in range(4)]
    best = max(float(each.stdout) for each in tries)
    table.judge("The stub alone, calls/s", best, at_least=5000, form=",.0f")


def print_throughput(field: Field, folder: Path, extent: Extent) -> None:
    print(f"\nUpdates handled per second, {extent.updates:,} waiting, {extent.rounds} rounds, caps lifted")
    rounds = interleaved(
        [field.echo, field.session, field.avance, field.mixed], folder, extent, extent.rounds
    )
    table.print_throughput(list(rounds.values()))
    speed = {name: row.median(lambda each: each.per_second) for name, row in rounds.items()}
    avance = speed[field.avance.name]
    table.judge("c ÷ a (1.00 wanted)", avance / speed[field.echo.name], at_least=0.8)
    table.judge("c ÷ b", avance / speed[field.session.name], at_least=2.5)
    work = {name: row.median(lambda each: each.work_per_update) for name, row in rounds.items()}
    ratio = work[field.avance.name] / work[field.mixed.name]
    table.judge("CPU of c ÷ of the echo with (c)'s updates", ratio, at_most=0.85)


def print_latency(field: Field, folder: Path, extent: Extent) -> None:
    print(f"\nFrom available to answered at {RATE:.0f} updates/s, {extent.latency_rounds} rounds, caps on")
    contestants = [field.echo, field.session, field.capped]
    rounds = interleaved(contestants, folder, extent, extent.latency_rounds, per_second=RATE)
    table.print_latency(list(rounds.values()))
    middle = {name: row.median(table.percentile(50)) for name, row in rounds.items()}
    table.judge("p50, c ÷ a", middle[field.capped.name] / middle[field.echo.name], at_most=1.5)


def print_slow(field: Field, folder: Path, extent: Extent) -> None:
    print(f"\nUpdates per second when every call is answered after {ANSWER_AFTER * 1000:.0f} ms")
    amounts = {"a, one after the other": 99, "c, caps on": 450, "c, caps lifted": extent.updates // 2}
    contestants = [field.echo, field.capped, field.avance]
    rounds: defaultdict[str, list[Measured]] = defaultdict(list)
    for _ in range(extent.slow_rounds):
        for (name, amount), contestant in zip(amounts.items(), contestants, strict=True):
            with contestant.running(folder) as run:
                updates = contestant.traffic(range(amount // 3))
                rounds[name].append(run.feed(updates, answer_after=ANSWER_AFTER))
    rows = {name: Row(name, measured) for name, measured in rounds.items()}
    table.print_throughput(list(rows.values()))
    speed = {name: row.median(lambda each: each.per_second) for name, row in rows.items()}
    table.judge("c fills Telegram's cap of 30/s", speed["c, caps on"], at_least=29.5, form=".1f")
    table.judge("c with the caps lifted", speed["c, caps lifted"], at_least=300, form=".0f")


def interleaved(
    contestants: list[Contestant], folder: Path, extent: Extent, rounds: int, per_second: float | None = None
) -> dict[str, Row]:
    """Run every contestant once, then every one again."""
    warm_up = WARM_UP if per_second is None else WARM_UP // 4
    amount = (extent.updates if per_second is None else extent.paced) // 3
    measured: defaultdict[str, list[Measured]] = defaultdict(list)
    for _ in range(rounds):
        for contestant in contestants:
            with contestant.running(folder) as run:
                run.feed(contestant.traffic(range(warm_up)))
                feed = run.feed(contestant.traffic(range(warm_up, warm_up + amount)), per_second)
                measured[contestant.name].append(feed)
    return {name: Row(name, each) for name, each in measured.items()}


if __name__ == "__main__":
    main()
