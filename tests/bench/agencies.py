"""A year of 32 agencies, each in a database of its own, and what `progress --all` costs who follows them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.bench import table
from tests.bench.past import Past

AGENCIES = 32
ACTIVITIES = 3_000  # of an agency in a year
MEGABYTE = 1_000_000


def print_agencies(folder: Path) -> None:
    print(f"\n`progress --all` of {AGENCIES} agencies with {ACTIVITIES:,} activities each")
    first = Past(folder / "agency.db", ACTIVITIES).path
    several = [first]
    for number in range(2, AGENCIES + 1):
        several.append(folder / f"agency-{number}.db")
        shutil.copy(first, several[-1])
    alone, together = _weighed(several[:1]), _weighed(several)
    each = (together["seconds"] - alone["seconds"]) / (AGENCIES - 1)
    print(f"  one agency {alone['seconds']:.2f} s, all {together['seconds']:.2f} s, ", end="")
    print(f"{each * 1000:.0f} ms more for each")
    table.judge("Memory of all ÷ of one", together["memory"] / alone["memory"], at_most=1.5)


def _weighed(databases: list[Path]) -> dict[str, float]:
    """Return the seconds and the memory of the command, in bytes."""
    program = [sys.executable, "-m", "bot", "progress", "--all", *map(str, databases), "--on", "2024-03-20"]
    weighed = [sys.executable, "-m", "tests.bench.weighing", *program]
    said = subprocess.run(weighed, check=True, stdout=subprocess.PIPE, text=True).stdout
    found: dict[str, float] = json.loads(said.splitlines()[-1])
    return found
