"""The engine, its pragmas, and the two scopes of work: the transaction and the savepoint."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url
from sqlmodel import Session

from models import audit, outbox

# Lists that a savepoint takes back when it is undone, as the database takes back its rows.
_GATHERED = ("audit", "outbox", "answers")
BUSY_TIMEOUT_MS = 10_000
MIGRATIONS = Path(__file__).parent / "migrations"


def connect(url: str) -> Engine:
    """An engine for SQLite (WAL, full durability, immediate transactions) or PostgreSQL.

    SQLite: with the driver's default transactions concurrent read-modify-writes are silently lost, so the
    driver opens none (`isolation_level=None`) and every transaction begins IMMEDIATE.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True)
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
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest version; safe to call at every start."""
    if not _is_newest(engine):
        _upgrade(engine)


def _is_newest(engine: Engine) -> bool:
    """Whether nothing is to be done, found out without Alembic. The files' names begin with their version."""
    newest = max(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("*.py"))
    with engine.begin() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return False
        stored = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
        return list(stored) == [newest]


def _upgrade(engine: Engine) -> None:
    """Run the migrations that are missing.

    SQLite alters a table by making another and dropping the first, which foreign keys would forbid; they
    can only be put aside before a transaction begins.
    """
    # Imported here: a tenth of the time and of the memory of a start, and most starts need none of it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect() as connection, _foreign_keys_aside(connection), connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


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
        session.flush()
        outbox.store(session)
        audit.chain(session)


@contextmanager
def savepoint(session: Session) -> Iterator[None]:
    """Part of a transaction that can be undone alone, with what it said and audited.

    Plain SAVEPOINT statements: `Session.begin_nested` costs three times as much, and what it adds (taking
    objects back to their earlier state) is had by forgetting them, since all that came before was flushed.
    """
    marks = {name: list(session.info.setdefault(name, [])) for name in _GATHERED}
    session.flush()
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
