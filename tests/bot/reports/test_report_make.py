"""`report make` with the agency's own template in the data folder."""

import shutil
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from reports.word import BUNDLED
from tests.bot.commands.test_cli import QuickShell
from tests.reports.samples.first_quarter_report import first_quarter_stored


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> QuickShell:
    (tmp_path / "data").mkdir()
    with first_quarter_stored(tmp_path / "data"):
        pass
    shell = QuickShell(tmp_path, monkeypatch, capsys)
    shell.environment["PRETEND_NOW"] = "2024-04-02T09:00"
    return shell


def test_an_invalid_template_is_refused_and_without_one_the_bundled_one_is_used(
    shell: QuickShell, tmp_path: Path
) -> None:
    own = tmp_path / "data" / "templates" / "informe.docx"
    own.parent.mkdir()
    own.write_text("no template")
    target = tmp_path / "informe.docx"
    done = shell.run("report", "make", "2024-T1", "-o", str(target))
    assert done.returncode != 0
    assert done.stderr.count("\n") == 1
    assert str(own) in done.stderr and "docs/report-template.md" in done.stderr
    assert not target.exists()
    own.unlink()
    assert shell.run("report", "make", "2024-T1", "-o", str(target)).returncode == 0
    bundled = target.read_bytes()
    assert zipfile.is_zipfile(target)
    shutil.copy(BUNDLED, own)
    assert shell.run("report", "make", "2024-T1", "-o", str(target)).returncode == 0
    assert target.read_bytes() == bundled


@pytest.mark.parametrize("unit", [[], ["--unit", "juridica"]], ids=["whole", "unit"])
def test_the_picture_is_a_png_of_the_bars(shell: QuickShell, tmp_path: Path, unit: list[str]) -> None:
    target = tmp_path / "avance.png"
    done = shell.run("report", "make", "2024-T1", "--format", "png", "-o", str(target), *unit)
    assert done.returncode == 0, done.stderr
    assert target.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")


@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx", "csv", "png"])
def test_the_report_is_made_by_a_confined_process(shell: QuickShell, tmp_path: Path, kind: str) -> None:
    with started_programs() as started:
        done = shell.run("report", "make", "2024-T1", "--format", kind, "-o", str(tmp_path / f"made.{kind}"))
    assert done.returncode == 0, done.stderr
    assert any(each[2:3] == ["bot.confinement.confined"] and "reports.rendering" in each for each in started)


@contextmanager
def started_programs() -> Iterator[list[list[str]]]:
    """Collect the arguments of every program that is started."""
    started: list[list[str]] = []
    listening = True

    def listen(event: str, about: tuple[Any, ...]) -> None:
        if listening and event == "subprocess.Popen":
            started.append([str(each) for each in about[1]])

    sys.addaudithook(listen)  # which stays until the end of the interpreter
    yield started
    listening = False
