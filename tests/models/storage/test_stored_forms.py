"""Values that SQLite stores in another type or spelling, and extra parts of the schema, are reported."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session

from models.chain.table_findings import Amiss, Comparison, compare
from models.operations import migrating
from models.quarter_end import signing
from models.storage import audit, database
from models.tables.audit import Audit
from models.tables.signature import Signature
from tests.models.quarter_end.test_signing import SIGNED_AT
from tests.support.database import every_row
from tests.support.database.every_row import behind_the_back

ODD = (
    ("entry", "quantity", "CAST(quantity AS BLOB)"),
    ("entry", "quantity", "quantity || ' actas'"),
    ("activity", "starts_on", "replace(starts_on, '-', '')"),
    ("activity", "starts_on", "starts_on || ' '"),
    ("activity", "starts_on", "starts_on || ' 00:00:00'"),
    ("activity", "registered_at", "replace(registered_at, ' ', 'T')"),
    ("activity", "registered_at", "substr(registered_at, 1, 16)"),
    ("activity", "narrative", "CAST(narrative AS BLOB)"),
    ("activity", "narrative", "narrative || char(0)"),
    ("membership", "role", "upper(role)"),
    ("target", "plan", "substr(plan, 2)"),
    ("signature", "snapshot", "CAST(snapshot AS BLOB)"),
    ("signature", "signed_at", "5"),
)
JUNK = (
    ("salt", "CAST(salt AS BLOB)"),
    ("actor", "CAST(actor AS BLOB)"),
    ("rows", "CAST(rows AS BLOB)"),
    ("hash", "CAST(hash AS BLOB)"),
    ("at", "'yesterday'"),
    ("at", "5"),
    ("before", "'{'"),
    ("after", "x'ff'"),
)
SCHEMA = (
    ("CREATE TRIGGER t AFTER INSERT ON entry BEGIN UPDATE entry SET quantity = 9; END", "trigger t", None),
    ("CREATE VIEW v AS SELECT * FROM entry", "view v", None),
    ("ALTER TABLE evidence DROP COLUMN caption", "evidence", "caption"),
    ("ALTER TABLE entry RENAME COLUMN quantity TO much", "entry", "quantity"),
    ("ALTER TABLE draft ADD COLUMN more TEXT", "draft", "more"),
    ("DROP TABLE notice", "notice", None),
)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return every_row.make(tmp_path_factory.mktemp("rows") / "avance.db")


def compared(original: Path, copy: Path, *statements: str) -> Comparison:
    with behind_the_back(original, copy) as connection:
        for statement in statements:
            connection.execute(text(statement.replace(":", "\\:")))
    engine = every_row.opened(copy)
    with database.reading(engine) as session:
        found = compare(session)
    engine.dispose()
    return found


@pytest.mark.parametrize(("table", "column", "value"), ODD)
def test_a_value_in_another_form_is_named_with_row_and_column(
    original: Path, tmp_path: Path, table: str, column: str, value: str
) -> None:
    found = compared(original, tmp_path / "copy.db", f"UPDATE {table} SET {column} = {value} WHERE id = 1")
    named = [(each.amiss, each.table, each.key, each.column) for each in found.findings]
    assert named == [(Amiss.ALTERED, table, "1", column)]


@pytest.mark.parametrize(("column", "value"), JUNK)
def test_an_entry_that_cannot_be_read_breaks_the_chain_there(
    original: Path, tmp_path: Path, column: str, value: str
) -> None:
    with behind_the_back(original, tmp_path / "copy.db") as connection:
        seq = connection.execute(text("SELECT seq FROM audit WHERE subject = 'signature:1'")).scalar_one()
        connection.execute(text(f"UPDATE audit SET {column} = {value} WHERE seq = {seq}"))
    engine = every_row.opened(tmp_path / "copy.db")
    with database.reading(engine) as session:
        assert audit.verify(session).broken_at == seq
        assert compare(session).verdict.broken_at == seq
        assert not signing.verify(session, session.get_one(Signature, 1))
    engine.dispose()


@pytest.mark.parametrize(
    "rows",
    ["{", "[1]", '[["entry","[1]","=",1,{}]]', '[["entry","1]","=",{},{}]]', '[["entry","[1]","*",{},{}]]'],
)
def test_an_appended_entry_with_a_right_hash_and_no_rows_breaks_the_chain(
    original: Path, tmp_path: Path, rows: str
) -> None:
    assert _appended(original, tmp_path / "copy.db", "write", "entry", rows)


@pytest.mark.parametrize("subject", ["audit:x", "", "7:"])
def test_an_appended_erasure_of_no_entry_breaks_the_chain(
    original: Path, tmp_path: Path, subject: str
) -> None:
    assert _appended(original, tmp_path / "copy.db", "erase entry", subject, None)


def _appended(original: Path, copy: Path, action: str, subject: str, rows: str | None) -> bool:
    """Return whether the chain is broken at an entry that was appended as the program would."""
    with behind_the_back(original, copy):
        pass
    engine = every_row.opened(copy)
    with database.transaction(engine) as session:
        seq, previous = audit.head(session)
        at = SIGNED_AT
        digest = audit._digest("s", None, None)
        entry = Audit(
            seq=seq + 1,
            at=at,
            actor="bot",
            action=action,
            subject=subject,
            salt="s",
            digest=digest,
            rows=rows,
            hash="",
        )
        entry.hash = audit._hash(previous, seq + 1, at, *audit._facts(entry, digest, rows))
        session.add(entry)
    with database.reading(engine) as session:
        found = compare(session)
    engine.dispose()
    return found.verdict.broken_at == seq + 1


@pytest.mark.parametrize(("statement", "name", "column"), SCHEMA)
def test_extra_and_missing_parts_of_the_schema_are_named(
    original: Path, tmp_path: Path, statement: str, name: str, column: str | None
) -> None:
    found = compared(original, tmp_path / "copy.db", statement)
    assert (name, column) in {(each.table, each.column) for each in found.findings}
    assert all(str(each).startswith(each.table) for each in found.findings)


def test_a_trigger_or_a_view_of_postgresql_is_named(postgres_url: str) -> None:
    engine = database.connect(postgres_url)
    migrating.migrate(engine)
    with Session(engine) as session:
        assert compare(session).intact
        for statement in (
            "CREATE VIEW v AS SELECT * FROM entry",
            "CREATE RULE r AS ON INSERT TO entry DO ALSO NOTHING",
            "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
            "CREATE TRIGGER t BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION f()",
        ):
            session.connection().exec_driver_sql(statement)
        found = compare(session)
        session.rollback()
    engine.dispose()
    assert {each.table for each in found.findings} == {"rule r", "trigger t", "view v"}
