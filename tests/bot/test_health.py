"""`python -m bot health`: what it imports, and what it says of a bot that lives, hangs or is none."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from bot import clock
from models.storage import database
from models.tables.operations.sign_of_life import SignOfLife
from tests.support.phones.stage import ANA, Stage
from tests.support.processes.killable_bot import KillableBot
from tests.support.waiting import until

ROOT = Path(__file__).parents[2]
HEAVY = {
    "pydantic",
    "sqlalchemy",
    "sqlmodel",
    "typer",
    "telegram",
    "aiohttp",
    "starlette",
    "models",
    "handlers",
}


def ask(folder: Path, url: str = "", *flags: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATA_DIR": str(folder), "DATABASE_URL": url}
    return subprocess.run(
        [sys.executable, *flags, "-m", "bot", "health", "--json"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_a_bot_that_lives_is_well_and_a_dead_one_is_not(
    tmp_path: Path, kind: str, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgres_url") if kind == "postgresql" else ""
    async with Stage(tmp_path, url) as stage:
        await stage.enter(ANA)
        await until(lambda: stage.app.pulse.age is not None)
        done = await asyncio.to_thread(ask, tmp_path, url)
        assert done.returncode == 0, done.stdout
        said = json.loads(done.stdout)
        assert said["well"] and abs(said["beat_seconds"]) < 60
        assert said["heard_at"].startswith("2024-03-20")
        await stage.stop_bot()
        engine = database.connect(stage.settings().database)
        with database.transaction(engine) as session:
            row = session.exec(select(SignOfLife)).one()
            row.beat_at = clock.machine_now() - timedelta(seconds=75)
        engine.dispose()
    done = await asyncio.to_thread(ask, tmp_path, url)
    assert done.returncode == 1
    assert "75 s old" in done.stdout or "76 s old" in done.stdout or not json.loads(done.stdout)["well"]


async def test_telegram_s_silence_does_not_make_it_ill(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await stage.stop_bot()
        settings = {
            "telegram_token": stage.world.token,
            "telegram_api_url": "http://127.0.0.1:9",  # nobody listens there
            "data_dir": str(tmp_path),
        }
        async with KillableBot(settings, tmp_path) as bot:
            bot.start()
            await until(lambda: ask(tmp_path).returncode == 0, every=0.5)


@pytest.mark.parametrize("what", ["nothing", "no tables", "not a database", "no server"])
def test_what_is_no_bot_is_said_in_one_sentence(tmp_path: Path, what: str) -> None:
    url = "postgresql+psycopg://nobody@127.0.0.1:9/none" if what == "no server" else ""
    if what != "nothing":
        (tmp_path / "avance.db").write_bytes(b"" if what == "no tables" else b"neither" * 1000)
    done = ask(tmp_path, url)
    assert done.returncode == 1
    said = json.loads(done.stdout)["said"]
    assert said.startswith("the database does not answer: ") and "\n" not in said
    assert "Traceback" not in done.stderr


def test_it_reads_the_settings_as_the_bot_does(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"DATA_DIR={tmp_path / 'elsewhere'}\n")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DATA_DIR": "", "DATABASE_URL": ""}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "health"],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert (
        done.stderr
        == f"error: the database does not answer: there is none at {tmp_path}/elsewhere/avance.db\n"
    )


def test_it_imports_nothing_heavy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The time is printed, not asserted, since it is the machine's; the imports are what takes it."""
    done = ask(tmp_path, "", "-X", "importtime")
    lines = [line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if "|" in line]
    assert "bot.health" in lines
    assert not {each.partition(".")[0] for each in lines} & HEAVY
    assert len(lines) < 250, "as many modules as a plain script with JSON, SQLite and sockets needs"
    began = time.perf_counter()
    ask(tmp_path)
    with capsys.disabled():
        print(f"\npython -m bot health: {1000 * (time.perf_counter() - began):.0f} ms")  # noqa: T201


async def test_a_frozen_bot_shows_no_sign_of_life(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await stage.stop_bot()
        settings: dict[str, Any] = {
            "telegram_token": stage.world.token,
            "telegram_api_url": stage.server.url,
            "data_dir": str(tmp_path),
        }
        engine = database.connect(stage.settings().database)

        def beat() -> Any:
            with database.reading(engine) as session:
                row = session.exec(select(SignOfLife)).first()
                return row and row.beat_at

        before = beat()
        async with KillableBot(settings, tmp_path) as bot:
            bot.start()
            await until(lambda: beat() != before)
            os.kill(bot.pid, signal.SIGSTOP)
            frozen = beat()
            await asyncio.sleep(0)
            with database.transaction(engine) as session:
                session.get_one(SignOfLife, 1).beat_at = frozen - timedelta(minutes=2)
            assert ask(tmp_path).returncode == 1
            os.kill(bot.pid, signal.SIGCONT)
            await until(lambda: ask(tmp_path).returncode == 0, every=0.5)
        engine.dispose()
