"""`quarantine`: moves files that no row names after confirmation; they return when a row names them."""

import asyncio
from pathlib import Path

import pytest

from models.storage import database
from models.tables.evidence import Evidence
from tests.bot.commands.test_cli import QuickShell, Shell
from tests.bot.evidence.evidence_stage import files, rows, with_photo
from tests.bot.evidence.test_evidence_sweep import orphans, quarantined
from tests.support.phones.stage import Stage
from tests.support.waiting import until

LATER = "2024-05-02T09:00"  # more than thirty days after all was kept


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    shell = QuickShell(tmp_path, monkeypatch, capsys)
    shell.environment["PRETEND_NOW"] = LATER
    return shell


async def stored(folder: Path, strangers: int) -> tuple[set[str], set[str]]:
    """Store the files that rows name, and so many others."""
    async with Stage(folder / "data") as stage:
        await with_photo(stage)
        named = files(stage)
        return named, orphans(stage, strangers)


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.rglob("*") if each.is_file()}


async def test_quarantine_asks_first_and_moves_nothing_without_a_yes(tmp_path: Path, shell: Shell) -> None:
    named, strangers = await stored(tmp_path, 8)
    done = await asyncio.to_thread(shell.run, "quarantine", answer="n\n")
    assert done.returncode == 1
    assert "8 of 10 files of evidence are named by no row. Put them aside?" in done.stdout + done.stderr
    assert names(tmp_path / "data" / "evidence") == named | strangers
    assert not (tmp_path / "data" / "quarantine").exists()
    said = await asyncio.to_thread(shell.out, "quarantine", answer="y\n")
    assert "8 were put into" in said
    assert names(tmp_path / "data" / "evidence") == named
    assert names(tmp_path / "data" / "quarantine") == strangers


async def test_quarantine_yes_does_not_ask(tmp_path: Path, shell: Shell) -> None:
    named, strangers = await stored(tmp_path, 5)
    said = await asyncio.to_thread(shell.out, "quarantine", "--yes")
    assert "Put them aside?" not in said and "5 were put into" in said
    said = await asyncio.to_thread(shell.out, "quarantine")
    assert said.startswith("0 of 2 files of evidence are named by no row; 0 were put into")
    assert names(tmp_path / "data" / "quarantine") == strangers
    assert names(tmp_path / "data" / "evidence") == named


async def test_recently_stored_files_stay(tmp_path: Path, shell: Shell) -> None:
    named, strangers = await stored(tmp_path, 2)
    said = await asyncio.to_thread(shell.out, "quarantine", "--yes", PRETEND_NOW="2024-04-18T09:00")
    assert said.startswith("0 of 4 files")
    assert names(tmp_path / "data" / "evidence") == named | strangers


async def test_a_quarantined_file_that_a_row_names_returns_at_the_next_start(
    tmp_path: Path, shell: Shell
) -> None:
    _, strangers = await stored(tmp_path, 5)
    await asyncio.to_thread(shell.out, "quarantine", "--yes")
    wanted = min(strangers)
    async with Stage(tmp_path / "data") as stage:
        (row,) = rows(stage)
        with database.transaction(stage.app.engine) as session:
            session.add(Evidence(**row.model_dump(exclude={"id", "sha256"}), sha256=wanted))
        await stage.stop_bot()
        await stage.start_bot()
        await until(lambda: wanted not in quarantined(stage))
        assert quarantined(stage) == strangers - {wanted}
        assert stage.app.store.matches(wanted)


async def test_the_folder_of_another_database_is_left_alone(tmp_path: Path, shell: Shell) -> None:
    named, strangers = await stored(tmp_path, 5)
    (tmp_path / "data" / "avance.db").rename(tmp_path / "away.db")
    await asyncio.to_thread(shell.out, "invite", "--list")  # which makes a database
    assert "belongs to another database" in await asyncio.to_thread(shell.error, 1, "quarantine", "--yes")
    assert names(tmp_path / "data" / "evidence") == named | strangers
