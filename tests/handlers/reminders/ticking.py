"""A few people and a bot that only ticks: who is told what at a moment."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlmodel import Session, select

from handlers.reminders.tick import tick
from handlers.routes import CONVERSATIONS
from models.storage import database
from models.storage.unit_of_work import work_of
from models.tables.people import Membership, Person, Role
from models.tables.programme import Unit
from tests.models.quarter_end import owing

ZONE = ZoneInfo("America/Mexico_City")
LONG_AGO = datetime(2024, 1, 2, 14, tzinfo=UTC)
ANA, DIEGO, PALOMA, OLGA, ARTURO = 101, 102, 103, 104, 105  # he belongs to no unit
CAST = {
    ANA: (Role.STAFF, "juridica"),
    DIEGO: (Role.DIRECTOR, "juridica"),
    PALOMA: (Role.PLANNING, None),
    OLGA: (Role.OBSERVER, None),
}
HEADS = {  # the beginning of each kind of message
    "morning": "para el cierre (",
    "today": "cierra la captura (",
    "moved": "movió el cierre",
    "reopened": "está reabierto hasta",
    "weekly": "semana del",
    "head": "Sello de la bitácora",
    "summary": "🏁",
    "overdue": "no está firmado",
    "overdue units": "no están listas",
}


def people(engine: Engine) -> Engine:
    """Load two units, one of them with people; nothing is registered."""
    owing.load(engine)
    with database.transaction(engine) as session:
        for chat_id, (role, unit) in CAST.items():
            person = Person(name=f"P{chat_id}", telegram_id=chat_id, joined_at=LONG_AGO)
            session.add(person)
            session.flush()
            placed = session.exec(select(Unit.id).where(Unit.key == unit)).first()
            pair: dict[str, Any] = {"role": role, "unit_id": placed, "granted_at": LONG_AGO}
            session.add(Membership(person_id=person.id or 0, **pair))
    return engine


def local(day: str, hour: int = 9) -> datetime:
    return datetime.combine(date.fromisoformat(f"2024-{day}"), time(hour), ZONE)


def ticked(engine: Engine, now: datetime) -> list[tuple[int, str]]:
    """Tick until nothing is due; return what was sent to whom, in order."""
    said: list[tuple[int, str]] = []
    while True:
        with database.transaction(engine) as session:
            more = tick(session, now, CONVERSATIONS)
        sayings = work_of(session).outbox
        said += [(each.chat_id, each.payload["text"]) for each in sayings if "text" in each.payload]
        if not more:
            return said


def kinds(said: list[tuple[int, str]], chat_id: int) -> list[str]:
    return [kind for to, text in said for kind, head in HEADS.items() if to == chat_id and head in text]


def person_id(session: Session, chat_id: int) -> int:
    return session.exec(select(Person.id).where(Person.telegram_id == chat_id)).one() or 0
