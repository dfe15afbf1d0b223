"""A unit with a line of each kind, and functions to register, state and sign in it, for tests of duties."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, select

from models.programme.view import UnitView, programmes
from models.programme_changes.importing import apply
from models.programme_file.file import read
from models.quarter import Quarter
from models.quarter_end.duties import Duty, duties
from models.storage import database
from models.tables.activity import Activity, ActivityKind, Entry, Settlement
from models.tables.evidence import Evidence, EvidenceKind
from models.tables.people import Person
from models.tables.review import Return
from models.tables.signature import Reopening, Signature
from models.tables.statement import NoActivityStatement, Observation, Presentation

MOMENT = datetime(2024, 1, 1, 12, tzinfo=UTC)
PROGRAMME = """\
institution: {name: Instituto de Prueba, short_name: IP}
year: 2024
calendar: {timezone: America/Mexico_City}
units:
  - key: juridica
    name: Dirección Jurídica
    lines:
      - {number: 1, title: Actas, starts_on: 2024-01-01, ends_on: 2024-12-31,
         targets: [{amount: 16, measure: Actas, plan: [4, 4, 4, 4], counts_when: publicada}]}
      - {number: 2, title: Solicitudes, starts_on: 2024-01-01, ends_on: 2024-12-31, demand_driven: true,
         targets: [{amount: 8, measure: Solicitudes}]}
      - {number: 3, title: Convenios, starts_on: 2024-07-01, ends_on: 2024-12-31,
         targets: [{amount: 8, measure: Convenios, plan: [0, 0, 4, 4]}]}
      - {number: 4, title: Talleres, starts_on: 2024-01-01, ends_on: 2024-04-15,
         targets: [{amount: 4, measure: Talleres, plan: [2, 2, 0, 0]}]}
  - key: archivo
    name: Coordinación de Archivo
    lines:
      - {number: 1, title: Asesorías, starts_on: 2024-01-01, ends_on: 2024-12-31,
         targets: [{amount: 4, measure: Asesorías}]}
"""


def noon(day: str) -> datetime:
    """Return noon in Mexico City."""
    return datetime.combine(date.fromisoformat(day), time(18), UTC)


@dataclass
class Unit:
    """Acts in one unit; lines by number, quarters by number."""

    session: Session
    key: str = "juridica"
    year: int = 2024

    @property
    def view(self) -> UnitView:
        known = programmes(self.session).years[self.year]
        return next(each for each in known.units if each.key == self.key)

    def line_id(self, number: int) -> int:
        line = self.view.line(number)
        assert line is not None
        return line.id

    def register(
        self,
        line: int,
        on: str,
        quantity: int = 1,
        pending: int = 0,
        evidence: bool = True,
        kind: ActivityKind = ActivityKind.ACTIVITY,
    ) -> Activity:
        placed = self.view.line(line)
        assert placed is not None
        day = date.fromisoformat(on)
        facts: dict[str, Any] = {
            "kind": kind,
            "narrative": "Se hizo.",
            "registered_at": MOMENT,
            "said_at": MOMENT,
        }
        activity = Activity(unit_id=self.view.id, line_id=placed.id, starts_on=day, ends_on=day, **facts)
        self.session.add(activity)
        self.session.flush()
        number = activity.id or 0
        target = placed.targets[0].id
        self.session.add(Entry(activity_id=number, target_id=target, quantity=quantity, pending=pending))
        if evidence:
            self.show(number)
        self.session.flush()
        return activity

    def show(self, activity_id: int) -> Evidence:
        """Attach a photograph to the activity."""
        photo = Evidence(activity_id=activity_id, kind=EvidenceKind.PHOTO, received_at=MOMENT)
        self.session.add(photo)
        self.session.flush()
        return photo

    def settle(self, entry_id: int, quantity: int, on: str = "2024-04-01") -> None:
        day = date.fromisoformat(on)
        facts: dict[str, Any] = {"registered_at": MOMENT, "said_at": MOMENT}
        self.session.add(Settlement(entry_id=entry_id, quantity=quantity, counts_on=day, **facts))
        self.session.flush()

    def still(self, line: int, quarter: int = 1, reason: str = "Sin convocatoria.") -> None:
        when: dict[str, Any] = {"year": self.year, "quarter": quarter, "said_at": MOMENT}
        self.session.add(NoActivityStatement(line_id=self.line_id(line), reason=reason, **when))
        self.session.flush()

    def observe(self, line: int, quarter: int = 1, text: str = "Se recuperará en abril.") -> None:
        when: dict[str, Any] = {"year": self.year, "quarter": quarter, "said_at": MOMENT}
        self.session.add(Observation(line_id=self.line_id(line), text=text, **when))
        self.session.flush()

    def present(self, quarter: int = 1, text: str = "En el trimestre…") -> None:
        when: dict[str, Any] = {"year": self.year, "quarter": quarter, "said_at": MOMENT}
        self.session.add(Presentation(unit_id=self.view.id, text=text, **when))
        self.session.flush()

    def give_back(self, activity: Activity) -> Return:
        facts: dict[str, Any] = {
            "reason": "Falta el lugar.",
            "returned_by": self.somebody(),
            "returned_at": MOMENT,
        }
        row = Return(activity_id=activity.id or 0, version=1, **facts)
        self.session.add(row)
        self.session.flush()
        return row

    def sign(self, quarter: int = 1) -> Signature:
        what: dict[str, Any] = {
            "snapshot": "{}",
            "sha256": "0",
            "signed_by": self.somebody(),
            "signed_at": MOMENT,
        }
        row = Signature(unit_id=self.view.id, year=self.year, quarter=quarter, **what)
        self.session.add(row)
        self.session.flush()
        return row

    def reopen(self, signature: Signature) -> None:
        when: dict[str, Any] = {
            "year": signature.year,
            "quarter": signature.quarter,
            "until": date(2024, 5, 31),
        }
        why: dict[str, Any] = {"signature_id": signature.id, "reason": "Faltó una.", "reopened_at": MOMENT}
        self.session.add(Reopening(unit_id=signature.unit_id, **when, **why))
        self.session.flush()

    def somebody(self) -> int:
        person = self.session.exec(select(Person)).first() or Person(name="Diego", joined_at=MOMENT)
        self.session.add(person)
        self.session.flush()
        return person.id or 0

    def duties(self, at: str, quarter: int = 1) -> tuple[Duty, ...]:
        return duties(self.session, self.view, Quarter(self.year, quarter), noon(at))

    def owes(self, at: str, quarter: int = 1) -> set[str]:
        """Return duties as "behind 1", "ends-soon 4 15", "no-presentation": kind, line, window."""
        numbers = {line.id: line.number for line in self.view.lines}
        return {
            " ".join(
                str(each) for each in (duty.kind, numbers.get(duty.line_id or 0), duty.days_left) if each
            )
            for duty in self.duties(at, quarter)
        }


def load(engine: Engine) -> None:
    programme = read(PROGRAMME).programme
    assert programme is not None
    with database.transaction(engine) as session:
        apply(session, programme, now=MOMENT, actor="test")


@contextmanager
def tried(engine: Engine) -> Iterator[Unit]:
    """Yield a unit; everything done in it is rolled back."""
    with Session(engine) as session:
        yield Unit(session)
        session.rollback()
