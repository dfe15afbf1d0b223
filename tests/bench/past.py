"""An agency with years of data: so many activities, of which the asking unit's own year is constant.

Nine years' programmes; 300 activities of the Dirección Jurídica since 1 January 2024, and all others of the
other units and earlier years, in the order of their days. Each has what a real one has: its draft and
message, entries, now and then a document number, evidence and a settlement; and the last thirty days' inbox
and outbox. Sixty people registered them, so that the asking person has a sixtieth.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from heapq import merge
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from sqlmodel import Session

from handlers.activity_form.steps import OPTIONAL
from models.operations import migrating
from models.programme.view import LineView, Programmes, programmes
from models.programme_changes.importing import apply
from models.programme_file.file import BUNDLED, read
from models.storage import database
from models.storage.forms import ActivityForm, ClaimedQuantity, NarrativePart
from models.tables.people import Membership, Person, Role
from tests.bench.avance_world import NARRATIVE, PLACE
from tests.bench.traffic import SAID_AT

YEARS = range(2016, 2025)
OWN, OWN_YEAR = "juridica", 300
STAFF = 10  # in each unit
ASKING = 5_000_000  # Telegram id of the first person, who belongs to `OWN`
FIRST_DAY, YESTERDAY = date(YEARS[0], 1, 1), (SAID_AT - timedelta(days=1)).date()
OFFICE_HOURS = "18:00:00.000000"
DAY = "@day"  # placeholder for the day in a prepared draft

Rows = Iterable[tuple[object, ...]]


class Done(NamedTuple):
    """One registered activity; its draft has the same number. The day is ISO 8601."""

    day: str
    number: int
    line: LineView
    author: int

    @property
    def at(self) -> str:
        return f"{self.day} {OFFICE_HOURS}"


@dataclass(frozen=True)
class Table:
    """Rows for one table, with the columns that are not empty."""

    name: str
    columns: str
    rows: Rows


class Past:
    """A database on the disk with that many activities; `last_draft` is the newest draft's id."""

    def __init__(self, path: Path, size: int) -> None:
        self.path, self.size = path, size
        engine = database.connect(f"sqlite:///{path}")
        migrating.migrate(engine)
        with database.transaction(engine) as session:
            found, staff = prepare(session)
        engine.dispose()
        done = history(found, staff, size)
        self.last_draft = len(done)
        _insert(path, tables(done))


def prepare(session: Session) -> tuple[Programmes, dict[int, list[int]]]:
    """Load the programmes of all years, and link the people by unit."""
    for year in YEARS:
        text = BUNDLED.read_text().replace(str(SAID_AT.year), str(year))
        programme = read(text.encode()).programme
        assert programme
        apply(session, programme, now=SAID_AT, actor="bench")
    session.flush()
    found = programmes(session)
    units = sorted(found.years[SAID_AT.year].units, key=lambda unit: unit.key != OWN)
    staff: dict[int, list[int]] = {}
    for place in range(STAFF * len(units)):
        unit = units[place // STAFF]
        person = Person(name=f"Persona {place}", telegram_id=ASKING + place, joined_at=SAID_AT)
        session.add(person)
        session.flush()
        assert person.id
        session.add(Membership(person_id=person.id, role=Role.STAFF, unit_id=unit.id, granted_at=SAID_AT))
        staff.setdefault(unit.id, []).append(person.id)
    return found, staff


def history(found: Programmes, staff: dict[int, list[int]], size: int) -> list[Done]:
    """Yield the activities in the order of their days: the unit's own year among everything else."""
    own, others = _own_lines(found), _other_lines(found)
    since = date(SAID_AT.year, 1, 1)
    days = merge(
        ((day, next(own)) for day in _spread(since, OWN_YEAR)),
        ((day, next(others[day.year])) for day in _spread(FIRST_DAY, size - OWN_YEAR)),
        key=lambda each: each[0],
    )
    authors = {unit_id: cycle(people) for unit_id, people in staff.items()}
    return [
        Done(day.isoformat(), number, line, next(authors[line.unit_id]))
        for number, (day, line) in enumerate(days, 1)
    ]


def _spread(since: date, amount: int) -> Iterator[date]:
    """Return so many days from then until yesterday, as evenly as possible."""
    length = (YESTERDAY - since).days
    return (since + timedelta(days=-(-number * length // amount)) for number in range(1, amount + 1))


def _own_lines(found: Programmes) -> Iterator[LineView]:
    return cycle(line for unit, line in found.years[SAID_AT.year].lines() if unit.key == OWN)


def _other_lines(found: Programmes) -> dict[int, Iterator[LineView]]:
    return {
        year: cycle([line for unit, line in programme.lines() if (year, unit.key) != (SAID_AT.year, OWN)])
        for year, programme in found.years.items()
    }


def tables(done: list[Done]) -> Iterator[Table]:
    """Yield the rows that so many registrations leave; ids are assigned in order."""
    yield from _activities(done)
    yield from _evidence(done)
    lately = [each for each in done if each.day > (YESTERDAY - timedelta(days=30)).isoformat()]
    yield from _traffic(lately)


def _activities(done: list[Done]) -> Iterator[Table]:
    """Yield drafts, their activities, and the entries."""
    yield Table(
        "draft",
        "id, person_id, chat_id, kind, step, content, revision, said_at, touched_at, told_at, registered_at",
        _drafts(done),
    )
    yield Table(
        "draft_message",
        "chat_id, message_id, draft_id",
        ((ASKING + each.author, each.number, each.number) for each in done),
    )
    said = "activity", 1, NARRATIVE, PLACE, 9, 6, 3
    yield Table(
        "activity",
        "id, unit_id, line_id, draft_id, starts_on, ends_on, registered_by, registered_at, said_at,"
        " kind, version, narrative, place, participants, women, men",
        (
            (each.number, each.line.unit_id, each.line.id, each.number, each.day, each.day, each.author,
             each.at, each.at, *said)
            for each in done
        ),
    )  # fmt: skip
    yield Table("entry", "activity_id, target_id, quantity, pending", _entries(done))
    yield Table(
        "settlement",
        "entry_id, quantity, counts_on, registered_by, registered_at, said_at",
        _settlements(done),
    )


def _evidence(done: list[Done]) -> Iterator[Table]:
    yield Table(
        "document_number",
        "activity_id, number",
        ((each.number, f"SESAECH/{each.number}/{each.day[:4]}") for each in done[::2]),
    )
    yield Table(
        "evidence",
        "activity_id, draft_id, message_id, added_by, chat_id, sha256, copy_sha256, received_at, fetched_at,"
        " kind, file_id, bytes, attempts",
        (
            (each.number, each.number, each.number, each.author, ASKING + each.author, _hash(each.number),
             _hash(-each.number), each.at, each.at, "photo", "file", 150_000, 0)
            for each in done[::3]
        ),
    )  # fmt: skip


def _traffic(done: list[Done]) -> Iterator[Table]:
    """Yield a message and two taps for each, and their answers."""
    yield Table(
        "inbox",
        "update_id, received_at, attempts, handled_at",
        ((-3 * each.number - step, each.at, 1, each.at) for each in done for step in range(3)),
    )
    yield Table(
        "outbox",
        "chat_id, method, payload, broadcast, draft_id, created_at, sent_at, message_id",
        (
            (ASKING + each.author, method, "{}", False, each.number, each.at, each.at, each.number)
            for each in done
            for method in ("sendMessage", "editMessageText", "editMessageText")
        ),
    )


def _drafts(done: list[Done]) -> Rows:
    prepared: dict[int, str] = {}
    for each in done:
        content = prepared.get(each.line.id) or prepared.setdefault(each.line.id, _content(each.line))
        filled = content.replace(DAY, each.day), 4, *[each.at] * 4
        yield each.number, each.author, ASKING + each.author, "activity", "card", *filled


def _hash(number: int) -> str:
    return f"{number % 2**256:064x}"


def _content(line: LineView) -> str:
    filled = ActivityForm(
        direct=True,
        parts=(NarrativePart(message_id=1, text=NARRATIVE),),
        answered=("belongs", "narrative", "line", "quantity", "days", *OPTIONAL),
        unit_id=line.unit_id,
        line_id=line.id,
        claims=tuple(
            ClaimedQuantity(target_id=target, quantity=amount) for target, amount, _ in _claims(line)
        ),
        narrative=NARRATIVE,
        place=PLACE,
    )
    days = {"starts_on": DAY, "ends_on": DAY}
    return json.dumps({**filled.model_dump(mode="json", exclude={"draft_id"}), **days}, ensure_ascii=False)


def _claims(line: LineView) -> list[tuple[int, int, int]]:
    """Return target, quantity, and pending part: «1 acta y 4 acuerdos, 4 por publicar»."""
    return [(each.id, 4, 4) if each.counts_when else (each.id, 1, 0) for each in line.targets]


def _entries(done: list[Done]) -> Iterator[tuple[int, int, int, int]]:
    return ((each.number, *claim) for each in done for claim in _claims(each.line))


def _settlements(done: list[Done]) -> Rows:
    """Settle half of what was pending on the same day."""
    authors = {each.number: each for each in done if any(claim[2] for claim in _claims(each.line))}
    for number, (activity_id, _, quantity, pending) in enumerate(_entries(done), 1):
        if pending:
            by = authors[activity_id]
            yield number, quantity // 2, by.day, by.author, by.at, by.at


def _insert(path: Path, filled: Iterable[Table]) -> None:
    """Insert by the driver, without durability, with indexes created after the rows."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000")
    connection.execute("BEGIN")
    for table in filled:
        indexes = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
            (table.name,),
        ).fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        places = ", ".join("?" * (table.columns.count(",") + 1))
        connection.executemany(
            f"INSERT INTO {table.name} ({table.columns}) VALUES ({places})",
            table.rows,
        )
        for _, statement in indexes:
            connection.execute(statement)
    connection.execute("COMMIT")
    connection.close()
    with path.open("rb") as file:
        os.fsync(file.fileno())  # so that the disk is idle while answers are timed
