"""Databases as a first start leaves them, made once in each process and copied for every test.

To migrate an empty database and load a programme takes half a second; more than a thousand tests want one.
"""

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Engine, create_engine, text

from models.operations import migrating
from models.programme_changes.importing import ensure_loaded
from models.programme_file.file import BUNDLED
from models.storage import database


def copy_tables(to: Path) -> None:
    """Put a SQLite database there that has the newest tables and nothing in them."""
    _copy(_tables(), to)


def copy_programme(to: Path, programme: Path | None, now: datetime) -> None:
    """Put a SQLite database there into which that file, by default the bundled one, was loaded then."""
    _copy(_programme((programme or BUNDLED).read_text(encoding="utf-8"), now), to)


def _copy(made: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(made, to)


@cache
def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="avance-templates-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _tables() -> Path:
    path = _folder() / "tables.db"
    with _closed_after(f"sqlite:///{path}") as engine:
        migrating.migrate(engine)
    return path


@cache
def _programme(programme: str, now: datetime) -> Path:
    path, file = (_folder() / f"{uuid4().hex}.{suffix}" for suffix in ("db", "yaml"))
    copy_tables(path)
    file.write_text(programme, encoding="utf-8")
    with _closed_after(f"sqlite:///{path}") as engine, database.transaction(engine) as session:
        ensure_loaded(session, file, now)
    return path


@contextmanager
def _closed_after(url: str) -> Iterator[Engine]:
    engine = database.connect(url)
    yield engine
    engine.dispose()  # the last connection writes the log into the file


def create_on_postgresql(server: str, name: str, template: str | None = None) -> str:
    """Create an empty database, or a copy of that one; return its address."""
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else "")))
    admin.dispose()
    return server.replace("/postgres?", f"/{name}?")


def drop_on_postgresql(server: str, name: str) -> None:
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@cache
def tables_on_postgresql(server: str) -> str:
    """Return the name of a database on that server that has the newest tables and nothing in them."""
    name = "template_tables"
    with _closed_after(create_on_postgresql(server, name)) as engine:
        migrating.migrate(engine)
    return name
