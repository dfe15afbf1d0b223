"""Tells whether an error concerns one row or the database as a whole."""

import logging
import sqlite3

from sqlalchemy.exc import DBAPIError

from models.storage.sqlite_file.file_identity import DatabaseGone

# SQLite's primary result codes about the file, the disk or a lock, independent of what is written.
_SQLITE_AWAY = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_CORRUPT,
}
# SQLSTATE classes: connection, rollback, resources, operator, system; codes: lock not available, read-only.
_POSTGRESQL_AWAY = ("08", "40", "53", "57P", "58", "55P03", "25006")


def is_away(error: BaseException) -> bool:
    """Return whether the database cannot be used now (locked, full, gone).

    False for what it refuses of one row: a constraint, a type, a trigger.
    """
    if isinstance(error, DatabaseGone):
        return True
    if not isinstance(error, DBAPIError):
        return type(error).__module__.startswith("psycopg") and _is_away_by_state(error)
    if error.connection_invalidated:
        return True
    if isinstance(error.orig, sqlite3.Error):
        code: int | None = getattr(error.orig, "sqlite_errorcode", None)
        return code is not None and code & 0xFF in _SQLITE_AWAY
    return _is_away_by_state(error.orig)


def _is_away_by_state(error: BaseException | None) -> bool:
    """Return it for an error of psycopg, as raised or as the origin of SQLAlchemy's."""
    state: str | None = getattr(error, "sqlstate", None)
    if state is None:  # psycopg sets none if the connection itself failed
        return type(error).__name__ in ("OperationalError", "InterfaceError")
    return state.startswith(_POSTGRESQL_AWAY)


def is_locked(error: BaseException) -> bool:
    """Return whether another process holds the lock that a write needs."""
    if not isinstance(error, DBAPIError) or not is_away(error):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return error.orig.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return getattr(error.orig, "sqlstate", None) == "55P03"


def note(log: logging.Logger, what: str, error: Exception) -> None:
    """Log what failed.

    Logs nothing if the database is locked, which `database.transaction` logs once; one line if the database
    cannot be used for another reason; else the traceback.
    """
    if is_locked(error):
        return
    if is_away(error):
        log.warning("%s: %s", what, str(getattr(error, "orig", error)).strip())
    else:
        log.error("%s", what, exc_info=error)
