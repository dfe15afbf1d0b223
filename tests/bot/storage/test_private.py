"""Files that Avance writes are readable by its own user only, whatever the umask."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bot.storage import private
from tests.bot.evidence.evidence_stage import with_photo
from tests.support.phones.stage import Stage

ROOT = Path(__file__).parents[3]


def open_to_others(folder: Path) -> dict[str, str]:
    return {
        str(each.relative_to(folder)): oct(mode)
        for each in folder.rglob("*")
        if (mode := stat.S_IMODE(each.lstat().st_mode)) & 0o077 and not each.is_symlink()
    }


def command(folder: Path, *words: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(folder / "data"), "TELEGRAM_TOKEN": "", "DATABASE_URL": ""},
        umask=0o000,
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_commands_write_private_files(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    command(tmp_path, "progress", "--on", "2024-03-31")
    command(tmp_path, "backup", str(tmp_path / "avance.tar"))
    command(tmp_path, "report", "make", "2024-T1", "--format", "json", "--output", str(tmp_path / "i.json"))
    assert (tmp_path / "data" / "avance.db").exists() and open_to_others(tmp_path) == {}


async def test_a_start_makes_files_of_an_earlier_version_private(stage: Stage) -> None:
    await with_photo(stage)
    await stage.stop_bot()
    database = stage.folder / "avance.db"
    database.chmod(0o666)
    (stage.folder / "evidence").chmod(0o777)
    named = private.reachable(stage.folder, f"sqlite:///{database}")
    assert database in named and stage.folder / "evidence" in named
    await stage.start_bot()
    assert private.reachable(stage.folder, f"sqlite:///{database}") == []
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert open_to_others(stage.folder / "evidence") == {}


def test_a_data_folder_where_others_write_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert private.reachable(tmp_path, "postgresql://x") == []
    tmp_path.chmod(0o777)
    assert private.reachable(tmp_path, "postgresql://x") == [tmp_path]


@pytest.mark.parametrize("umask", [0o000, 0o022])
def test_the_umask_is_set_before_anything_is_written(umask: int) -> None:
    before = os.umask(umask)
    try:
        private.begin()
        assert os.umask(umask) == 0o077
    finally:
        os.umask(before)
