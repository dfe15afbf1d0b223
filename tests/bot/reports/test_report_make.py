"""`report make` with a template of the agency's own beside the data."""

import shutil
import zipfile
from pathlib import Path

import pytest

from reports.word import BUNDLED
from tests.bot.commands.test_cli import QuickShell
from tests.reports.first_quarter_report import first_quarter_stored


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> QuickShell:
    (tmp_path / "data").mkdir()
    with first_quarter_stored(tmp_path / "data"):
        pass
    shell = QuickShell(tmp_path, monkeypatch, capsys)
    shell.environment["PRETEND_NOW"] = "2024-04-02T09:00"
    return shell


def test_a_template_that_is_of_no_use_is_one_sentence_and_without_it_the_bundled_one_serves(
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
