"""The engine, its pragmas, transactions and savepoints."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakSet

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlmodel import Session

from models.storage import audit, outbox, recording
from models.storage.refusal import is_away, is_locked
from models.storage.sqlite_file import file_identity
from models.storage.unit_of_work import Mark, work_of

log = logging.getLogger(__name__)

_READS_ONLY = "reads_only"
BUSY_TIMEOUT_MS = 10_000
_SILENCE = {  # of libpq: seconds, times and milliseconds after which a peer that does not answer is gone
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
_locked: WeakSet[Engine] = WeakSet()  # engines whose last transaction met another process's lock


def connect(url: str, patience_ms: int | None = None) -> Engine:
    """Return an engine for SQLite (WAL, full durability, immediate transactions) or PostgreSQL.

    `patience_ms` is how long to wait for a lock that another process holds; by default ten seconds on SQLite
    and for ever on PostgreSQL.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        engine = _sqlite(parsed, patience_ms)
    else:
        arguments = _lock_timeout(parsed, patience_ms) | _silence_limits(parsed)
        engine = create_engine(parsed, pool_pre_ping=True, hide_parameters=True, connect_args=arguments)
    recording.watch(engine)
    return engine


def _sqlite(url: URL, patience_ms: int | None) -> Engine:
    """Return an engine for SQLite.

    With the driver's default transactions, concurrent read-modify-writes are silently lost. So the driver
    opens none (`isolation_level=None`) and every transaction begins IMMEDIATE.
    """
    patience = BUSY_TIMEOUT_MS if patience_ms is None else patience_ms
    engine = create_engine(url, connect_args={"isolation_level": None}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _set_pragmas(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in (
            f"busy_timeout={patience}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "wal_autocheckpoint=0",  # `models.storage.sqlite_file.file_guard` writes the log into the file
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reads = _READS_ONLY in connection.get_execution_options()
        # Only the first transaction that meets a lock waits for it; later ones fail at once, since waiting
        # blocks the event loop.
        wait = 0 if patience_ms is not None and engine in _locked else patience
        if connection.info.get("busy_timeout", patience) != wait:
            connection.info["busy_timeout"] = wait
            connection.exec_driver_sql(f"PRAGMA busy_timeout={wait}")
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        file_identity.watch(engine, Path(url.database))
    return engine


def _silence_limits(url: URL) -> dict[str, int]:
    """Return psycopg's arguments by which a connection that is cut off fails, unless the URL has its own."""
    return {name: value for name, value in _SILENCE.items() if name not in url.query}


def _lock_timeout(url: URL, patience_ms: int | None) -> dict[str, Any]:
    """Return psycopg's argument for the lock timeout, added to the options of the URL."""
    if patience_ms is None:
        return {}
    named = url.query.get("options", "")
    given = named if isinstance(named, str) else " ".join(named)
    return {"options": f"{given} -c lock_timeout={patience_ms}".strip()}


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Yield a connection that reads one consistent state and does not block writers."""
    options: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    if engine.dialect.name == "sqlite":
        options = {_READS_ONLY: True}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Yield a session on a `snapshot`. Its changes are not stored."""
    with snapshot(engine) as connection, Session(connection, autoflush=False) as session:
        yield session


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """Run a transaction: outbox rows are stored, the audit is chained last, then it commits.

    After the commit the unit of work holds the calls with their ids, to be passed to delivery. Raises
    `DatabaseGone` if the database file is missing or was replaced.
    """
    try:
        with Session(engine, expire_on_commit=False, autoflush=True) as session, session.begin():
            yield session
            complete(session)
            file_identity.require_in_place(engine)
    except Exception as error:
        if is_locked(error):
            _note_lock(engine)
        file_identity.require_in_place(engine)
        raise
    _note_free(engine)
    file_identity.require_in_place(engine)


def _note_lock(engine: Engine) -> None:
    if engine not in _locked:
        _locked.add(engine)
        log.warning("Another process holds the database's lock; everything waits until it lets go")


def _note_free(engine: Engine) -> None:
    if engine in _locked:
        _locked.discard(engine)
        log.info("The database can be written again")


def complete(session: Session) -> None:
    """Store the changes and outbox rows so far, and chain the audit."""
    session.flush()
    outbox.store(session)
    audit.chain(session)


@contextmanager
def savepoint(session: Session, whole: bool = False) -> Iterator[None]:
    """Run a part of a transaction that can be rolled back alone, with its outbox calls and audit changes.

    `whole`: these are stored inside the savepoint too, so that none of them can fail later.
    """
    mark = _marked(session)
    unstored = [each for each in mark.outbox if not each.id]
    try:
        with session.begin_nested():
            yield
            session.flush()
            if whole:
                complete(session)
    except BaseException:
        _forget(session, mark)
        for each in unstored:
            each.id = 0
        raise


@contextmanager
def quick_savepoint(session: Session) -> Iterator[None]:
    """Like `savepoint`, by plain statements at a tenth of the cost (docs/decisions/0005, 0033).

    A row that the database refuses ends the whole transaction; `session.is_active` is false then. So does a
    database that cannot be used any more.
    """
    mark = _marked(session)
    # The driver's own connection, since SQLAlchemy's work for each statement is not needed here.
    driver = session.connection().connection.dbapi_connection
    assert driver is not None
    driver.execute("SAVEPOINT turn")
    try:
        yield
        session.flush()
    except BaseException as error:
        if session.is_active and not is_away(error):  # else the whole transaction is lost
            driver.execute("ROLLBACK TO SAVEPOINT turn")
            driver.execute("RELEASE SAVEPOINT turn")
            _forget(session, mark)
        raise
    driver.execute("RELEASE SAVEPOINT turn")


@dataclass
class PartialTransaction:
    """The result of `separately`: `kept` is true once the part is stored."""

    kept: bool = False


@contextmanager
def separately(session: Session, what: str) -> Iterator[PartialTransaction]:
    """Run a part of a transaction whose failure is logged with `what`, rolled back, and not raised.

    Raises only if the database cannot be used at all.
    """
    part = PartialTransaction()
    try:
        with savepoint(session, whole=True):
            yield part
        part.kept = True
    except Exception as error:
        if is_away(error):
            raise
        log.exception("%s", what)


def _marked(session: Session) -> Mark:
    """Return what was recorded so far, after a flush, since flushing records rows."""
    session.flush()
    return work_of(session).mark()


def _forget(session: Session, mark: Mark) -> None:
    """Reset the session to its state at the savepoint; everything before was flushed."""
    session.expunge_all()
    work_of(session).undo(mark)
