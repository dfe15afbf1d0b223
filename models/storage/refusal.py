"""Whether a failure is one row's, or the database's own."""

import logging
import sqlite3

from sqlalchemy.exc import DBAPIError

from models.storage.database_file import DatabaseGone

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
    """Whether the database itself cannot be used now (locked, full, gone), so that later all may go well.

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
    """Whether another process holds the lock that a write needs."""
    if not isinstance(error, DBAPIError) or not is_away(error):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return error.orig.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return getattr(error.orig, "sqlstate", None) == "55P03"


def note(log: logging.Logger, what: str, error: Exception) -> None:
    """Log what could not be done: nothing where the database is locked, which `database.transaction` says
    once; one line where it cannot be used otherwise; else with the traceback, since it is a fault of ours.
    """
    if is_locked(error):
        return
    if is_away(error):
        log.warning("%s: %s", what, str(getattr(error, "orig", error)).strip())
    else:
        log.error("%s", what, exc_info=error)
