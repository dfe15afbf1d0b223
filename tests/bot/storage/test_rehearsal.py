"""Trials: `restore --drill`, `doctor --upgrade`, and encrypted backups."""

import asyncio
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest
from sqlmodel import col, select

from bot.doctor import upgrade
from bot.storage import encryption
from models.storage import database, table_version
from models.tables.operations.drill import RestoreDrill
from tests.bot.commands.test_cli import QuickShell, Shell
from tests.bot.evidence.evidence_stage import with_photo
from tests.bot.storage.test_backup import altered
from tests.bot.storage.test_old_backups import VERSIONS, unpacked
from tests.support.phones.stage import PALOMA, Stage


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return QuickShell(tmp_path, monkeypatch, capsys)


@pytest.fixture
def key(tmp_path: Path) -> Path:
    """The file of a private key, as age-keygen writes it; its public key is in `key.pub`."""
    identity = pyrage.x25519.Identity.generate()
    file = tmp_path / "key"
    file.write_text(f"# created: 2024-03-20\n# public key: {identity.to_public()}\n{identity}\n")
    (tmp_path / "key.pub").write_text(f"# of the vault\n{identity.to_public()}\n")
    return file


@pytest.fixture
async def captured(tmp_path: Path) -> None:
    """An installation with one activity and its photograph."""
    async with Stage(tmp_path / "data") as stage:
        await with_photo(stage)


def test_an_encrypted_backup_is_restored_with_its_key(
    captured: None, shell: Shell, key: Path, tmp_path: Path
) -> None:
    public = (tmp_path / "key.pub").read_text().splitlines()[1]
    shell.out("backup", "avance.tar.age", "--encrypt", public)
    content = (tmp_path / "avance.tar.age").read_bytes()
    assert content.startswith(encryption.HEADER) and b"tables/activity.jsonl" not in content
    other = {"DATA_DIR": "other"}
    assert "is encrypted" in shell.error(1, "restore", "avance.tar.age", **other)
    shell.out("restore", "avance.tar.age", "--identity", "key", **other)
    assert "all as the chain says" in shell.out("audit", "--tables", **other)
    assert len(list((tmp_path / "other" / "evidence").rglob("*"))) > 2
    assert not [each for each in tmp_path.iterdir() if each.name.endswith(".part")]


def test_a_backup_for_several_is_opened_by_each(
    captured: None, shell: Shell, key: Path, tmp_path: Path
) -> None:
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "ssh")], check=True, timeout=60
    )
    public = (tmp_path / "ssh.pub").read_text().strip()
    shell.out("backup", "avance.tar.age", "--encrypt", "key.pub", "--encrypt", public)
    for number, identity in enumerate(("key", "ssh")):
        shell.out("restore", "avance.tar.age", "--identity", identity, DATA_DIR=f"other-{number}")


@pytest.mark.parametrize("recipient", ["age1nonsense", "AGE-SECRET-KEY-1", "empty"])
def test_a_recipient_that_is_none_makes_no_backup(shell: Shell, recipient: str, tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("# nobody\n")
    assert "recipient" in shell.error(1, "backup", "avance.tar.age", "--encrypt", recipient)
    assert not (tmp_path / "avance.tar.age").exists()


def test_another_key_or_an_altered_file_opens_nothing(
    captured: None, shell: Shell, key: Path, tmp_path: Path
) -> None:
    shell.out("backup", "avance.tar.age", "--encrypt", "key.pub")
    (tmp_path / "other-key").write_text(f"{pyrage.x25519.Identity.generate()}\n")
    assert "cannot be decrypted" in shell.error(
        1, "restore", "avance.tar.age", "--identity", "other-key", DATA_DIR="other"
    )
    assert "has no identity" in shell.error(
        1, "restore", "avance.tar.age", "--identity", "key.pub", DATA_DIR="other"
    )
    content = (tmp_path / "avance.tar.age").read_bytes()
    (tmp_path / "avance.tar.age").write_bytes(content[: len(content) // 2])
    assert "cannot be decrypted" in shell.error(
        1, "restore", "avance.tar.age", "--identity", "key", DATA_DIR="other"
    )


def _said(shell: Shell, *words: str) -> str:
    """Return what a command prints that ends with code 1."""
    done = shell.run(*words)
    assert done.returncode == 1, done
    return done.stdout


def drills(shell: Shell) -> list[RestoreDrill]:
    engine = database.connect(shell.database())
    with database.reading(engine) as session:
        found = list(session.exec(select(RestoreDrill).order_by(col(RestoreDrill.id))).all())
    engine.dispose()
    return found


async def test_a_drill_keeps_only_its_result_and_planning_sees_it(tmp_path: Path) -> None:
    shell = Shell(tmp_path)  # processes of their own: they run beside the bot
    async with Stage(tmp_path / "data") as stage:
        await with_photo(stage)
        paloma = await stage.enter(PALOMA)
        await asyncio.to_thread(shell.out, "backup", "avance.tar")
        assert "Could be restored" in await asyncio.to_thread(shell.out, "restore", "--drill", "avance.tar")
        assert not list((tmp_path / "data").glob("drill-*"))
        await paloma.send("/estado")
        shown = await paloma.wait_for("Último simulacro de restauración")
        assert "· bien" in shown.text
        altered(
            tmp_path / "avance.tar", lambda name, content: None if name.startswith("evidence/") else content
        )
        said = await asyncio.to_thread(shell.error, 1, "restore", "--drill", "avance.tar")
        assert "could not be restored" in said
        await paloma.send("/estado")
        shown = await paloma.wait_for("falló")
        assert "⚠️ Último simulacro" in shown.text
    first, second = drills(shell)
    assert first.failure is None and first.made_at is not None
    assert second.failure is not None and "it is cut off" in second.failure


@pytest.fixture
def next_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Add a further migration, with that body, to a copy of the program's."""

    def add(body: str) -> None:
        copied = tmp_path / "migrations"
        shutil.copytree(table_version.MIGRATIONS, copied)
        last = table_version.versions()[-1]
        head = f"from alembic import op\n\nrevision = '9999'\ndown_revision = '{last}'\n\n\n"
        (copied / "versions" / "9999_next.py").write_text(f"{head}def upgrade():\n    {body}\n")
        monkeypatch.setattr(table_version, "MIGRATIONS", copied)

    return add


def test_a_migration_that_alters_a_figure_is_named(
    shell: Shell, tmp_path: Path, next_migration: Callable[[str], None]
) -> None:
    file = unpacked(VERSIONS[-1], tmp_path)
    next_migration('op.execute("UPDATE entry SET quantity = quantity + 1 WHERE id = 1")')
    out = _said(shell, "doctor", "--upgrade", file)
    assert "✗ figures" in out and "not as before: unit juridica" in out


def test_a_migration_that_fails_is_told_of_in_one_line(
    shell: Shell, tmp_path: Path, next_migration: Callable[[str], None]
) -> None:
    file = unpacked(VERSIONS[-1], tmp_path)
    next_migration('raise KeyError("target")')
    checks = upgrade.rehearse_upgrade(tmp_path / file, None, None, tmp_path)
    assert [check.ok for check in checks] == [False, *[None] * len(upgrade.NAMES)]
    assert "a fault of Avance itself: KeyError" in checks[0].said


def test_the_scratch_database_may_be_a_postgresql(shell: Shell, tmp_path: Path, postgres_url: str) -> None:
    file = unpacked(VERSIONS[0], tmp_path)
    for _ in range(2):  # it is empty again afterwards
        said = shell.out("doctor", "--upgrade", file, "--scratch", postgres_url)
        assert f"to {table_version.versions()[-1]}" in said and "as before" in said
    shell.out("restore", file, DATABASE_URL=postgres_url)
    assert "is not empty" in _said(shell, "doctor", "--upgrade", file, "--scratch", postgres_url)


def test_an_encrypted_backup_is_a_tar_for_age_itself(
    captured: None, shell: Shell, key: Path, tmp_path: Path
) -> None:
    shell.out("backup", "avance.tar.age", "--encrypt", "key.pub")
    plain = pyrage.decrypt((tmp_path / "avance.tar.age").read_bytes(), encryption.identities(key))
    (tmp_path / "plain.tar").write_bytes(plain)
    with tarfile.open(tmp_path / "plain.tar") as archive:
        assert archive.getnames()[-1] == "manifest.json"
