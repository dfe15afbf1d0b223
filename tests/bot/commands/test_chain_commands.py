"""`audit`, `signatures`, `report verify` and `doctor` detect somebody with write access to the database."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, text

from handlers.reminders.tick import tick
from handlers.routes import CONVERSATIONS
from models.quarter_end.snapshot import digest
from models.storage import audit, database
from models.storage.row_image import canonical
from models.storage.row_image import digest as personal_digest
from models.storage.unit_of_work import work_of
from models.tables.audit import Audit
from models.tables.people import Membership, Person, Role
from tests.bot.commands.test_cli import QuickShell, Shell
from tests.models.quarter_end.test_signing import SIGNED_AT, T1, prepare
from tests.support.database.signed_quarter import signed, unit_of
from tests.support.phones.stage import ANA, DIEGO, OLGA, PALOMA, Stage

REPORTS = ("docx", "pdf", "xlsx", "json")
MONDAY = datetime(2024, 4, 8, 16, tzinfo=UTC)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A signed quarter, with people in planning and an observer besides the director."""
    path = tmp_path_factory.mktemp("chain") / "avance.db"
    engine = prepare(database.connect(f"sqlite:///{path}"))
    with database.transaction(engine) as session:
        session.add(Person(id=3, name="Olga", telegram_id=3, joined_at=SIGNED_AT))
        session.flush()
        session.add(Membership(person_id=3, role=Role.OBSERVER, granted_at=SIGNED_AT))
        signed(session, 1, unit_of(session), T1, SIGNED_AT)
    engine.dispose()
    return path


@pytest.fixture
def shell(
    original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shell:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "avance.db").write_bytes(original.read_bytes())
    shell = QuickShell(tmp_path, monkeypatch, capsys)
    shell.environment["PRETEND_NOW"] = "2024-04-08T10:00"
    return shell


def run(shell: Shell, *statements: str) -> None:
    """Execute SQL without the program."""
    engine = create_engine(shell.database())
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def rewrite(shell: Shell) -> None:
    """Replace the signed quarter consistently: rows, snapshot, and every entry of the chain."""
    engine = create_engine(shell.database())
    with engine.begin() as connection:
        was, snapshot = connection.execute(text("SELECT sha256, snapshot FROM signature")).one()
        forged = snapshot.replace('"participants":', '"participants": ', 1) + " "
        sha256 = digest(forged)
        connection.execute(
            text("UPDATE signature SET snapshot = :snapshot, sha256 = :sha256"),
            {"snapshot": forged, "sha256": sha256},
        )
        connection.execute(text("UPDATE entry SET quantity = quantity * 3 WHERE id = 1"))
        quantity = connection.execute(text("SELECT quantity FROM entry WHERE id = 1")).scalar_one()
        _rechain(connection, {was: sha256}, quantity, forged)
    engine.dispose()


def _rechain(connection: Connection, hashes: dict[str, str], quantity: int, snapshot: str) -> None:
    previous = audit.GENESIS
    table = Audit.__table__  # type: ignore[attr-defined]
    for row in connection.execute(table.select().order_by(table.c.seq)).all():
        entry = dict(row._mapping)
        images = json.loads(entry["rows"] or "null")
        for image in images or ():
            name, key, _, plain, digests = image
            if (name, key) == ("entry", "[1]") and "quantity" in plain:
                plain["quantity"] = quantity
            if name == "signature" and "snapshot" in digests:
                plain["sha256"] = hashes[plain["sha256"]]
                digests["snapshot"] = personal_digest(entry["salt"], name, key, "snapshot", snapshot)
        entry["rows"] = canonical(images) if images is not None else None
        if entry["action"] == "sign":
            entry["after"] = entry["after"] | {"sha256": hashes[entry["after"]["sha256"]]}
        entry["digest"] = audit._digest(entry["salt"], entry["before"], entry["after"])
        facts = (entry["actor"], entry["action"], entry["subject"], entry["digest"])
        facts += (entry["rows"],) if entry["rows"] is not None else ()
        entry["hash"] = previous = audit._hash(previous, entry["seq"], entry["at"], *facts)
        connection.execute(table.update().where(table.c.seq == entry["seq"]).values(**entry))


def heads_told(shell: Shell) -> dict[int, str]:
    """Return the weekly message to each person, by Telegram id."""
    engine = database.connect(shell.database())
    told: dict[int, str] = {}
    more = True
    while more:
        with database.transaction(engine) as session:
            more = tick(session, MONDAY, CONVERSATIONS)
        for saying in work_of(session).outbox:
            if found := re.search(r"<code>(\d+:[0-9a-f]{64})</code>", saying.payload.get("text", "")):
                assert saying.chat_id not in told
                told[saying.chat_id] = found[1]
    engine.dispose()
    return told


def test_tables_are_compared_and_differences_named(shell: Shell) -> None:
    said = json.loads(shell.out("audit", "--tables", "--json"))
    assert said["intact"] and said["tables"]["rows"] > 200 and said["tables"]["findings"] == []
    assert "rows compared in" in shell.out("audit", "--tables")
    run(
        shell,
        "UPDATE target SET amount = amount / 2 WHERE id = 2",
        "UPDATE person SET telegram_id = 9 WHERE id = 2",
    )
    done = shell.run("audit", "--tables")
    assert done.returncode == 1
    assert re.search(r"^target 2: amount is not what entry \d+ says$", done.stdout, re.MULTILINE)
    assert re.search(r"^person 2: telegram_id is not what entry \d+ says$", done.stdout, re.MULTILINE)
    shown = shell.run("audit", "--tables", "--json")
    findings = json.loads(shown.stdout)["tables"]["findings"]
    assert shown.returncode == 1 and json.loads(shown.stdout)["intact"] is False
    assert {(each["table"], each["key"], each["column"]) for each in findings} == {
        ("target", "2", "amount"),
        ("person", "2", "telegram_id"),
    }
    assert json.loads(shell.out("audit", "--json"))["intact"], "without --tables only the chain is read"


def test_doctor_with_all_compares_the_tables(shell: Shell) -> None:
    def of_audit() -> dict[str, Any]:
        checks = json.loads(shell.run("doctor", "--all", "--json").stdout)["checks"]
        return next(each for each in checks if each["name"] == "audit")

    assert of_audit()["ok"] and "rows agree" in of_audit()["said"]
    run(shell, "DELETE FROM entry WHERE id = 1")
    assert of_audit()["ok"] is False and "entry 1: entry " in of_audit()["said"]


def test_a_rewritten_chain_is_detected_by_any_message_or_report(shell: Shell, tmp_path: Path) -> None:
    for kind in REPORTS:
        shell.out("report", "make", "2024-T1", "--unit", "juridica", "--format", kind, "-o", f"old.{kind}")
    heads = heads_told(shell)
    printed = shell.out("audit").strip()
    assert heads.keys() == {2, 3}, "planning and observers"
    (tmp_path / "evidence").mkdir()
    for anchor in (
        *heads.values(),
        printed,
        printed.rpartition(" ")[2],
        *(f"old.{kind}" for kind in REPORTS),
    ):
        assert "the chain contains the head" in shell.out("audit", "--against", anchor)
    rewrite(shell)
    assert json.loads(shell.out("audit", "--tables", "--json"))["intact"]
    assert "intact" in shell.out("signatures")
    for anchor in (
        *heads.values(),
        printed,
        printed.rpartition(" ")[2],
        *(f"old.{kind}" for kind in REPORTS),
    ):
        assert "is not in this chain" in shell.error(1, "audit", "--tables", "--against", anchor)
    for kind in REPORTS:
        assert "is not in the database" in shell.error(1, "signatures", "--against", f"old.{kind}")
        done = shell.run("report", "verify", f"old.{kind}", "--evidence", "evidence", "--json")
        assert done.returncode == 1 and json.loads(done.stdout)["database"]["entry"] is None


def test_a_truncated_chain_is_detected_by_a_head(shell: Shell) -> None:
    head = shell.out("audit").strip()
    run(shell, "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)")
    assert "its end was cut off" in shell.error(1, "audit", "--against", head)


def test_a_report_agrees_with_the_database_that_it_was_made_of(shell: Shell, tmp_path: Path) -> None:
    for kind in REPORTS:
        shell.out("report", "make", "2024-T1", "--unit", "juridica", "--format", kind, "-o", f"old.{kind}")
        said = json.loads(shell.out("signatures", "--against", f"old.{kind}", "--json"))["report"]
        assert [each["intact"] for each in said["signatures"]] == [True] and said["chain_contains_it"]
    (tmp_path / "evidence").mkdir()
    assert (
        "this database has it: entry"
        in shell.run("report", "verify", "old.json", "--evidence", "evidence").stdout
    )


def test_an_invalid_head_is_refused(shell: Shell) -> None:
    assert "neither a report nor a head" in shell.error(2, "audit", "--against", "12:abc")
    assert "no report" in shell.error(2, "signatures", "--against", "data/avance.db")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE signature SET signed_by = 2",
        "UPDATE signature SET in_place_of = 2",
        "UPDATE signature SET signed_at = '2024-04-01 15:00:00.000000'",
        "UPDATE signature SET quarter = 2",
        "UPDATE signature SET unit_id = unit_id + 1",
        "DELETE FROM signature",
        "INSERT INTO reopening (unit_id, year, quarter, reason, until, reopened_at)"
        " VALUES (1, 2024, 1, 'x', '2024-05-01', '2024-04-03 15:00:00.000000')",
    ],
)
def test_signatures_reports_altered_signatures_and_reopenings(shell: Shell, statement: str) -> None:
    assert shell.run("signatures").returncode == 0
    run(shell, statement)
    done = shell.run("signatures")
    assert done.returncode == 1 and "error: " in done.stderr


def test_erasing_an_entry_loses_nothing_else(shell: Shell) -> None:
    entries = json.loads(shell.out("audit", "--json"))["entries"]
    for seq in range(1, entries + 1):
        shell.out("erase", str(seq), "--reason", "Lo pidió su titular", "--yes")
    said = json.loads(shell.out("audit", "--tables", "--json"))
    assert (
        said["intact"] and said["erased"] == list(range(1, entries + 1)) and said["tables"]["uncompared"] == 0
    )
    assert all("Lo pidió su titular" in each for each in reasons(shell, entries))
    assert "--reason" in shell.run("erase", "1", "--yes").stderr
    assert "--reason" in shell.error(2, "erase", "1", "--reason", " ", "--yes")
    assert "was erased before" in shell.error(1, "erase", "1", "--reason", "x", "--yes")
    assert "is not in the chain" in shell.error(1, "erase", "9999", "--reason", "x", "--yes")
    run(shell, "UPDATE activity SET narrative = 'otra' WHERE id = 1")
    assert "activity 1: narrative" in shell.error(1, "audit", "--tables")


def reasons(shell: Shell, entries: int) -> list[str]:
    """Return the reasons in the entries that record an erasure."""
    engine = create_engine(shell.database())
    with engine.connect() as connection:
        said = connection.execute(text("SELECT after FROM audit WHERE action = 'erase entry'")).scalars()
        found = [json.loads(each)["reason"] for each in said]
    engine.dispose()
    assert len(found) == entries
    return found


async def test_the_nightly_check_notifies_planning_and_observers(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with Stage(tmp_path) as stage:
        paloma, olga, diego, _ = [await stage.enter(each) for each in (PALOMA, OLGA, DIEGO, ANA)]
        assert stage.app._schedule is not None
        look = next(job.work for job in stage.app._schedule.jobs if "audit chain" in job.name)
        await look()
        engine = create_engine(f"sqlite:///{tmp_path / 'avance.db'}")
        with engine.begin() as connection:
            connection.execute(
                text("UPDATE membership SET role = 'planning', unit_id = NULL WHERE person_id = 4")
            )
        engine.dispose()
        before = {each: (await each.last()).id for each in (paloma, olga, diego)}
        for night, told in ((21, True), (21, False), (22, True)):
            stage.world.move_to(datetime(2024, 3, night, 10, tzinfo=UTC))
            await stage.settled()
            stage.app.clock.set(datetime(2024, 3, night, 10, tzinfo=UTC))
            await look()
            await stage.settled()
            for phone in (paloma, olga):
                message = await phone.last()
                assert (message.id != before[phone]) is told
                assert "membership 4 role" in message.text and "bitácora" in message.text
                before[phone] = message.id
        assert (await diego.last()).id == before[diego]
        assert "Audit: membership 4: role is not what entry" in caplog.text


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE signature SET unit_id = 999",
        "UPDATE signature SET quarter = 7",
        "UPDATE signature SET signed_at = 'x'",
        "UPDATE signature SET snapshot = x'ff'",
        "UPDATE person SET name = x'ff' WHERE id = 1",
        "UPDATE programme SET calendar = '{'",
        "DELETE FROM unit WHERE id = 1",
        "UPDATE audit SET at = 'x' WHERE seq = 2",
        "UPDATE audit SET salt = x'ff' WHERE seq = 2",
        "CREATE TRIGGER t AFTER INSERT ON entry BEGIN UPDATE entry SET quantity = 9; END",
    ],
)
def test_every_alteration_is_reported_before_a_command_fails(shell: Shell, statement: str) -> None:
    run(shell, "PRAGMA ignore_check_constraints=ON", statement)
    for command in (["audit", "--tables"], ["signatures"], ["doctor", "--all"]):
        done = shell.run(*command)
        assert "fault of Avance" not in done.stderr and "Traceback" not in done.stderr
        assert done.returncode == 1 or command == ["signatures"]
