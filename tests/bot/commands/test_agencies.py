"""`progress --all`: several agencies' databases in one command, which only reads them."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, event, text

from bot.commands import agencies
from models.storage import database
from tests.bot.commands.test_cli import QuickShell, quick
from tests.support.database import database_templates as templates
from tests.support.database import registered_activities as registered
from tests.support.database.registered_activities import Claimed

__all__ = ["quick"]
NOW = datetime(2024, 3, 20, 15, tzinfo=UTC)
ROOT = Path(__file__).parents[3]


def agency(path: Path, activities: int = 0, programme: Path | None = None) -> Path:
    """Make the database of an agency with so many activities of one minute each."""
    templates.copy_programme(path, programme, NOW)
    if activities:
        engine = database.connect(f"sqlite:///{path}")
        for _ in range(activities):
            registered.store(engine, line=1, claimed=(Claimed(1), Claimed(0)))
        engine.dispose()
    return path


def municipality(path: Path) -> Path:
    file = path.with_suffix(".yaml")
    written = (ROOT / "tests/data/agencies/municipality.yaml").read_text(encoding="utf-8")
    file.write_text(written.replace("2025", "2024"), encoding="utf-8")
    return agency(path, programme=file)


def test_each_agency_has_a_line_and_what_one_command_alone_says_of_it(quick: QuickShell) -> None:
    agency(quick.folder / "data" / "avance.db", activities=3)
    municipality(quick.folder / "municipality.db")
    shown = quick.out("progress", "--all", "data", "municipality.db").splitlines()
    assert len(shown) == 2
    assert "SESAECH" in shown[0] and "3 activities" in shown[0] and "0 of 6 signed" in shown[0]
    assert "Ayuntamiento SBL" in shown[1] and "0 activities" in shown[1]
    shape = json.loads(quick.out("progress", "--all", "data", "municipality.db", "--json"))
    assert shape["unreadable"] == []
    alone = json.loads(quick.out("progress", "--json"))
    assert {name: shape["agencies"][0][name] for name in alone} == alone
    assert [each["database"] for each in shape["agencies"]] == ["data", "municipality.db"]


def test_databases_are_listed_in_a_file_beside_which_they_lie(quick: QuickShell) -> None:
    folder = quick.folder / "agencies"
    agency(folder / "one.db")
    agency(folder / "two" / "avance.db")
    (folder / "list.txt").write_text("# the agencies\n\none.db\n  two\none.db\n", encoding="utf-8")
    shape = json.loads(quick.out("progress", "--all", "--list", "agencies/list.txt", "--json"))
    assert [each["database"] for each in shape["agencies"]] == ["one.db", "two"]


def test_what_cannot_be_read_keeps_nobody_back_and_is_said(quick: QuickShell) -> None:
    agency(quick.folder / "good.db")
    old = agency(quick.folder / "old.db")
    engine = database.connect(f"sqlite:///{old}")
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0003'"))
    engine.dispose()
    (quick.folder / "noise.db").write_bytes(b"no database at all " * 100)
    broken = "postgresql+psycopg://planning:hidden-word@127.0.0.1:9/avance"
    done = quick.run("progress", "--all", "noise.db", "old.db", "absent.db", broken, "good.db")
    assert done.returncode == 1 and "4 of 5 databases cannot be read" in done.stderr
    assert "SESAECH" in done.stdout and "hidden-word" not in done.stdout + done.stderr
    for said in ("noise.db: file is not a database", "old.db: its tables are of version 0003", "no file"):
        assert said in done.stdout, said
    assert not (quick.folder / "absent.db").exists()


def test_the_command_line_says_what_is_wrong_with_it(quick: QuickShell) -> None:
    assert "name the databases after --all" in quick.error(2, "progress", "--all")
    assert quick.error(2, "progress", "--list", "x") == "--list goes with --all"
    assert "--all is for several databases" in quick.error(2, "progress", "juridica", "archivo")
    assert "x cannot be read: No such file" in quick.error(1, "progress", "--all", "--list", "x")


def test_nothing_is_written_to_a_database_that_is_read(quick: QuickShell) -> None:
    path = agency(quick.folder / "one.db", activities=1)
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    quick.out("progress", "--all", "one.db")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert sorted(each.name for each in quick.folder.iterdir()) == ["one.db"]


def test_an_agency_costs_the_same_statements_whatever_it_has_registered(tmp_path: Path) -> None:
    few, many = agency(tmp_path / "few.db", activities=1), agency(tmp_path / "many.db", activities=40)
    assert len(statements(few)) == len(statements(many))


def statements(*paths: Path) -> list[str]:
    """Return the statements of one command for these databases."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        shape = agencies.told(agencies.places([*map(str, paths)], None), None, NOW)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert not shape["unreadable"]
    return seen


def test_postgresql_is_read_beside_sqlite(tmp_path: Path, postgres: str) -> None:
    with_tables = templates.tables_on_postgresql(postgres)
    url = templates.create_on_postgresql(postgres, "agencies_test", with_tables)
    shape = agencies.told(agencies.places([url, str(agency(tmp_path / "one.db"))], None), None, NOW)
    assert [each["short_name"] for each in shape["agencies"]] == ["SESAECH"]
    (unread,) = shape["unreadable"]
    assert unread["reason"] == "it has no programme for 2024"
    templates.drop_on_postgresql(postgres, "agencies_test")
