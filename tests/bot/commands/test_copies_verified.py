"""`report verify` for the pictures' copies that the annex lists."""

import asyncio
import shutil
from pathlib import Path

import pytest

from reports import annex_reading
from reports.quarterly.content import COPY
from tests.bot.commands.test_cli import QuickShell, Shell
from tests.bot.evidence.evidence_stage import rows, with_photo
from tests.support.phones.stage import Stage

FORMATS = ("docx", "pdf", "xlsx", "json")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A data folder with a photograph of the report, its hash and its copy's hash."""
    folder = tmp_path_factory.mktemp("copies")

    async def work() -> tuple[str, str]:
        async with Stage(folder / "data") as stage:
            await with_photo(stage)
            (row,) = rows(stage)
        assert row.sha256 and row.copy_sha256
        return row.sha256, row.copy_sha256

    return folder, *asyncio.run(work())


@pytest.fixture
def shell(
    made: tuple[Path, str, str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Shell:
    """A shell in the folder where the report was made in every format."""
    shutil.copytree(made[0] / "data", tmp_path / "data")
    shell = QuickShell(tmp_path, monkeypatch, capsys)
    shell.environment["PRETEND_NOW"] = "2024-04-02T09:00"
    for kind in FORMATS:
        shell.out("report", "make", "2024-T1", "--format", kind, "-o", f"informe.{kind}")
    return shell


def verify(shell: Shell, kind: str) -> tuple[int, str]:
    done = shell.run("report", "verify", f"informe.{kind}", "--evidence", "data/evidence")
    return done.returncode, done.stdout


def place(shell: Shell, sha256: str) -> Path:
    return shell.folder / "data" / "evidence" / sha256[:2] / sha256


def test_an_unaltered_copy_is_listed_with_its_original(shell: Shell, made: tuple[Path, str, str]) -> None:
    for kind in FORMATS:
        listed = [each.sha256 for each in annex_reading.read(shell.folder / f"informe.{kind}").files]
        assert listed == [made[1], made[2]]
        code, said = verify(shell, kind)
        assert code == 0 and "2 files of evidence listed, 2 match" in said


def test_an_altered_copy_is_named(shell: Shell, made: tuple[Path, str, str]) -> None:
    place(shell, made[2]).chmod(0o600)
    place(shell, made[2]).write_bytes(b"another picture")
    for kind in FORMATS:
        code, said = verify(shell, kind)
        assert code == 1 and "2 files of evidence listed, 1 match" in said
        assert f"altered: {made[2]}" in said and made[1] not in said
        assert "copia" in said or COPY in said


def test_a_missing_copy_is_named(shell: Shell, made: tuple[Path, str, str]) -> None:
    place(shell, made[2]).unlink()
    for kind in FORMATS:
        code, said = verify(shell, kind)
        assert code == 1 and f"missing: {made[2]}" in said and made[1] not in said


def test_an_original_in_place_of_its_copy_is_reported(shell: Shell, made: tuple[Path, str, str]) -> None:
    place(shell, made[2]).chmod(0o600)
    place(shell, made[2]).write_bytes(place(shell, made[1]).read_bytes())
    for kind in FORMATS:
        code, said = verify(shell, kind)
        assert code == 1 and f"altered: {made[2]}" in said
