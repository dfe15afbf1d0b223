"""Prints the figures side by side."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from tests.bench.process import Measured


@dataclass(frozen=True)
class Row:
    """One contestant's rounds."""

    name: str
    rounds: Sequence[Measured]

    def median(self, figure: Callable[[Measured], float]) -> float:
        return median(map(figure, self.rounds))

    def spread(self, figure: Callable[[Measured], float], form: str) -> str:
        """«1,012  (980–1,044)»: the median of the rounds, the lowest and the highest."""
        return spread([figure(each) for each in self.rounds], form)


def spread(values: Sequence[float], form: str) -> str:
    """Return «1,012  (980–1,044)»: the median of the rounds, the lowest and the highest."""
    return f"{median(values):{form}}  ({min(values):{form}}–{max(values):{form}})"


def percentile(of: int) -> Callable[[Measured], float]:
    """Return the milliseconds within which so many percent of updates were answered."""
    return lambda measured: quantiles(measured.latencies, n=100, method="inclusive")[of - 1] * 1000


def print_throughput(rows: Sequence[Row]) -> None:
    print_cells(["", "updates/s  (min–max)", "CPU ms per update", "calls per update"])
    for row in rows:
        speed = row.spread(lambda each: each.per_second, ",.0f")
        work = row.spread(lambda each: each.work_per_update, ".2f")
        print_cells([row.name, speed, work, f"{row.median(lambda each: each.calls_per_update):.2f}"])


def print_latency(rows: Sequence[Row]) -> None:
    print_cells(["", "p50 ms  (min–max)", "p95 ms  (min–max)"])
    for row in rows:
        print_cells([row.name, row.spread(percentile(50), ".1f"), row.spread(percentile(95), ".1f")])


def judge(
    name: str, reached: float, *, at_least: float = 0, at_most: float = float("inf"), form: str = ".2f"
) -> None:
    """Print a figure with its requirement, and whether it is met."""
    asked = f"at least {at_least:{form}}" if at_least else f"at most {at_most:{form}}"
    verdict = "reached" if at_least <= reached <= at_most else "MISSED"
    print(f"  {name:<40} {reached:{form}}  ({asked}: {verdict})")


def print_cells(cells: Sequence[str]) -> None:
    print("  " + "".join(f"{cell:<32}" for cell in cells).rstrip())
