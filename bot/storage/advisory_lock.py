"""PostgreSQL's lock: held by a connection that is used twice a second, and taken from one that is not.

1. The process that works holds a session-level advisory lock on a connection of its own, and a thread renews
   it: it runs a statement there every `RENEW_EVERY` seconds, also while the event loop is busy.
2. A spare tries to take the lock every `ASK_EVERY` seconds. It is free when its holder or the holder's
   connection ended. Of a holder that was not renewed for `FROZEN_AFTER` seconds by the database's clock,
   because it is frozen or cut off, the spare ends the connection.
3. Every other connection of the process that works holds a second lock, shared, and is opened only if the
   process has the first one. A new holder ends the connections that its predecessor left, and waits until
   they are gone, before it reads anything. So a process that wakes too late can write nothing.
4. Calls to Telegram begin only within `CERTAIN_FOR` seconds of the last renewal (`is_certain`); a new holder
   waits for so long unless its predecessor was frozen for longer. So a process that wakes too late, or is cut
   off from the database alone, says nothing.
"""

import logging
import os
import select
import socket
import threading
import time
from typing import Any

import psycopg
from psycopg.pq.abc import PGconn
from sqlalchemy import Connection, Engine, NullPool, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from bot.storage.single_instance import ASK_EVERY, LockLost

log = logging.getLogger(__name__)

NAME = "avance: at work"  # the name that PostgreSQL shows for the connection with the lock
LOCK = 0x4156414E  # "AVAN": exclusive, of the process that works
MEMBER = 0x41564D42  # "AVMB": shared by the other connections of that process
RENEW_EVERY = 0.5  # seconds
CERTAIN_FOR = 1.5  # seconds since the last renewal
FROZEN_AFTER = 2.5  # seconds since the last renewal, after which a spare takes the lock
END_WITHIN = 60.0  # seconds that the program has to end after it lost the lock
CONNECT_AGAIN = 1.0  # seconds until a spare connects again to a database that is away
ENDING = 0.02  # seconds between two looks whether ended connections are gone
GONE = "the connection that kept other processes off the database was lost"
_SILENT_MS = int(FROZEN_AFTER * 1000)
_ARGUMENTS = {  # a connection that is cut off ends with an error, instead of waiting for ever
    "application_name": NAME,
    "connect_timeout": 5,
    "keepalives_idle": 1,
    "keepalives_interval": 1,
    "keepalives_count": 2,
    "tcp_user_timeout": _SILENT_MS,
}

_HOLDERS = """
SELECT l.pid FROM pg_locks l JOIN pg_database d ON d.oid = l.database
WHERE l.locktype = 'advisory' AND l.granted AND d.datname = current_database()
AND l.classid = 0 AND l.objid = {key} AND l.objsubid = 1 AND l.pid <> pg_backend_pid()
"""
_TAKE = text(f"SELECT pg_try_advisory_lock({LOCK})")
_PID = text("SELECT pg_backend_pid()")
_END_FROZEN = text(
    f"SELECT pg_terminate_backend(a.pid) FROM pg_stat_activity a, ({_HOLDERS.format(key=LOCK)}) h "
    "WHERE a.pid = h.pid AND a.application_name = :name "
    "AND a.query_start < clock_timestamp() - make_interval(secs => :seconds)"
)
_END_MEMBERS = text(f"SELECT pg_terminate_backend(pid) FROM ({_HOLDERS.format(key=MEMBER)}) m")
_JOIN = f"SELECT pg_advisory_lock_shared({MEMBER})"
_IS_HOLDER = f"SELECT count(*) FROM ({_HOLDERS.format(key=LOCK)}) h WHERE h.pid = "


class AdvisoryLock:
    """The lock on the engine's database; `take` until it returns true, then `release` at the end."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._own = create_engine(
            engine.url,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
            connect_args=_ARGUMENTS,
        )
        self._connection: Connection | None = None
        self._waited = False  # whether another process had the lock when it was tried last
        self._ended_it = False  # whether that one was frozen, and its connection was ended
        self._pid = 0
        self._renewed_at = 0.0
        self._lost = False
        self._renewing: threading.Thread | None = None
        self._bell, self._to_ring = socket.socketpair()

    def take(self) -> bool:
        """Try once. A database that is away is an error at the first time only, then a reason to wait."""
        try:
            taken = self._try()
        except DBAPIError as error:
            if not self._waited:
                raise
            log.warning("The database does not answer the waiting process: %s", str(error.orig).strip())
            self._disconnect()
            time.sleep(CONNECT_AGAIN)
            return False
        if taken:
            self._renewing = threading.Thread(target=self._renew_until_released, daemon=True, name="lock")
            self._renewing.start()
        return taken

    def _try(self) -> bool:
        if self._connection is None:
            self._connection = self._own.connect()
        begun = _now()
        if not self._connection.execute(_TAKE).scalar():
            self._waited, wanted = True, {"name": NAME, "seconds": FROZEN_AFTER}
            self._ended_it = bool(self._connection.execute(_END_FROZEN, wanted).all())
            if self._ended_it:
                log.warning("The process that worked with this database is frozen or cut off")
            return False
        self._pid = self._connection.execute(_PID).scalar_one()
        while self._connection.execute(_END_MEMBERS).all():
            time.sleep(ENDING)
        if self._waited and not self._ended_it:
            time.sleep(CERTAIN_FOR)
            begun = _now()
            self._connection.execute(_PID)
        self._renewed_at = begun
        self._engine.dispose()
        event.listen(self._engine, "connect", self._admit)
        return True

    def require(self) -> None:
        if self._lost:
            raise LockLost(GONE)

    @property
    def is_certain(self) -> bool:
        return not self._lost and _now() - self._renewed_at < CERTAIN_FOR

    def release(self) -> None:
        self._to_ring.close()
        if self._renewing is not None:
            self._renewing.join()
        self._disconnect()
        self._bell.close()

    def _admit(self, connection: Any, _record: Any) -> None:
        """Mark a new connection of the engine as one of the process that works, or refuse it.

        The mark comes first: a new holder of the lock ends whatever bears it.
        """
        cursor = connection.cursor()
        cursor.execute(_JOIN)
        cursor.execute(_IS_HOLDER + str(self._pid))
        (holds,) = cursor.fetchone()
        cursor.close()
        connection.commit()
        if self._lost or not holds:
            connection.close()
            raise LockLost(GONE)

    def _renew_until_released(self) -> None:
        """Use the connection again and again, at once if the database says something on it: it ends it."""
        assert self._connection is not None
        driver: Any = self._connection.connection.dbapi_connection
        try:
            while not self._rings(driver.pgconn, RENEW_EVERY):
                begun = _now()
                _ask(driver.pgconn, begun + FROZEN_AFTER)
                self._renewed_at = begun
            return
        except (psycopg.Error, OSError, TimeoutError):
            self._lost = True
        log.warning("%s", GONE.capitalize())
        if not select.select([self._bell], [], [], END_WITHIN)[0]:
            log.critical("The program did not end within %s s of losing its lock; it is ended", END_WITHIN)
            os._exit(1)

    def _rings(self, pgconn: PGconn, seconds: float) -> bool:
        """Wait until something happens; return whether it is `release`."""
        bell = self._bell.fileno()
        ready, _, _ = select.select([bell, pgconn.socket], [], [], seconds)
        return bell in ready

    def _disconnect(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()


def _ask(pgconn: PGconn, until: float) -> None:
    """Run a statement of no effect. Raises `psycopg.Error`, and TimeoutError if no answer comes until then.

    Not by the connection's own `execute`, which waits for ever where somebody between here and the database
    accepts what is sent and brings it nowhere.
    """
    pgconn.send_query(b"SELECT 1")
    while pgconn.is_busy():
        if not select.select([pgconn.socket], [], [], max(until - _now(), 0))[0]:
            raise TimeoutError
        pgconn.consume_input()
    while pgconn.get_result() is not None:
        pass


def _now() -> float:
    """Return seconds of a clock that also counts while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


LONGEST_FROZEN = FROZEN_AFTER + ASK_EVERY  # seconds until a spare has taken the lock of a frozen process
LONGEST_ENDED = ASK_EVERY + CERTAIN_FOR  # seconds, of one that ended or lost its connection
