"""`python -m bot health`: whether a bot works with the database, by the row that it writes every few seconds.

Telegram is not asked, so a hiccup of the network changes nothing. Only light modules are imported: the check
is run every half minute, and a whole start takes ten times as long.
"""

import json
import os
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from dotenv import dotenv_values

from bot import clock

FRESH = 60.0  # seconds that a sign of life may be old
ANSWER_WITHIN = 5  # seconds
_QUERY = "SELECT s.beat_at, h.heard_at FROM sign_of_life s LEFT JOIN heartbeat h ON h.id = 1 WHERE s.id = 1"


@dataclass(frozen=True)
class Health:
    """`beat_seconds` is the age of the last sign of life; `heard_at` is when Telegram last answered."""

    well: bool
    said: str
    beat_seconds: float | None = None
    heard_at: str | None = None


def main(arguments: Sequence[str]) -> int:
    """Print how it is, as JSON with `--json`; return the exit code, 1 if no bot lives."""
    if unknown := [each for each in arguments if each != "--json"]:
        sys.stderr.write(f"error: health has no option {unknown[0]}\n")
        return 2
    found = health(_settings())
    if "--json" in arguments:
        sys.stdout.write(json.dumps(vars(found)) + "\n")
    else:
        (sys.stdout if found.well else sys.stderr).write(f"{'' if found.well else 'error: '}{found.said}\n")
    return 0 if found.well else 1


def _settings() -> dict[str, str]:
    """Return the settings as `bot.settings` reads them: the environment wins, and empty means not set."""
    given = (*dotenv_values(".env").items(), *os.environ.items())
    return {name.upper(): value for name, value in given if value}


def health(settings: Mapping[str, str]) -> Health:
    """Return the health of the bot whose settings these are, by their names in the environment."""
    folder = settings.get("DATA_DIR") or "data"
    url = settings.get("DATABASE_URL") or f"sqlite:///{Path(folder) / 'avance.db'}"
    try:
        row = _of_sqlite(url) if url.startswith("sqlite") else _of_postgresql(url)
    except Exception as error:  # each driver has its own, and all mean the same here
        reason = str(error).strip().partition("\n")[0]
        return Health(False, f"the database does not answer: {reason}")
    if row is None:
        return Health(False, "no bot has worked with this database yet")
    beat, heard = row
    age = (clock.machine_now() - beat).total_seconds()
    said = f"the last sign of life is {age:.0f} s old"
    if abs(age) > FRESH:
        return Health(False, f"{said}; start the bot, or restart one that hangs", age, heard)
    return Health(True, f"the bot lives: {said}; Telegram was last heard at {heard}", age, heard)


def _of_sqlite(url: str) -> tuple[datetime, str] | None:
    path = Path(unquote(url.partition(":///")[2].partition("?")[0]))
    if not path.is_file():
        raise FileNotFoundError(f"there is none at {path}")
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=ANSWER_WITHIN)
    try:
        row = connection.execute(_QUERY).fetchone()
    finally:
        connection.close()
    return row and (datetime.fromisoformat(row[0]).replace(tzinfo=UTC), row[1] and f"{row[1][:19]} UTC")


def _of_postgresql(url: str) -> tuple[datetime, str] | None:
    import psycopg  # only here: it takes a third of the time

    parts = urlsplit(url)
    address = parts._replace(scheme="postgresql").geturl()
    with psycopg.connect(address, connect_timeout=ANSWER_WITHIN, autocommit=True) as connection:
        row = connection.execute(_QUERY).fetchone()
    return row and (row[0], row[1] and f"{row[1].astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC")
