"""`progress --all`: how several agencies stand, each in a database of its own.

The databases are only read, one after the other. One that cannot be read does not keep the others back.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlmodel import Session

from bot.commands.listing import aligned
from bot.failure import Failure
from handlers.progress import progress_json
from models.programme.view import programmes
from models.progress import progress
from models.progress.status import ProgressStatus
from models.quarter import Quarter
from models.storage import database, table_version
from models.storage.audit import UNREADABLE
from models.storage.sqlite_file.file_identity import DatabaseGone

Shape = dict[str, Any]


class UnreadableDatabase(Exception):
    """A database whose progress cannot be told; the text says why."""


@dataclass(frozen=True)
class Place:
    """A database: what was given, and its address."""

    given: str
    url: str

    @property
    def shown(self) -> str:
        """Return the address without its password, or what was given if it is no address."""
        try:
            return (
                make_url(self.given).render_as_string(hide_password=True)
                if "://" in self.given
                else self.given
            )
        except ArgumentError:
            return "an address that is not understood"


def places(given: Sequence[str], listed_in: Path | None) -> list[Place]:
    """Return the databases given and those of the list file, in that order, each once.

    Each is an SQLite file, a folder with an `avance.db`, or an address like that of `DATABASE_URL`. The list
    has one a line; empty lines and those that begin with # are left out, paths are relative to its folder.
    Raises `Failure` if the list cannot be read or there is no database.
    """
    found = [_place(each, Path()) for each in given]
    if listed_in is not None:
        found += [_place(line, listed_in.parent) for line in _lines(listed_in)]
    if not found:
        raise Failure("name the databases after --all, or a file that lists them with --list", exit_code=2)
    return list({each.url: each for each in found}.values())


def _lines(path: Path) -> Iterator[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no text in UTF-8"
        raise Failure(f"{path} cannot be read: {reason}") from None
    return (line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#"))


def _place(given: str, folder: Path) -> Place:
    if "://" in given:
        return Place(given, given)
    path = folder / given
    return Place(given, f"sqlite:///{(path / 'avance.db' if path.is_dir() else path).absolute()}")


def told(found: Sequence[Place], on: date | None, now: datetime) -> Shape:
    """Return the progress of every agency on that day, or in each one's own today, and what cannot be read.

    `{agencies: [{database, institution, …, units: […]}], unreadable: [{database, reason}]}`.
    """
    agencies, unreadable = [], []
    for each in found:
        try:
            agencies.append({"database": each.shown, **_agency(each, on, now)})
        except UnreadableDatabase as error:
            unreadable.append({"database": each.shown, "reason": str(error)})
    return {"agencies": agencies, "unreadable": unreadable}


def _agency(place: Place, on: date | None, now: datetime) -> Shape:
    try:
        if (path := _missing(place.url)) is not None:
            raise UnreadableDatabase(f"there is no file {path}")
        engine = database.connect(place.url)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError):
        raise UnreadableDatabase("write it like postgresql+psycopg://…") from None
    try:
        with database.reading(engine) as session:
            _require_tables_of_this_version(session)
            return _shape(session, on, now)
    except (DBAPIError, DatabaseGone, OSError) as error:
        raise UnreadableDatabase(str(getattr(error, "orig", error)).splitlines()[0]) from error
    except UNREADABLE as error:
        raise UnreadableDatabase(f"what is stored cannot be read ({type(error).__name__})") from error
    finally:
        engine.dispose()


def _missing(address: str) -> str | None:
    """Return the SQLite file if it is missing, since connecting would create it."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return url.database or "without a name"
    return None


def _require_tables_of_this_version(session: Session) -> None:
    stored, newest = table_version.version(session.connection()), table_version.versions()[-1]
    if stored is None:
        raise UnreadableDatabase("it has no tables of Avance")
    if stored != newest:
        raise UnreadableDatabase(f"its tables are of version {stored}, this Avance reads {newest}")


def _shape(session: Session, on: date | None, now: datetime) -> Shape:
    known = programmes(session)
    day = on or now.astimezone(known.zone).date()
    programme = known.of(day)
    if programme is None:
        raise UnreadableDatabase(f"it has no programme for {day.year}")
    status = progress.progress(session, programme, Quarter.of(day), day)
    return _head(status) | progress_json.as_json(status)


def _head(status: ProgressStatus) -> Shape:
    institution = status.programme.institution
    return {
        "institution": institution["name"],
        "short_name": institution.get("short_name") or institution["name"],
        **progress_json.share_fields(status),
        "activities": status.activities,
        "signed": sum(unit.signed is not None for unit in status.units),
    }


def as_text(shape: Shape) -> str:
    """Return one line for each agency, and one for each database that cannot be read."""
    rows = [
        (
            each["short_name"],
            f"{each['quarter']}, {each['on']}",
            each["shown"],
            each["signal"],
            f"{len(each['units'])} units: {_signals(each['units'])}",
            f"{each['activities']} activities",
            f"{each['signed']} of {len(each['units'])} signed",
        )
        for each in shape["agencies"]
    ]
    unread = [f"{each['database']}: {each['reason']}" for each in shape["unreadable"]]
    return "\n".join([aligned(rows), *unread] if rows else unread)


def _signals(units: Sequence[Shape]) -> str:
    return ", ".join(
        f"{count} {signal}" for signal, count in Counter(each["signal"] for each in units).items()
    )
