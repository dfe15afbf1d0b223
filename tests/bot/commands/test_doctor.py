"""`doctor` reports each thing that is wrong, and changes nothing."""

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.clock import Clock
from models.storage import database
from models.tables.chat.inbox import Inbox
from models.tables.chat.outbox import Outbox
from tests.bot.commands.test_cli import TOKEN, QuickShell, Shell
from tests.bot.evidence.evidence_stage import with_photo
from tests.support.phones.stage import MORNING, Stage
from tests.support.processes.full_disk import full_disk

EVERYTHING = {
    *("settings", "zones", "folder", "isolation", "telegram", "clock", "database", "download"),
    *("audit", "programme", "evidence", "messages", "bot", "backup"),
}


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Shell:
    return QuickShell(tmp_path, monkeypatch, capsys)


def examined(shell: Shell, *options: str, **settings: str) -> dict[str, dict[str, Any]]:
    """Run doctor; return each check, and test that the exit code agrees."""
    done = shell.run("doctor", "--json", *options, **settings)
    said = json.loads(done.stdout)
    checks = {each["name"]: each for each in said["checks"]}
    assert checks.keys() == EVERYTHING
    wrong = [name for name, each in checks.items() if each["ok"] is False]
    assert all(checks[name]["way_out"] for name in wrong)
    assert said["well"] is (not wrong) and done.returncode == (1 if wrong else 0)
    return checks


def wrong(shell: Shell, *options: str, **settings: str) -> dict[str, str]:
    return {
        name: each["said"]
        for name, each in examined(shell, *options, **settings).items()
        if each["ok"] is False
    }


def changed(shell: Shell, *statements: str) -> None:
    """Execute SQL without the program."""
    engine = database.connect(shell.database())
    with engine.begin() as connection:
        for each in statements:
            connection.execute(text(each))
    engine.dispose()


@pytest.fixture
async def kept(tmp_path: Path, shell: Shell) -> Path:
    """The evidence folder of an installation that has one activity with a photograph, and a backup."""
    async with Stage(tmp_path / "data") as stage:
        await with_photo(stage)
    shell.out("backup", "avance.tar")
    return tmp_path / "data" / "evidence"


async def test_doctor_finds_nothing_wrong_with_a_running_bot(tmp_path: Path, database_url: str) -> None:
    shell = Shell(tmp_path)
    async with Stage(tmp_path / "data", database_url) as stage:
        await with_photo(stage)
        settings = {"TELEGRAM_TOKEN": stage.world.token, "TELEGRAM_API_URL": stage.server.url}
        settings["DATABASE_URL"] = database_url
        await asyncio.to_thread(shell.out, "backup", "avance.tar", **settings)
        checks = await asyncio.to_thread(examined, shell, **settings)
        assert [each["said"] for each in checks.values() if each["ok"] is not True] == []
        assert stage.world.bot["username"] in checks["telegram"]["said"]
        said = await asyncio.to_thread(shell.out, "doctor", **settings)
    assert said.count("✓ ") == len(EVERYTHING)


def test_doctor_creates_nothing_before_the_first_start(shell: Shell) -> None:
    assert wrong(shell).keys() == {"folder", "database"}
    assert list(shell.folder.iterdir()) == []


def test_doctor_finds_nothing_wrong_without_a_running_bot(shell: Shell, kept: Path) -> None:
    assert wrong(shell) == {}
    checks = examined(shell, PRETEND_NOW="2024-03-20T10:00")
    assert checks["bot"]["ok"] is None and "last heard on 2024-03-20 15:00" in checks["bot"]["said"]


def test_doctor_reports_missing_and_altered_evidence(shell: Shell, kept: Path) -> None:
    gone, spoilt = sorted(path for path in kept.rglob("*") if path.is_file())
    spoilt.write_bytes(b"rot")
    assert "missing: 0, damaged: 1" in wrong(shell, "--all")["evidence"]
    gone.unlink()
    said = wrong(shell)["evidence"]
    assert "of 2 files missing: 1, damaged: 1" in said and gone.name in said
    with_way_out = examined(shell)["evidence"]["way_out"]
    assert f"evidence/{gone.name[:2]}/{gone.name}" in with_way_out


def test_doctor_reports_files_that_others_can_read_and_the_remedy(shell: Shell, kept: Path) -> None:
    kept.chmod(0o755)
    check = examined(shell)["folder"]
    assert check["ok"] is False and str(kept) in check["said"]
    assert check["way_out"].startswith("chmod go= ")


def test_doctor_reports_a_folder_of_another_database(shell: Shell, kept: Path) -> None:
    (mark,) = kept.glob("database-*")
    mark.rename(kept / "database-of-another")
    assert "belongs to another database" in wrong(shell)["evidence"]


async def test_doctor_reports_a_downloaded_file_with_another_hash(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    async with Stage(tmp_path / "data") as stage:
        await with_photo(stage)
        settings = {"TELEGRAM_TOKEN": stage.world.token, "TELEGRAM_API_URL": stage.server.url}
        with database.transaction(stage.app.engine) as session:
            session.execute(text("UPDATE evidence SET sha256 = replace(sha256, 'a', 'b')"))
        checks = await asyncio.to_thread(examined, shell, **settings)
    assert checks["download"]["ok"] is False and "another content" in checks["download"]["said"]


def test_doctor_reports_faults_inside_the_database(shell: Shell, kept: Path) -> None:
    changed(shell, "UPDATE audit SET actor = 'somebody else' WHERE seq = 3")
    assert wrong(shell) == {"audit": "broken at entry 3: its facts or its place in the chain were altered"}
    changed(shell, "DELETE FROM backup")
    assert wrong(shell)["backup"] == "there is none"
    assert (
        wrong(shell, PRETEND_NOW="2025-01-02T09:00")["programme"] == "there is none for 2025, only for 2024"
    )


def test_doctor_reports_an_old_backup(shell: Shell, kept: Path) -> None:
    assert "8 days old" in wrong(shell, PRETEND_NOW="2024-03-28T10:00")["backup"]


def test_doctor_reports_failed_and_waiting_messages(shell: Shell, kept: Path) -> None:
    engine = database.connect(shell.database())
    with database.transaction(engine) as session:
        at = MORNING - timedelta(minutes=35)
        waiting = Outbox(chat_id=1, method="sendMessage", payload="{}", created_at=at)
        session.add(waiting)
    assert wrong(shell)["messages"].endswith("1 to be sent, the oldest for 35 min")
    with database.transaction(engine) as session:
        session.add(Inbox(update_id=9, received_at=MORNING, payload="{}", set_aside_at=MORNING))
    engine.dispose()
    assert wrong(shell)["messages"].startswith("1 set aside")


def test_doctor_reports_a_database_that_cannot_be_used(shell: Shell, kept: Path) -> None:
    changed(shell, "UPDATE alembic_version SET version_num = '0001'")
    assert "of version 0001, this Avance of" in wrong(shell)["database"]
    changed(shell, "UPDATE alembic_version SET version_num = '9999'")
    assert "newer Avance" in wrong(shell)["database"]
    changed(shell, "DROP TABLE alembic_version")
    assert "has no tables" in wrong(shell)["database"]
    assert "not understood" in wrong(shell, DATABASE_URL="nonsense")["database"]
    secret = "postgresql+psycopg://avance:s3cret@127.0.0.1:9/avance"
    said = wrong(shell, DATABASE_URL=secret)["database"]
    assert "refused" in said and "s3cret" not in said


def test_doctor_reports_a_damaged_database(shell: Shell, kept: Path) -> None:
    file = shell.folder / "data" / "avance.db"
    content = bytearray(file.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 20_000] = b"\xff" * 20_000
    file.write_bytes(content)
    assert "database" in wrong(shell)


def test_doctor_reports_invalid_and_public_settings(shell: Shell, kept: Path) -> None:
    assert wrong(shell, PORT="many")["settings"].startswith("PORT: ")
    env = shell.folder / ".env"
    env.write_text(f"TELEGRAM_TOKEN={TOKEN}\nTELEGRAM_API_URL=http://127.0.0.1:9\n")
    env.chmod(0o644)
    assert wrong(shell)["settings"] == "others can read .env and its secrets"
    env.chmod(0o600)
    assert wrong(shell).keys() == {"telegram"}


def test_doctor_reports_a_full_folder_and_little_free_space(shell: Shell, kept: Path) -> None:
    with full_disk(kept) as disk:
        with suppress(OSError):
            (kept / "filler").write_bytes(b"0" * 1_000_000)
        assert wrong(shell)["folder"] == f"{kept} takes no file: No space left on device"
        disk.widen()
        assert wrong(shell)["folder"].endswith("takes files; 0.1 GB are free")


class Answers(BaseHTTPRequestHandler):
    """A Bot API that knows one token, and whose clock and webhook can be set."""

    ahead = timedelta()
    webhook = ""

    def do_POST(self) -> None:
        known = TOKEN in self.path
        result = (
            {"id": 987654321, "username": "avance_bot"} if "getMe" in self.path else {"url": self.webhook}
        )
        body = {"ok": True, "result": result} if known else {"ok": False, "description": "Unauthorized"}
        status = 200 if known else 401
        if known and "getFile" in self.path:
            status, body = 400, {"ok": False, "description": "Bad Request: wrong file_id"}
        content = json.dumps(body).encode()
        self.send_response_only(status)
        self.send_header("Date", format_datetime(Clock().now() + self.ahead, usegmt=True))
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def bot_api() -> Iterator[dict[str, str]]:
    """Run it with Telegram's time and no webhook; return its address and the token, as settings."""
    Answers.ahead, Answers.webhook = timedelta(), ""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield {
            "TELEGRAM_TOKEN": TOKEN,
            "TELEGRAM_API_URL": f"http://127.0.0.1:{server.server_port}",
            "PRETEND_NOW": "2024-03-20T09:00",
        }
        server.shutdown()


def test_doctor_reports_telegrams_answer_clock_and_webhook(
    shell: Shell, kept: Path, bot_api: dict[str, str]
) -> None:
    assert wrong(shell, **bot_api) == {}
    Answers.ahead = timedelta(minutes=-2)
    assert wrong(shell, **bot_api)["clock"].endswith(" s ahead of Telegram's")
    Answers.ahead = timedelta(minutes=2)
    assert wrong(shell, **bot_api)["clock"].endswith(" s behind Telegram's")
    Answers.ahead, Answers.webhook = timedelta(), "https://example.org"
    assert "another webhook than WEBHOOK_URL" in wrong(shell, **bot_api)["telegram"]
    assert wrong(shell, **bot_api, WEBHOOK_URL=Answers.webhook) == {}
    Answers.webhook = ""
    hook = {"WEBHOOK_URL": "https://example.org"}
    assert "has no webhook" in wrong(shell, **bot_api, **hook)["telegram"]
    unknown = bot_api | {"TELEGRAM_TOKEN": "1:AAH-another-token-of-the-right-length"}
    assert wrong(shell, **unknown) == {"telegram": "it does not know this TELEGRAM_TOKEN"}
