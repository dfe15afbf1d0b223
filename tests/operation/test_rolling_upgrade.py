"""The old version goes on working while the new one brings the tables up by a migration that only adds.

The new version is a copy of this one with one more migration, a column and a table.
"""

import asyncio
import os
import random
import shutil
import signal
import sys
from pathlib import Path

import pytest

from models.storage import database, table_version
from tests.support.persistent_people.clerk import Clerk
from tests.support.phones.stage import ANA, TERE, Stage
from tests.support.processes import consistency, restarts
from tests.support.processes.killable_bot import ROOT, KillableBot
from tests.support.waiting import until

ROOMS = ("bot", "handlers", "local_telegram", "models", "reports", "spanish")
NEXT = f"{int(table_version.versions()[-1]) + 1:04}"
MIGRATION = f'''"""A migration that only adds"""

import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{table_version.versions()[-1]}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("activity", sa.Column("mood", sa.String(), nullable=False, server_default="calm"))
    op.add_column("activity", sa.Column("weather", sa.String(), nullable=True))
    op.create_table("room", sa.Column("id", sa.Integer(), primary_key=True))
'''
COLUMNS = """    version: int = 1
    mood: str = "calm"
    weather: str | None = None
    withdrawn_at"""
TABLE = """

class Room(SQLModel, table=True):
    __tablename__ = "room"

    id: int | None = Field(default=None, primary_key=True)
"""


def newer_version(folder: Path) -> Path:
    """Copy the program to the folder, with one more migration; return the folder."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "models" / "migrations" / "versions" / f"{NEXT}_more.py").write_text(MIGRATION)
    tables = folder / "models" / "tables" / "activity.py"
    text = tables.read_text(encoding="utf-8")
    first, second = text.split("    version: int = 1\n    withdrawn_at", 1)
    tables.write_text(first + COLUMNS + second + TABLE, encoding="utf-8")
    return folder


async def test_old_and_new_work_side_by_side_and_nothing_is_lost(tmp_path: Path, postgres_url: str) -> None:
    await upgrade(tmp_path, postgres_url)


@pytest.mark.long
async def test_old_and_new_share_a_sqlite_file_and_nothing_is_lost(tmp_path: Path) -> None:
    await upgrade(tmp_path, "")


async def upgrade(tmp_path: Path, url: str) -> None:
    new_root = newer_version(tmp_path / "new")
    async with Stage(tmp_path / "data", url) as stage:
        clerks = [Clerk(await stage.enter(part), random.Random(5)) for part in (ANA, TERE)]
        await stage.settled()
        await stage.stop_bot()
        settings = restarts.settings(stage)
        logs = [tmp_path / "old-log", tmp_path / "new-log"]
        for each in logs:
            each.mkdir()
        engine = database.connect(stage.settings().database)
        async with KillableBot(settings, logs[0]) as old, KillableBot(settings, logs[1], new_root) as new:
            old.start_plainly()
            async with asyncio.TaskGroup() as living:
                for clerk in clerks:
                    living.create_task(clerk.live())
                await _registered(clerks, 1)
                # The new version's command line brings the tables up, and the old one goes on.
                await _command(new_root, settings, "activities")
                before = _count(clerks)
                await _registered(clerks, before + 2)
                assert old.alive
                new.start_plainly()
                await until(lambda: "waiting until it ends" in _text(logs[1]), lambda: _text(logs[1]))
                os.kill(old.pid, signal.SIGTERM)
                await until(lambda: "Avance answers as" in _text(logs[1]), lambda: _text(logs[1]))
                assert await old.dies_itself()
                await _registered(clerks, _count(clerks) + 1)
                for clerk in clerks:
                    clerk.stop()
            await restarts.rest(stage, engine)
            await restarts.check(stage, engine, clerks)
            assert max(restarts.surplus(stage, engine).values()) == 0
        engine.dispose()
        said = await _command(new_root, settings, "audit", "--tables")
        assert "all as the chain says" in said
        for log in logs:
            consistency.check_log(log / "bot.log")
        refused = await _command(ROOT, settings, "activities", code=1)
        assert refused.startswith(
            f"error: the database is of a newer Avance, whose tables are of version {NEXT}"
        )


def _count(clerks: list[Clerk]) -> int:
    return sum(work.registered is not None for clerk in clerks for work in clerk.works)


async def _registered(clerks: list[Clerk], number: int) -> None:
    await until(lambda: _count(clerks) >= number, lambda: f"{_count(clerks)} of {number} registered")


def _text(log: Path) -> str:
    file = log / "bot.log"
    return file.read_text() if file.exists() else ""


async def _command(house: Path, settings: dict[str, str], *words: str, code: int = 0) -> str:
    """Run a command of the version in that folder; return what it printed."""
    environment = {name.upper(): str(value) for name, value in settings.items() if value}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        cwd=house,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode == code, said.decode()
    return said.decode()
