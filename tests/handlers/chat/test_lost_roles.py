"""A person who lost the role or unit of a draft neither sees it nor changes anything with it.

Every kind of draft, in every way in which an open one is shown, changed, listed, sent again or ended.
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from handlers.activity_form import cards
from handlers.activity_form.steps import OPTIONAL
from handlers.reminders import absence
from handlers.routes import CONVERSATIONS
from models.operations import migrating
from models.people.draft_rights import ACTIONS, may_hold
from models.programme.view import programmes
from models.rights import member
from models.storage import database
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.storage.unit_of_work import work_of
from models.tables.activity import Activity, Entry
from models.tables.chat.draft import DraftKind, DraftRow
from models.tables.evidence import Evidence
from models.tables.people import Invitation, Membership, Person, Role
from models.tables.programme import Unit
from models.tables.signature import ReopeningRequest
from models.tables.statement import Observation, Presentation
from tests.support.database.registered_activities import Claimed, store
from tests.support.phones.batch_handler import Desk, Raw

EVA = 101
SECRET = "Palabras reservadas de la unidad"
T1 = "2024-T1"
BEGUN_AS = {
    DraftKind.ACTIVITY: (Role.STAFF, "juridica"),
    DraftKind.SETTLEMENT: (Role.STAFF, "juridica"),
    DraftKind.CORRECTION: (Role.DIRECTOR, "juridica"),
    DraftKind.WITHDRAWAL: (Role.DIRECTOR, "juridica"),
    DraftKind.RETURN: (Role.DIRECTOR, "juridica"),
    DraftKind.STANDSTILL: (Role.STAFF, "juridica"),
    DraftKind.OBSERVATION: (Role.DIRECTOR, "juridica"),
    DraftKind.PRESENTATION: (Role.DIRECTOR, "juridica"),
    DraftKind.SIGNATURE: (Role.DIRECTOR, "juridica"),
    DraftKind.REOPENING: (Role.PLANNING, None),
    DraftKind.ADJUSTMENT: (Role.PLANNING, None),
    DraftKind.IMPORT: (Role.PLANNING, None),
    DraftKind.CALENDAR: (Role.PLANNING, None),
    DraftKind.ABSENCE: (Role.PLANNING, None),
    DraftKind.INVITATION: (Role.PLANNING, None),
    DraftKind.NAME: (Role.PLANNING, None),
    DraftKind.REFUSAL: (Role.PLANNING, None),
    DraftKind.CAPTION: (Role.DIRECTOR, "juridica"),
}


def content_of(session: Session, kind: DraftKind, person: int) -> tuple[str, dict[str, Any]]:
    """Return the step and content of an open draft of that kind."""
    unit = next(each for each in programmes(session).years[2024].units if each.key == "juridica")
    line = unit.lines[0]
    claims = [{"target_id": line.targets[0].id, "quantity": 1, "pending": 0}]
    days = {"starts_on": "2024-03-13", "ends_on": "2024-03-13"}
    told = {
        "unit_id": unit.id,
        "line_id": line.id,
        "claims": claims,
        **days,
        "narrative": SECRET,
        "direct": True,
    }
    answered = ["belongs", "narrative", "unit", "line", "days", *OPTIONAL]
    told |= {"answered": answered + [f"quantity.{each.id}" for each in line.targets]}
    entry = session.exec(select(Entry.id)).first()
    invited = [{"role": "staff", "unit_id": unit.id, "name": SECRET}]
    inviting = {"role": "staff", "unit_id": unit.id, "people": invited, "answered": ["role", "unit", "name"]}
    naming = {"person_id": person, "name": SECRET, "answered": ["name"]}
    contents: dict[DraftKind, tuple[str, dict[str, Any]]] = {
        DraftKind.ACTIVITY: ("card", told),
        DraftKind.SETTLEMENT: ("quantity", {"entry_id": entry}),
        DraftKind.CORRECTION: ("card", {**told, "activity_id": 1, "version": 1}),
        DraftKind.WITHDRAWAL: ("card", {"activity_id": 1, "version": 1, "reason": SECRET}),
        DraftKind.RETURN: ("card", {"activity_id": 1, "version": 1, "reason": SECRET}),
        DraftKind.STANDSTILL: ("text", {"owner_id": line.id, "quarter": T1, "text": SECRET}),
        DraftKind.OBSERVATION: ("text", {"owner_id": line.id, "quarter": T1, "text": SECRET}),
        DraftKind.PRESENTATION: ("text", {"owner_id": unit.id, "quarter": T1, "text": SECRET}),
        DraftKind.SIGNATURE: ("card", {"unit_id": unit.id, "quarter": T1, "sha256": "0" * 64}),
        DraftKind.REOPENING: ("reason", {"unit_id": unit.id, "quarter": T1, "answered": ["unit", "quarter"]}),
        DraftKind.ADJUSTMENT: ("amount", {"target_id": line.targets[0].id, "reason": SECRET}),
        DraftKind.IMPORT: ("what", {"name": f"{SECRET}.yaml"}),
        DraftKind.CALENDAR: ("reason", {"change": "move close", "quarter": T1, "answered": ["days"]}),
        DraftKind.ABSENCE: ("who", {}),
        DraftKind.INVITATION: ("card", inviting),
        DraftKind.NAME: ("card", naming),
        DraftKind.REFUSAL: ("reason", {"request_id": 1}),
        DraftKind.CAPTION: ("card", {"activity_id": 1, "evidence": [1], "text": SECRET}),
    }
    return contents[kind]


def begun(desk: Desk, kind: DraftKind) -> int:
    """Store an open draft of Eva's, at a step that shows something of the unit."""
    desk.link(EVA, *BEGUN_AS[kind])
    store(desk.engine, line=1, on=date(2024, 3, 13), claimed=(Claimed(5, 5),), narrative=SECRET)
    with database.transaction(desk.engine) as session:
        person = session.exec(select(Person.id).where(Person.telegram_id == EVA)).one() or 0
        step, content = content_of(session, kind, person)
        if kind in (DraftKind.PRESENTATION, DraftKind.OBSERVATION):
            owner = {"unit_id" if kind is DraftKind.PRESENTATION else "line_id": content["owner_id"]}
            table: Any = Presentation if kind is DraftKind.PRESENTATION else Observation
            session.add(table(**owner, year=2024, quarter=1, text=SECRET, said_at=desk.now, said_by=person))
        if kind is DraftKind.REFUSAL:
            unit = session.exec(select(Unit.id).where(Unit.key == "juridica")).one() or 0
            session.add(
                ReopeningRequest(
                    unit_id=unit, year=2024, quarter=1, about=SECRET, asked_by=person, asked_at=desk.now
                )
            )
        draft = Draft(
            person,
            EVA,
            kind,
            said_at=desk.now,
            touched_at=desk.now,
            told_at=desk.now,
            step=step,
            content=content,
        )
        draft.revision = 1
        draft_rows.store(session, draft)
        return draft.id


def transferred(desk: Desk) -> None:
    """Make Eva staff of another unit."""
    with database.transaction(desk.engine) as session:
        person = session.exec(select(Person.id).where(Person.telegram_id == EVA)).one() or 0
        session.exec(select(Membership).where(Membership.person_id == person)).one().ended_at = desk.now
        unit = session.exec(select(Unit.id).where(Unit.key == "sistemas")).one()
        session.add(Membership(person_id=person, role=Role.STAFF, unit_id=unit, granted_at=desk.now))


def catching_up(desk: Desk) -> Callable[[Session], None]:
    return lambda session: absence.catch_up(session, desk.now, later(desk), CONVERSATIONS)


def in_the_background(desk: Desk, work: Callable[[Session], object]) -> list[str]:
    with database.transaction(desk.engine) as session:
        work(session)
    return [str(each.payload) for each in work_of(session).outbox]


def said_to(desk: Desk, *batch: Raw) -> list[str]:
    desk.take(*batch)
    return [str(each.payload) for each in desk.said] + [str(each.text) for each in desk.answers]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    engine = database.connect(f"sqlite:///{tmp_path / 'avance.db'}")
    migrating.migrate(engine)
    return Desk(engine)


def truth(desk: Desk) -> list[Any]:
    """Return the rows that a draft could change."""
    tables = (Activity, Entry, Presentation, Observation, Invitation, Person, ReopeningRequest)
    rows = [[each.model_dump() for each in desk.rows(table)] for table in tables]
    return [*rows, [each.content for each in desk.rows(DraftRow)][:1]]


def test_every_kind_of_draft_has_a_rule_for_lost_roles() -> None:
    assert set(ACTIONS) == set(DraftKind) == set(BEGUN_AS)


@pytest.mark.parametrize("kind", list(DraftKind))
def test_a_person_who_keeps_the_role_keeps_the_draft(desk: Desk, kind: DraftKind) -> None:
    number = begun(desk, kind)
    with database.transaction(desk.engine) as session:
        eva = member(session, EVA)
        found = draft_rows.find(session, number)
        assert eva is not None and found is not None and may_hold(session, found, eva)
    shown = in_the_background(
        desk, lambda session: absence.catch_up(session, desk.now, later(desk), CONVERSATIONS)
    )
    assert len(shown) == 1 and "sigue sin registrarse" in shown[0]


def later(desk: Desk) -> Any:
    return desk.now + timedelta(minutes=10)


@pytest.mark.parametrize("kind", list(DraftKind))
def test_a_person_who_lost_the_role_sees_and_changes_nothing(desk: Desk, kind: DraftKind) -> None:
    number = begun(desk, kind)
    transferred(desk)
    before = truth(desk)
    answered = desk.answering(data=f"d:{number}:1:ok:")
    said = [
        *said_to(desk, desk.tap(EVA, f"d:{number}:1:ok:")),
        *said_to(desk, desk.tap(EVA, f"d:{number}:0:e:days")),  # an older button
        *said_to(desk, desk.tap(EVA, f"d:{number}:1:v:add")),
        *said_to(desk, desk.tap(EVA, f"open:{number}")),
        *said_to(desk, desk.tap(EVA, "open")),
        *said_to(desk, desk.tap(EVA, f"all:{number}")),
        *said_to(desk, desk.message(EVA, "fueron 3", reply=answered)),
        *said_to(desk, desk.message(EVA, file="f", reply=answered)),
        *said_to(desk, desk.message(EVA, "/registrar")),
        *in_the_background(
            desk, lambda session: absence.catch_up(session, desk.now, later(desk), CONVERSATIONS)
        ),
        *in_the_background(desk, lambda session: draft_rows.ask_for_card(session, number, desk.now)),
        *in_the_background(desk, lambda session: cards.show_due(session, desk.now, CONVERSATIONS)),
    ]
    assert said and not [each for each in said if SECRET in each]
    assert truth(desk) == before
    assert desk.rows(Evidence) == []
    desk.take(desk.message(EVA, "/cancelar"))  # what /registrar began
    desk.now = desk.now + timedelta(days=20)
    expired = in_the_background(desk, lambda session: cards.expire(session, desk.now.replace(hour=18)))
    assert not [each for each in expired if SECRET in each]
    assert desk.rows(DraftRow)[0].expired_at is not None


def test_a_text_answers_only_a_draft_that_the_person_may_still_hold(desk: Desk) -> None:
    """The question of a draft that is no longer theirs is not answered by a text."""
    begun(desk, DraftKind.PRESENTATION)
    transferred(desk)
    desk.take(desk.message(EVA, "Hoy se dio mantenimiento a 3 equipos de cómputo"))
    presentation, card = desk.rows(DraftRow)
    assert presentation.content["text"] == SECRET
    assert card.kind is DraftKind.ACTIVITY


def test_a_registered_card_is_not_edited_for_people_who_left_the_unit(desk: Desk) -> None:
    desk.link(EVA, Role.STAFF, "juridica")
    desk.take(desk.message(EVA, "Hoy 1 acta de la primera sesión del Órgano de Gobierno"))
    desk.take(desk.tap(EVA, desk.button("✅ Registrar")))
    with database.transaction(desk.engine) as session:
        session.get_one(Activity, 1).narrative = SECRET
        draft_rows.ask_for_card(session, 1, desk.now)
    transferred(desk)
    assert in_the_background(desk, lambda session: cards.show_due(session, desk.now, CONVERSATIONS)) == []
