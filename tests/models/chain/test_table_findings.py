"""Rows written without the program are reported with row, column and entry, for every column."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Table, delete, text, update
from sqlmodel import Session, col, select

from models.chain.table_findings import Amiss, Comparison, compare
from models.quarter_end import signing
from models.storage import audit, database, truth
from models.tables.activity import Activity
from models.tables.audit import Audit
from models.tables.evidence import Evidence
from models.tables.people import Membership, Person
from models.tables.signature import Signature
from tests.models.quarter_end.test_signing import SIGNED_AT, T1, prepare
from tests.support.database import every_row
from tests.support.database.every_row import TABLES, behind_the_back, key_is, other, stored
from tests.support.database.signed_quarter import signed, unit_of

each_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: str(table.name))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return every_row.make(tmp_path_factory.mktemp("rows") / "avance.db")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "copy.db"


def compared(path: Path) -> Comparison:
    engine = every_row.opened(path)
    with database.reading(engine) as session:
        found = compare(session)
    engine.dispose()
    return found


def named(found: Comparison) -> set[tuple[Amiss, str, str | None, str | None]]:
    return {(each.amiss, each.table, each.key, each.column) for each in found.findings}


def key_text(table: Table, row: dict[str, Any]) -> str:
    return "/".join(str(row[column.name]) for column in table.primary_key)


def altered(
    table: Table, row: dict[str, Any], columns: Any
) -> set[tuple[Amiss, str, str | None, str | None]]:
    return {(Amiss.ALTERED, table.name, key_text(table, row), each.name) for each in columns}


def recorded(table: Table) -> list[Any]:
    return [each for each in truth.columns(table) if not each.primary_key]


def test_rows_written_by_the_program_agree_with_the_chain(original: Path) -> None:
    found = compared(original)
    assert found.intact and found.uncompared == 0
    engine = every_row.opened(original)
    with engine.connect() as connection:
        assert all(len(stored(connection, table)) >= 2 for table in TABLES)
        assert found.rows == sum(len(stored(connection, table)) for table in TABLES)
    engine.dispose()


@each_table
def test_every_column_that_is_altered_is_named(original: Path, copy: Path, table: Table) -> None:
    with behind_the_back(original, copy) as connection:
        row = stored(connection, table)[0]
        for column in recorded(table):
            values = {column.name: other(column, row[column.name])}
            connection.execute(update(table).where(key_is(table, row)).values(values))
    assert named(compared(copy)) == altered(table, row, recorded(table))


@each_table
def test_every_column_that_is_emptied_is_named(original: Path, copy: Path, table: Table) -> None:
    emptied = []
    with behind_the_back(original, copy) as connection:
        row = stored(connection, table)[-1]
        for column in recorded(table):
            if column.nullable and row[column.name] is not None:
                emptied.append(column)
                connection.execute(
                    text(f'UPDATE "{table.name}" SET "{column.name}" = NULL WHERE rowid = :row').bindparams(
                        row=_rowid(connection, table, row)
                    )
                )
    assert named(compared(copy)) == altered(table, row, emptied)


def _rowid(connection: Connection, table: Table, row: dict[str, Any]) -> int:
    names = [column.name for column in table.primary_key]
    where = " AND ".join(f'"{name}" = :{name}' for name in names)
    found = connection.execute(
        text(f'SELECT rowid FROM "{table.name}" WHERE {where}'), {name: row[name] for name in names}
    )
    return int(found.scalar_one())


@each_table
def test_a_row_that_is_inserted_or_deleted_is_named(original: Path, copy: Path, table: Table) -> None:
    with behind_the_back(original, copy) as connection:
        rows = stored(connection, table)
        new = {
            column.name: other(column, row_value)
            for column in table.columns
            for row_value in [rows[0][column.name]]
        }
        every_row.inserted(connection, table, new)
        connection.execute(delete(table).where(key_is(table, rows[1])))
    assert named(compared(copy)) == {
        (Amiss.INSERTED, table.name, key_text(table, new), None),
        (Amiss.DELETED, table.name, key_text(table, rows[1]), None),
    }


@each_table
def test_two_rows_with_swapped_keys_are_both_named(original: Path, copy: Path, table: Table) -> None:
    """Each row gets the other's key."""
    with behind_the_back(original, copy) as connection:
        first, second = stored(connection, table)[:2]
        aside = {column.name: other(column, first[column.name]) for column in table.primary_key}
        for where, key in ((first, aside), (second, first), (aside, second)):
            values = {column.name: key[column.name] for column in table.primary_key}
            connection.execute(update(table).where(key_is(table, where)).values(values))
    different = [each for each in recorded(table) if first[each.name] != second[each.name]]
    assert different
    assert named(compared(copy)) == altered(table, first, different) | altered(table, second, different)


def erase(connection: Connection, seq: int) -> None:
    connection.execute(
        text("UPDATE audit SET before = NULL, after = NULL, salt = NULL WHERE seq = :seq"), {"seq": seq}
    )


def entry_of(connection: Connection, subject: str) -> int:
    return int(
        connection.execute(text("SELECT max(seq) FROM audit WHERE subject = :s"), {"s": subject}).scalar_one()
    )


def test_an_erased_entry_is_named_and_its_impersonal_parts_are_compared(original: Path, copy: Path) -> None:
    with behind_the_back(original, copy) as connection:
        for (seq,) in connection.execute(text("SELECT seq FROM audit")).all():
            erase(connection, seq)
        connection.execute(text("UPDATE entry SET quantity = quantity + 1 WHERE id = 1"))
    found = compared(copy)
    assert found.verdict.broken_at is None and found.uncompared > 0
    assert {each for each in named(found) if each[0] is not Amiss.ERASED} == {
        (Amiss.ALTERED, "entry", "1", "quantity")
    }
    erased = [each.entry for each in found.findings if each.amiss is Amiss.ERASED]
    assert erased == list(range(1, found.verdict.entries + 1))


@pytest.mark.parametrize("column", ["salt", "before", "after", "rows", "digest", "at", "actor", "subject"])
def test_an_entry_of_which_a_part_is_altered_or_erased_breaks_the_chain(
    original: Path, copy: Path, column: str
) -> None:
    with behind_the_back(original, copy) as connection:
        seq = entry_of(connection, "signature:1")
        values = {"salt": "NULL", "rows": "NULL", "before": "'{}'", "after": "'{}'"}
        wanted = values.get(column, "'2024-01-01 00:00:00.000000'" if column == "at" else "'other'")
        connection.execute(text(f"UPDATE audit SET {column} = {wanted} WHERE seq = {seq}"))
    assert compared(copy).verdict.broken_at == seq


@pytest.mark.parametrize("place", ["first", "middle", "order"])
def test_an_entry_that_is_missing_or_moved_breaks_the_chain(original: Path, copy: Path, place: str) -> None:
    with behind_the_back(original, copy) as connection:
        last = int(connection.execute(text("SELECT max(seq) FROM audit")).scalar_one())
        if place == "order":
            for old, new in ((last, last + 9), (last - 1, last), (last + 9, last - 1)):
                connection.execute(text(f"UPDATE audit SET seq = {new} WHERE seq = {old}"))
        else:
            connection.execute(text(f"DELETE FROM audit WHERE seq = {1 if place == 'first' else last - 1}"))
    assert compared(copy).verdict.broken_at == (1 if place == "first" else last - 1)


def test_entries_cut_off_at_the_end_leave_rows_that_nothing_wrote(original: Path, copy: Path) -> None:
    with behind_the_back(original, copy) as connection:
        connection.execute(text("DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)"))
    found = compared(copy)
    assert found.verdict.broken_at is None and not found.intact


def test_a_signature_is_verified_by_parts_that_are_never_erased(original: Path, copy: Path) -> None:
    """With three statements that turned a signed 21 % into a signed 100 %."""
    with behind_the_back(original, copy) as connection:
        seq = entry_of(connection, "signature:1")
        forged = {
            "snapshot": "{}",
            "sha256": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
        }
        connection.execute(update(Signature).where(col(Signature.id) == 1).values(**forged))
        after = f'{{"quarter": "2024-T1", "sha256": "{forged["sha256"]}", "in_place_of": null}}'
        connection.execute(
            text(f"UPDATE audit SET after = :after, salt = NULL WHERE seq = {seq}"), {"after": after}
        )
    assert compared(copy).verdict.broken_at == seq
    with behind_the_back(copy, copy.with_name("erased.db")) as connection:
        erase(connection, seq)
    engine = every_row.opened(copy.with_name("erased.db"))
    with database.reading(engine) as session:
        assert audit.verify(session).broken_at is None
        assert not signing.verify(session, session.get_one(Signature, 1))
    engine.dispose()


@pytest.mark.parametrize("column", [each.name for each in Signature.__table__.columns if each.name != "id"])  # type: ignore[attr-defined]
def test_every_column_of_a_signature_is_compared_also_when_its_entry_was_erased(
    original: Path, copy: Path, column: str
) -> None:
    table = Signature.__table__  # type: ignore[attr-defined]
    with behind_the_back(original, copy) as connection:
        row = stored(connection, table)[0]
        erase(connection, entry_of(connection, "signature:1"))
    engine = every_row.opened(copy)
    with database.reading(engine) as session:
        signature = session.get_one(Signature, row["id"])
        assert signing.verify(session, signature)
        setattr(signature, column, other(table.c[column], row[column]))
        assert not signing.verify(session, signature)
    engine.dispose()


def test_a_signature_changed_through_the_program_is_named(original: Path, copy: Path) -> None:
    with behind_the_back(original, copy):
        pass
    engine = every_row.opened(copy)
    with database.transaction(engine) as session:
        session.get_one(Signature, 1).year = 2025
    with database.reading(engine) as session:
        assert Amiss.REWRITTEN in {each.amiss for each in compare(session).findings}
        assert not signing.verify(session, session.get_one(Signature, 1))
    engine.dispose()


def test_statements_of_a_session_are_recorded_as_objects_are(original: Path, copy: Path) -> None:
    with behind_the_back(original, copy):
        pass
    engine = every_row.opened(copy)
    with database.transaction(engine) as session:
        session.execute(update(Evidence).where(col(Evidence.activity_id) == 1).values(caption="Sesión"))
        session.connection().execute(delete(Membership).where(col(Membership.person_id) == 2))
    with database.reading(engine) as session:
        assert compare(session).intact
        assert session.exec(select(Audit.rows).order_by(col(Audit.seq).desc())).first()
    engine.dispose()


def test_rows_rolled_back_by_a_savepoint_are_not_in_the_chain(engine: Engine) -> None:
    with database.transaction(engine) as session:
        session.add(Person(id=1, name="Ana", joined_at=SIGNED_AT))
        with pytest.raises(ZeroDivisionError), database.savepoint(session):
            session.add(Person(id=2, name="Eva", joined_at=SIGNED_AT))
            session.flush()
            session.execute(update(Person).where(col(Person.id) == 1).values(name="Eva"))
            raise ZeroDivisionError
        session.add(Person(id=3, name="Iris", joined_at=SIGNED_AT))
    with database.reading(engine) as session:
        found = compare(session)
        assert found.intact and found.rows == 2


STATEMENTS = (
    "UPDATE person SET telegram_id = 666 WHERE id = 2",
    "UPDATE person SET name = 'Otra' WHERE id = 2",
    "UPDATE membership SET role = 'planning', unit_id = NULL WHERE id = 1",
    "INSERT INTO membership (person_id, role, granted_at) VALUES (1, 'planning', now())",
    "UPDATE entry SET quantity = quantity + 1 WHERE id = 1",
    "UPDATE activity SET narrative = narrative || '.' WHERE id = 1",
    "UPDATE activity SET withdrawn_at = now(), withdrawn_by = 1 WHERE id = 1",
    "UPDATE target SET amount = amount * 2 WHERE id = 1",
    "UPDATE target SET plan = '[1, 1, 1, 1]' WHERE id = 1",
    "UPDATE programme SET calendar = '{}' WHERE id = 1",
    "UPDATE evidence SET activity_id = activity_id + 1 WHERE id = 1",
    "DELETE FROM evidence WHERE id = 1",
    "INSERT INTO settlement (entry_id, quantity, counts_on, registered_at, said_at)"
    " VALUES (1, 1, '2024-03-01', now(), now())",
    "UPDATE signature SET signed_at = signed_at + interval '1 day'",
    "UPDATE signature SET signed_by = 2",
)


@pytest.fixture(scope="module")
def postgres_signed(postgres: str) -> Iterator[Engine]:
    from tests.conftest import _empty_database

    with _empty_database(postgres) as url:
        engine = prepare(database.connect(url))
        with database.transaction(engine) as session:
            signed(session, 1, unit_of(session), T1, SIGNED_AT)
        yield engine
        engine.dispose()


def test_rows_on_postgresql_agree_with_the_chain(postgres_signed: Engine) -> None:
    with database.reading(postgres_signed) as session:
        found = compare(session)
        assert found.intact and found.rows > 200 and session.get(Activity, 1) is not None


@pytest.mark.parametrize("statement", STATEMENTS)
def test_altered_rows_on_postgresql_are_named(postgres_signed: Engine, statement: str) -> None:
    table = next(name for name in truth.tables() if f" {name.name} " in f"{statement} ").name
    with Session(postgres_signed) as session:
        session.connection().exec_driver_sql(statement)
        found = compare(session)
        session.rollback()
    assert found.verdict.broken_at is None and {each.table for each in found.findings} == {table}
