"""The same text is read alike by every process: sets are walked in an order of their own in each."""

import os
import subprocess
import sys

import pytest

from tests.support.waiting import PATIENCE

RANKED = """
from datetime import date
from spanish.reading.activity import understand
from tests.support.database.bundled import bundled_units
from pathlib import Path

lines = [(unit, line) for unit in bundled_units() for line in unit.lines]
for row in Path("tests/data/phrases.csv").read_text(encoding="utf-8").splitlines()[1:120]:
    print(understand(row, lines, date(2024, 3, 20)))
"""


@pytest.fixture(scope="module")
def first() -> str:
    return read_with_seed(1)


def read_with_seed(seed: int) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    return subprocess.run(
        [sys.executable, "-c", RANKED],
        env=environment, check=True, capture_output=True, text=True, timeout=PATIENCE,
    ).stdout  # fmt: skip


@pytest.mark.parametrize("seed", [2, 3])
def test_two_processes_read_alike(first: str, seed: int) -> None:
    assert first and read_with_seed(seed) == first
