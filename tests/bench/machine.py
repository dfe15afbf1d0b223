"""The machine, and how much of it other programs used during the measurement."""

import os
import platform
import resource
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile

TICKS = os.sysconf("SC_CLK_TCK")


def describe(folder: Path) -> str:
    """Return one line: processor, cores, Python, and the cost of a safe write to that folder's disk."""
    names = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    model = names[0].partition(":")[2].strip() if names else platform.machine()
    cores = len(os.sched_getaffinity(0))
    fsync = f"fsync of 4 KiB {_fsync_cost(folder) * 1000:.2f} ms"
    return f"{model}, {cores} cores, {platform.system()}, Python {platform.python_version()}, {fsync}"


def _fsync_cost(folder: Path, times: int = 200) -> float:
    """Return the median in seconds."""
    costs = []
    with TemporaryFile(dir=folder) as file:
        for _ in range(times):
            file.write(b"x" * 4096)
            file.flush()
            started = time.perf_counter()
            os.fsync(file.fileno())
            costs.append(time.perf_counter() - started)
    return median(costs)


class Bystanders:
    """The share of one core that other programs used since this was created."""

    def __init__(self) -> None:
        self._since, self._all, self._ours = time.monotonic(), _all_work(), _our_work()

    def share(self) -> float:
        others = (_all_work() - self._all) - (_our_work() - self._ours)
        return max(others, 0.0) / (time.monotonic() - self._since)


def _all_work() -> float:
    """Return the CPU seconds of every program since the machine started."""
    user, nice, system, _idle, _wait, irq, softirq, *_ = map(
        int, Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    )
    return (user + nice + system + irq + softirq) / TICKS


def _our_work() -> float:
    """Return the CPU seconds of this process and of those it started that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)
