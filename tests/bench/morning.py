"""The first morning after a quarter: a digest for each of 500 people, one transaction a person."""

import time
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from sqlmodel import Session

from handlers.reminders.tick import tick
from handlers.routes import CONVERSATIONS
from models.operations import migrating
from models.programme.view import programmes
from models.programme_changes.importing import ensure_loaded
from models.storage import database, keys
from models.storage.unit_of_work import work_of
from models.tables.people import Membership, Person, Role
from tests.bench import table
from tests.bench.traffic import SAID_AT

PEOPLE = 500
MORNING = datetime(2024, 4, 1, 16, tzinfo=UTC)  # ten o'clock in Mexico, a Monday
CAP = 30  # messages a second


def print_morning(folder: Path) -> None:
    print(f"\nThe morning after a quarter's end, {PEOPLE} people")
    engine = agency(folder / "morning.db", PEOPLE)
    statements = 0

    def note(*_: Any) -> None:
        nonlocal statements
        statements += 1

    event.listen(engine, "before_cursor_execute", note)
    longest, messages, began = told(engine)
    worked = time.process_time() - began
    engine.dispose()
    print(f"  {messages} messages, {worked:.1f} s of CPU, {statements / PEOPLE:.0f} statements a person;")
    print(f"  at Telegram's cap the last one leaves after {messages / CAP:.0f} s")
    table.judge("Longest that a turn waits for it, ms", 1000 * longest, at_most=250, form=".0f")


def agency(path: Path, people: int) -> Engine:
    """Return the bundled programme's database with so many staff, spread over the units."""
    engine = database.connect(f"sqlite:///{path}")
    keys.bind(engine, bytes(keys.LENGTH))
    migrating.migrate(engine)
    with database.transaction(engine) as session:
        ensure_loaded(session, None, SAID_AT)
    with database.transaction(engine) as session:
        units = cycle(programmes(session).years[SAID_AT.year].units)
        for number in range(people):
            _link(session, number, next(units).id)
    return engine


def told(engine: Engine) -> tuple[float, int, float]:
    """Tell everybody what is due; return the longest transaction, the messages, and when it began."""
    longest, messages, began = 0.0, 0, time.process_time()
    more = True
    while more:
        since = time.process_time()
        with database.transaction(engine) as session:
            more = tick(session, MORNING, CONVERSATIONS)
        longest = max(longest, time.process_time() - since)
        messages += len(work_of(session).outbox)
    return longest, messages, began


def _link(session: Session, number: int, unit_id: int) -> None:
    person = Person(name=f"Persona {number}", telegram_id=6_000_000 + number, joined_at=SAID_AT)
    session.add(person)
    session.flush()
    assert person.id is not None
    session.add(Membership(person_id=person.id, role=Role.STAFF, unit_id=unit_id, granted_at=SAID_AT))
