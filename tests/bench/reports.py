"""Reports of 36 lines and 120 photographs, each made by the bot's own program in a fresh process.

`prepare` makes the report and the photographs' copies once; `measure` times one format of it.
"""

import json
import pickle
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from models.tables.report import ReportFormat
from tests.bench import table
from tests.reports import office
from tests.reports.samples.large_report import large

LINES, PHOTOGRAPHS = 36, 120
MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Prepared:
    """A report on disk. `copied_in`: seconds that scaling its photographs took."""

    content: Path
    evidence: Path
    copied_in: float
    copies: int  # bytes of all of them


@dataclass(frozen=True)
class Made:
    """Seconds from the start of the program to its end, the most bytes it held, and its file."""

    seconds: float
    memory: int
    file: Path


def prepare(folder: Path, lines: int = LINES, photographs: int = PHOTOGRAPHS) -> Prepared:
    """Make the report: about half a second per photograph of 12 megapixels."""
    evidence = folder / "evidence"
    report, album = large(evidence, lines, photographs)
    content = folder / "report.pickle"
    content.write_bytes(pickle.dumps(report))
    stored = (each.stat().st_size for each in evidence.rglob("*") if each.is_file())
    return Prepared(content, evidence, album.copying, sum(stored))


def measure(prepared: Prepared, kind: ReportFormat) -> Made:
    """Make one file. Raises CalledProcessError if the program fails."""
    target = prepared.content.with_name(f"report.{kind.value}")
    files = (str(prepared.content), kind.value, str(target), str(prepared.evidence))
    program = [sys.executable, "-m", "reports.rendering", *files]
    weighed = [sys.executable, "-m", "tests.bench.weighing", *program]
    found = json.loads(subprocess.run(weighed, check=True, stdout=subprocess.PIPE).stdout)
    return Made(found["seconds"], found["memory"], target)


def print_reports(folder: Path, rounds: int = 3) -> None:
    """Make Word and PDF of the same report several times; print the median time and largest memory."""
    prepared = prepare(folder)
    print(f"\nA report of {LINES} lines and {PHOTOGRAPHS} photographs of 12 megapixels, {rounds} times each")
    print(
        f"  photographs scaled on arrival in {prepared.copied_in:.0f} s, so cold that much more; "
        f"their copies {prepared.copies / MEGABYTE:.0f} MB"
    )
    for kind in (ReportFormat.WORD, ReportFormat.PDF):
        made = [measure(prepared, kind) for _ in range(rounds)]
        name = kind.value
        print(f"  {name}: a file of {made[0].file.stat().st_size / MEGABYTE:.0f} MB")
        if kind is ReportFormat.WORD:
            _print_office(made[0].file, folder)
        table.judge(f"{name}: s, median", median(each.seconds for each in made), at_most=3)
        table.judge(
            f"{name}: MB held, most", max(each.memory for each in made) / MEGABYTE, at_most=300, form=".0f"
        )


def _print_office(document: Path, folder: Path) -> None:
    """Print what LibreOffice takes for the same pages; it is not part of the bot."""
    if office.WRITER is None:
        print("  LibreOffice is not installed")
        return
    began = time.perf_counter()
    pages = len(office.printed(document.read_bytes(), folder).reader.pages)
    print(f"  LibreOffice makes its {pages} pages in {time.perf_counter() - began:.1f} s")
