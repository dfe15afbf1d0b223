"""Programmes with more units, lines and words than fit a screen, and matching people and activities."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, select

from models.programme.view import LineView, UnitView, programmes
from models.quarter import Quarter
from models.storage import database
from models.tables.activity import Activity, Entry
from models.tables.people import Membership, Person, Role
from tests.support.database import signed_quarter

LONG_AGO = datetime(2024, 1, 2, 14, tzinfo=UTC)
WORDS = "Revisión & análisis de <metas> y «acuerdos» 👩‍⚖️🇲🇽 de la institución; "
CROWD = 1000  # first Telegram id of people who never write


def text(length: int) -> str:
    return (WORDS * (length // len(WORDS) + 1))[:length].strip()


@dataclass(frozen=True)
class Size:
    """The size of a programme. The first unit has `many` lines, each other one `few`."""

    units: int
    many: int
    few: int = 3
    title: int = 590  # characters; a programme takes up to 600
    targets: int = 1  # of each line


def write(path: Path, size: Size) -> Path:
    """Write the programme to a file."""
    path.write_text(json.dumps(_programme(size), ensure_ascii=False))  # JSON is YAML
    return path


def _programme(size: Size) -> dict[str, Any]:
    return {
        "institution": {
            "name": f"Instituto {text(200)}",
            "second_factor": False,
            "short_name": "IP",
            "demand_driven_note": text(3000),
        },
        "year": 2024,
        "calendar": {"timezone": "America/Mexico_City"},
        "units": [
            {
                "key": f"u{place:02}",
                "name": f"Dirección {place:02} de {text(min(size.title, 290) - 20)}",
                "lines": [_line(number, size) for number in range(1, (size.few if place else size.many) + 1)],
            }
            for place in range(size.units)
        ],
    }


def _line(number: int, size: Size) -> dict[str, Any]:
    return {
        "number": number,
        "title": f"{number} {text(size.title - 5)}",
        "starts_on": "2024-01-01",
        "ends_on": "2024-12-31",
        "demand_driven": number % 7 == 0,
        "targets": [
            {"amount": 12, "measure": f"Documentos {place} & <b>", "counts_when": "publicado en el Periódico"}
            for place in range(size.targets)
        ],
    }


def fill(engine: Engine, people: int, activities: int) -> None:
    """Add so many people, so many activities on the first line, and one on each other line of three units."""
    with database.transaction(engine) as session:
        units = next(iter(programmes(session).years.values())).units
        for place in range(people):
            _add_person(session, CROWD + place, units[place % len(units)].id)
        session.flush()
        for place in range(activities):
            register(session, units[0], units[0].lines[0], text(3000 if place % 50 == 0 else 200))
        for unit in units[:3]:
            for line in unit.lines[1::2]:
                register(session, unit, line, text(200), pending=1)


def _add_person(session: Session, telegram_id: int, unit_id: int) -> None:
    name = f"{telegram_id} {text(180)}"
    person = Person(name=name, telegram_id=telegram_id, joined_at=LONG_AGO, unreachable_at=LONG_AGO)
    session.add(person)
    session.flush()
    pair: dict[str, Any] = {"person_id": person.id or 0, "role": Role.STAFF, "unit_id": unit_id}
    session.add(Membership(**pair, granted_at=LONG_AGO))


def register(session: Session, unit: UnitView, line: LineView, narrative: str, pending: int = 0) -> None:
    day = date(2024, 3, 13)
    facts: dict[str, Any] = {"registered_at": LONG_AGO, "said_at": LONG_AGO, "starts_on": day, "ends_on": day}
    activity = Activity(unit_id=unit.id, line_id=line.id, narrative=narrative, place=text(150), **facts)
    session.add(activity)
    session.flush()
    for target in line.targets:
        session.add(
            Entry(activity_id=activity.id or 0, target_id=target.id, quantity=1 + pending, pending=pending)
        )


def sign_all(engine: Engine, signer: int, now: datetime) -> None:
    """Sign the first quarter of every unit by that director, who holds every unit's role while signing."""
    with database.transaction(engine) as session:
        director = session.exec(select(Person).where(Person.telegram_id == signer)).one()
        units = programmes(session).years[2024].units
        posts = [Membership(**_post(director, unit.id), granted_at=LONG_AGO) for unit in units[1:]]
        session.add_all(posts)
        session.flush()
        for unit in units:
            signed_quarter.signed(session, signer, unit, Quarter(2024, 1), now)
        for post in posts:
            post.ended_at = now


def _post(director: Person, unit_id: int) -> dict[str, Any]:
    return {"person_id": director.id or 0, "role": Role.DIRECTOR, "unit_id": unit_id}
