"""The engine, its pragmas, and the two scopes of work: the transaction and the savepoint."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url
from sqlmodel import Session

from models import audit, outbox, recording

# Lists that a savepoint takes back when it is undone, as the database takes back its rows.
_GATHERED = ("audit", "outbox", "answers")
_READS_ONLY = "reads_only"
BUSY_TIMEOUT_MS = 10_000
MIGRATIONS = Path(__file__).parent / "migrations"


def connect(url: str) -> Engine:
    """An engine for SQLite (WAL, full durability, immediate transactions) or PostgreSQL.

    SQLite: with the driver's default transactions concurrent read-modify-writes are silently lost, so the
    driver opens none (`isolation_level=None`) and every transaction begins IMMEDIATE.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        engine = create_engine(parsed, pool_pre_ping=True)
        recording.watch(engine)
        return engine
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"isolation_level": None})

    @event.listens_for(engine, "connect")
    def _set_pragmas(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        reads = _READS_ONLY in connection.get_execution_options()
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    recording.watch(engine)
    return engine


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest version, with what they hold in the audit chain; safe at every start."""
    with engine.begin() as connection:
        stored = version(connection)
    if stored != (newest := versions()[-1]):
        with rebuilding(engine) as connection:
            disagreed = disagreeing(connection)
            upgrade(connection)
            write_baseline(connection, stored, newest, disagreed)


def versions() -> list[str]:
    """Every version of the tables that there was, oldest first. The files' names begin with theirs."""
    return sorted(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("*.py"))


def version(connection: Connection) -> str | None:
    """The version of the tables as they stand, found out without Alembic; None where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def upgrade(connection: Connection, to: str = "head") -> None:
    """Run the migrations that are missing up to that version, in the transaction of `rebuilding`."""
    # Imported here: a tenth of the time and of the memory of a start, and most starts need none of it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def disagreeing(connection: Connection) -> Collection[tuple[str, str]]:
    """The rows that do not agree with the audit chain, by table and key; asked before an upgrade."""
    from models import baseline

    with Session(connection, join_transaction_mode="rollback_only") as session:
        return baseline.disagreeing(session)


def write_baseline(
    connection: Connection, before: str | None, after: str, disagreed: Collection[tuple[str, str]]
) -> None:
    """Write into the audit chain what an upgrade from one version to another left out of it."""
    from models import baseline

    with Session(connection, join_transaction_mode="rollback_only") as session:
        baseline.write(session, before, after, disagreed)


@contextmanager
def rebuilding(engine: Engine) -> Iterator[Connection]:
    """One transaction in which tables are made and altered.

    SQLite alters a table by making another and dropping the first, which foreign keys would forbid; they
    can only be put aside before a transaction begins.
    """
    with engine.connect() as connection, _foreign_keys_aside(connection), connection.begin():
        yield connection


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """One transaction that reads everything as it is now, and keeps nobody from writing meanwhile."""
    options: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    if engine.dialect.name == "sqlite":
        options = {_READS_ONLY: True}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """The same as a session. What would be written is lost."""
    with snapshot(engine) as connection, Session(connection, autoflush=False) as session:
        yield session


@contextmanager
def _foreign_keys_aside(connection: Connection) -> Iterator[None]:
    driver = connection.connection.dbapi_connection
    assert driver is not None
    if connection.dialect.name != "sqlite":
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """One transaction: what was said in it is stored, what was audited is chained last, then it commits.

    After the commit `session.info["outbox"]` holds the sayings with their ids, to be handed to delivery.
    """
    with Session(engine, expire_on_commit=False, autoflush=True) as session, session.begin():
        yield session
        finish(session)


def finish(session: Session) -> None:
    """Store what was said and chain what was written and audited: the last of a transaction."""
    session.flush()
    outbox.store(session)
    audit.chain(session)


@contextmanager
def savepoint(session: Session) -> Iterator[None]:
    """Part of a transaction that can be undone alone, with what it said and audited.

    Plain SAVEPOINT statements: `Session.begin_nested` costs three times as much, and what it adds (taking
    objects back to their earlier state) is had by forgetting them, since all that came before was flushed.
    """
    session.flush()  # before the marks: the rows that it writes are gathered too, and stay
    marks = {name: list(session.info.setdefault(name, [])) for name in _GATHERED}
    # The driver's own connection: these three words need nothing of what SQLAlchemy does for a statement.
    driver = session.connection().connection.dbapi_connection
    assert driver is not None
    driver.execute("SAVEPOINT turn")
    try:
        yield
        session.flush()
    except BaseException:
        driver.execute("ROLLBACK TO SAVEPOINT turn")
        driver.execute("RELEASE SAVEPOINT turn")
        session.expunge_all()
        for name, gathered in marks.items():
            session.info[name][:] = gathered
        if session.info.get("programmes_touched"):
            session.info.pop("programmes", None)
        raise
    driver.execute("RELEASE SAVEPOINT turn")
