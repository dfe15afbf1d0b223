"""Backups that earlier versions made, kept as files: each can be restored and brought up, and says the same.

`tests/data/backups/0003.tar.xz` is what `backup` wrote when the tables were of version 0003, and `0003.json`
what that version's `progress` and `signatures` said then, with its chain's head. Each release adds its pair
(CONTRIBUTING.md).
"""

import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from models.storage import table_version
from tests.bot.commands.test_cli import QuickShell, Shell

KEPT = Path(__file__).parents[2] / "data" / "backups"
VERSIONS = sorted(file.name.partition(".")[0] for file in KEPT.glob("*.tar.xz"))


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return QuickShell(tmp_path, monkeypatch, capsys)


def unpacked(version: str, folder: Path) -> str:
    file = folder / f"{version}.tar"
    file.write_bytes(lzma.decompress((KEPT / f"{version}.tar.xz").read_bytes()))
    return file.name


def said_then(version: str) -> Any:
    return json.loads((KEPT / f"{version}.json").read_text(encoding="utf-8"))


def is_within(before: Any, after: Any) -> bool:
    """Whether all that was said before is said now; fields may have been added since."""
    if isinstance(before, dict):
        return all(name in after and is_within(value, after[name]) for name, value in before.items())
    if isinstance(before, list):
        return len(before) == len(after) and all(map(is_within, before, after))
    return bool(before == after)


@pytest.mark.parametrize("version", VERSIONS)
def test_an_old_backup_says_the_same_as_its_own_version(version: str, shell: Shell, tmp_path: Path) -> None:
    shell.out("restore", unpacked(version, tmp_path))
    then = said_then(version)
    assert is_within(then["progress"], json.loads(shell.out("progress", "--on", "2024-04-02", "--json")))
    assert is_within(then["signatures"], json.loads(shell.out("signatures", "--json"))["signatures"])
    head = then["audit"]["head"]
    assert "all as the chain says" in shell.out("audit", "--tables", "--against", head)


@pytest.mark.parametrize("version", VERSIONS)
def test_the_upgrade_of_an_old_backup_is_rehearsed(version: str, shell: Shell, tmp_path: Path) -> None:
    said = shell.out("doctor", "--upgrade", unpacked(version, tmp_path))
    newest = table_version.versions()[-1]
    assert f"✓ tables     brought from version {version} to {newest}" in said
    for check in ("evidence   2 files", "audit", "signatures 1 signature, as before", "figures    6 units"):
        assert f"✓ {check}" in said
    assert not list((tmp_path / "data").glob("drill-*"))
