"""People's texts cannot control the terminal, in any command, error or log line."""

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.terminal import counted, escaped
from models.storage import database
from tests.bot.commands.test_cli import Shell
from tests.bot.evidence.evidence_stage import registered, with_card
from tests.support.phones.stage import Stage

HOSTILE = "\x1b[2J\x1b]0;owned\x07\r\x08\x9b31m\u202e\u2066\x7f"
STEERING = [chr(code) for code in (*range(9), *range(11, 32), *range(0x7F, 0xA0), 0x202E, 0x2066)]


async def hostile(tmp_path: Path) -> Shell:
    """A database in which every text from people contains terminal control characters."""
    async with Stage(tmp_path / "data") as stage:
        ana, card = await with_card(stage)
        await registered(ana, card)
    engine = database.connect(f"sqlite:///{tmp_path / 'data' / 'avance.db'}")
    with engine.begin() as connection:
        for table, column in (
            ("activity", "narrative"),
            ("person", "name"),
            ("unit", "name"),
            ("line", "title"),
            ("target", "measure"),
        ):
            connection.execute(text(f"UPDATE {table} SET {column} = :said || {column}"), {"said": HOSTILE})
    engine.dispose()
    return Shell(tmp_path)


@pytest.mark.parametrize(
    "command",
    [
        ("activities",),
        ("activities", "--json"),
        ("progress",),
        ("progress", "--json"),
        ("progress", "x\x1b[2J"),
        ("progress", "--on", "\x1b[2J"),
        ("signatures",),
        ("programme", "export", "\x1b[2J/absent.yaml"),
        ("programme", "check", "\x1b[2J.yaml"),
        ("report", "check", "2024-T1"),
        ("invite", "--role", "staff", "--unit", "juridica"),
        ("doctor",),
        ("\x1b[2J",),
    ],
    ids=ascii,
)
async def test_no_command_prints_terminal_control_characters(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    shell = await hostile(tmp_path)
    done = shell.run(*command)
    printed = done.stdout + done.stderr
    assert printed
    assert [ascii(each) for each in STEERING if each in printed] == []


async def test_json_stays_exact(tmp_path: Path) -> None:
    shell = await hostile(tmp_path)
    (activity,) = json.loads(shell.out("activities", "--json"))["activities"]
    assert activity["narrative"].startswith(HOSTILE)


def test_control_characters_are_shown_escaped() -> None:
    assert escaped("Ana\x1b[2J\u202e\nñ\t👩‍🌾") == "Ana\\u001b[2J\\u202e\nñ\t👩‍🌾"


def test_a_count_of_one_is_singular() -> None:
    said = [counted(1, "unit"), counted(2, "unit"), counted(1, "entry", "entries"), counted(0, "line")]
    assert said == ["1 unit", "2 units", "1 entry", "0 lines"]
