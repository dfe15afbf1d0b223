"""What the guard of the database file accepts as ours: work of other processes by SQLite."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from models.storage import database
from models.storage.sqlite_file import file_guard, file_identity, file_mark
from models.storage.sqlite_file.file_identity import DatabaseGone


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "avance.db"


@pytest.fixture
def engine(file: Path) -> Iterator[Engine]:
    engine = database.connect(f"sqlite:///{file}")
    file_identity.guard(engine)
    yield engine
    engine.dispose()


def write(engine: Engine, kilobytes: int = 1) -> None:
    with database.transaction(engine) as session:
        session.execute(text("CREATE TABLE IF NOT EXISTS words (word)"))
        session.execute(text(f"INSERT INTO words VALUES (randomblob({kilobytes * 1024}))"))


def overwritten(path: Path, content: bytes) -> None:
    with path.open("r+b") as opened:
        opened.write(content)
        opened.truncate()


def test_a_long_wal_is_checkpointed(engine: Engine, file: Path) -> None:
    for _ in range(3):
        write(engine, file_guard.LOG_BYTES // 1024 + 1)
        assert Path(f"{file}-wal").stat().st_size > file_guard.LOG_BYTES
        file_identity.look_after(engine)
        assert Path(f"{file}-wal").stat().st_size < 100_000
    assert file.stat().st_size > 3 * file_guard.LOG_BYTES


def test_another_process_may_write_and_checkpoint(engine: Engine, file: Path) -> None:
    for mode in ("PASSIVE", "FULL", "RESTART", "TRUNCATE"):
        write(engine)
        with closing(sqlite3.connect(file)) as other:
            other.execute("INSERT INTO words VALUES ('another')")
            other.commit()
            assert other.execute(f"PRAGMA wal_checkpoint({mode})").fetchone()[0] == 0
        write(engine)
        file_identity.look_after(engine)
        write(engine)


def test_a_reader_that_blocks_the_checkpoint_is_not_reported(engine: Engine, file: Path) -> None:
    write(engine)
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM words").fetchone()
        for _ in range(3):
            write(engine, file_guard.LOG_BYTES // 1024 + 1)
            file_identity.look_after(engine)
    file_identity.look_after(engine)
    assert Path(f"{file}-wal").stat().st_size < 100_000


def test_a_change_of_permissions_or_name_is_not_reported(engine: Engine, file: Path) -> None:
    write(engine)
    file.chmod(0o640)
    os.link(file, file.with_name("link"))
    write(engine)


def test_an_older_copy_is_noticed_after_a_checkpoint(engine: Engine, file: Path) -> None:
    write(engine, file_guard.LOG_BYTES // 1024 + 1)
    file_identity.look_after(engine)
    before = file.read_bytes()
    write(engine, file_guard.LOG_BYTES // 1024 + 1)
    file_identity.look_after(engine)
    write(engine)
    overwritten(file, before.ljust(file.stat().st_size, b"\0"))
    with pytest.raises(DatabaseGone, match="was cut or overwritten"):
        write(engine)
    assert file_mark.is_foreign_log(file, Path(f"{file}-wal"))


def test_changes_based_on_another_file_are_not_committed(engine: Engine, file: Path) -> None:
    """The error of a missing table is not blamed on the row."""
    write(engine)
    log = Path(f"{file}-wal")
    committed = log.read_bytes()
    with pytest.raises(DatabaseGone), database.transaction(engine) as session:
        session.execute(text("INSERT INTO words VALUES ('lost')"))
        overwritten(file, bytes(file.stat().st_size))
        session.execute(text("SELECT * FROM no_such_table"))
    assert log.read_bytes() == committed
    with pytest.raises(DatabaseGone), database.transaction(engine) as session:
        session.execute(text("INSERT INTO words VALUES ('lost')"))
    assert log.read_bytes() == committed


def test_the_content_of_a_deleted_wal_is_written_into_the_file(engine: Engine, file: Path) -> None:
    write(engine)
    with pytest.raises(DatabaseGone, match="-wal was deleted"), database.transaction(engine) as session:
        session.execute(text("INSERT INTO words VALUES ('not confirmed')"))
        Path(f"{file}-wal").unlink()
    with closing(sqlite3.connect(f"file:{file}?immutable=1", uri=True)) as alone:
        assert alone.execute("SELECT count(*) FROM words").fetchone() == (1,)


def test_reading_the_mark_keeps_the_lock(engine: Engine, file: Path) -> None:
    with database.transaction(engine) as session:
        session.execute(text("CREATE TABLE words (word)"))
        assert file_mark.mark_of(file) is not None
        code = (
            "import sqlite3, sys\n"
            "other = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)\n"
            "other.execute('BEGIN IMMEDIATE')\n"
        )
        found = subprocess.run([sys.executable, "-c", code, file], capture_output=True, text=True)
    assert "database is locked" in found.stderr


def test_an_emptied_file_is_not_initialized_again(engine: Engine, file: Path) -> None:
    write(engine)
    file.unlink()
    with pytest.raises(DatabaseGone, match="belongs to another database"):
        database.connect(f"sqlite:///{file}").connect()
    assert not file.exists()
