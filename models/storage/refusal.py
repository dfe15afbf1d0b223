"""Tells whether an error concerns one row or the database as a whole."""

import logging
import sqlite3

from sqlalchemy.exc import DBAPIError

from models.storage.sqlite_file.file_identity import DatabaseGone

# The primary result codes that speak of the file, the disk or a lock, whatever is written.
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
# Connection, transaction undone, resources, operator, system; a lock not to be had, read-only.
_POSTGRESQL_AWAY = ("08", "40", "53", "57P", "58", "55P03", "25006")


def is_away(error: BaseException) -> bool:
    """Return whether the database cannot be used now (locked, full, gone).

    False for what it refuses of one row: a constraint, a type, a trigger.
    """
    if isinstance(error, DatabaseGone):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    if isinstance(error.orig, sqlite3.Error):
        code: int | None = getattr(error.orig, "sqlite_errorcode", None)
        return code is not None and code & 0xFF in _SQLITE_AWAY
    state: str | None = getattr(error.orig, "sqlstate", None)
    if state is None:  # psycopg names none where the connection itself failed
        return type(error.orig).__name__ in ("OperationalError", "InterfaceError")
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

    Nothing if the database is locked, which `database.transaction` logs once; one line if it cannot be used
    otherwise; else with the traceback.
    """
    if is_locked(error):
        return
    if is_away(error):
        log.warning("%s: %s", what, str(getattr(error, "orig", error)).strip())
    else:
        log.error("%s", what, exc_info=error)
