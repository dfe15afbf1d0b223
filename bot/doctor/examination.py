"""All checks of `doctor`, in the order in which faults are best repaired."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from zoneinfo import ZoneInfoNotFoundError

from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError
from sqlmodel import Session

from bot import clock
from bot.cli_context import connect_only
from bot.doctor import contents, files, surroundings
from bot.doctor.check import Check, unseen
from bot.failure import Failure
from bot.settings import Settings
from bot.storage.store import Store
from models.programme.view import DEFAULT_ZONE, programmes
from models.storage.audit import UNREADABLE
from models.storage.database import snapshot, transaction

NAMES = (
    *("settings", "zones", "folder", "isolation", "telegram", "clock", "database", "download"),
    *("audit", "programme", "evidence", "messages", "bot", "backup"),
)


def examine(everything: bool) -> list[Check]:
    """Run the checks; changes nothing. `everything`: compare all files with their hash, all rows with the
    chain."""
    chosen, check = surroundings.settings()
    checks = [check, surroundings.zones()]
    if chosen is not None:
        asked, announced = surroundings.telegram(chosen)
        now = announced or clock.starting(chosen.pretend_now, DEFAULT_ZONE).now()
        checks += [surroundings.folder(chosen.data_dir, chosen.database), files.isolation(), *asked]
        answers = all(check.ok is not False for check in asked)
        with suppress(ZoneInfoNotFoundError):  # reported above; no date in the database can be read
            checks += _database(chosen, now, everything, answers)
    looked_at = {check.name for check in checks}
    return checks + [unseen(name, "see above") for name in NAMES if name not in looked_at]


def _database(chosen: Settings, now: datetime, everything: bool, answers: bool) -> list[Check]:
    """Check the content if the tables are of this version; `answers`: Telegram responds."""
    try:
        if (none := contents.file_of(chosen)) is not None:
            return [none]
        with connect_only(chosen) as engine:
            check = contents.tables(engine)
            if not check.ok:
                return [check]
            inside = _inside(engine, Store(chosen.data_dir / "evidence"), now, everything)
            return [check, *(_download(engine, chosen) if answers else []), *inside]
    except (Failure, ArgumentError):
        way_out = "write it like postgresql+psycopg://…"
        return [Check("database", False, "DATABASE_URL is not understood", way_out)]


def _download(engine: Engine, chosen: Settings) -> list[Check]:
    with transaction(engine) as session:
        newest = files.newest(session)
    return [files.download(chosen, newest)]


def _inside(engine: Engine, store: Store, now: datetime, everything: bool) -> list[Check]:
    checks: list[Check] = []
    with transaction(engine) as session:
        checks += _read("programme", lambda: [contents.programme(session, programmes(session), now)])
        checks += _read("messages", lambda: contents.messages(session, programmes(session), now))
        checks += _read("backup", lambda: [contents.last_backup(session, now)])
    with snapshot(engine) as connection:  # they may take long, and do not block writers
        checks += _read("evidence", lambda: [contents.evidence(connection, store, everything)])
        with Session(connection, join_transaction_mode="rollback_only") as session:
            checks.append(contents.chain(session, everything))
    return sorted(checks, key=lambda check: NAMES.index(check.name))


def _read(name: str, look: Callable[[], list[Check]]) -> list[Check]:
    """Return the checks, or one that says that the stored data cannot be read."""
    try:
        return look()
    except UNREADABLE as error:
        said = f"what is stored cannot be read ({type(error).__name__})"
        return [Check(name, False, said, "python -m bot audit --tables names what was altered")]
