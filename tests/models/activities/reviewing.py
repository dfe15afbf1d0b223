"""People and an activity of Jurídica, for tests of reviews and statements."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models.errors import Rejected
from models.programme.view import UnitView, programmes
from models.programme_changes.importing import ensure_loaded
from models.rights import Member, member
from models.storage import draft as draft_rows
from models.storage.database import transaction
from models.storage.draft import Draft
from models.tables.activity import Activity, Entry
from models.tables.chat.draft import DraftKind
from models.tables.people import Membership, Person, Role

NOW = datetime(2024, 3, 20, 15, tzinfo=UTC)
TODAY = date(2024, 3, 20)
ANA, DIEGO, DELIA, PALOMA = 1, 2, 3, 4
CAST = {ANA: Role.STAFF, DIEGO: Role.DIRECTOR, DELIA: Role.DIRECTOR, PALOMA: Role.PLANNING}


def prepare(engine: Engine) -> None:
    """Load the bundled programme and link the people of Jurídica."""
    with transaction(engine) as session:
        ensure_loaded(session, None, NOW)
        for number, role in CAST.items():
            session.add(Person(id=number, name=f"Persona {number}", telegram_id=number, joined_at=NOW))
            session.flush()
            unit_id = juridica(session).id if role.has_unit else None
            session.add(Membership(person_id=number, role=role, unit_id=unit_id, granted_at=NOW))


def juridica(session: Session) -> UnitView:
    return next(unit for unit in programmes(session).years[2024].units if unit.key == "juridica")


def person(session: Session, number: int) -> Member:
    found = member(session, number)
    assert found is not None
    return found


def draft(session: Session, kind: DraftKind, by: int = DIEGO) -> Draft:
    begun = Draft(person_id=by, chat_id=by, kind=kind, said_at=NOW, touched_at=NOW)
    draft_rows.store(session, begun)
    return begun


def activity(
    session: Session, line: int, on: date = TODAY, quantity: int = 1, pending: int = 0, by: int = ANA
) -> Activity:
    """Register an activity on the first target of that line of Jurídica."""
    placed = juridica(session).line(line)
    assert placed is not None
    done = Activity(
        unit_id=placed.unit_id,
        line_id=placed.id,
        starts_on=on,
        ends_on=on,
        narrative="Se hizo.",
        registered_by=by,
        registered_at=NOW,
        said_at=NOW,
    )
    session.add(done)
    session.flush()
    assert done.id is not None
    entry = Entry(activity_id=done.id, target_id=placed.targets[0].id, quantity=quantity, pending=pending)
    session.add(entry)
    session.flush()
    return done


def refusal(deed: Callable[[], object]) -> str:
    """Return the reason of the `Rejected`."""
    with pytest.raises(Rejected) as refused:
        deed()
    return refused.value.reason
