"""One object of each kind in two units, with texts that only some may read; and every row, to compare."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, select
from sqlmodel import Session, SQLModel

from models.programme.view import LineView, UnitView, programmes
from models.storage import database
from models.tables.activity import Activity, DocumentNumber, Entry, Settlement
from models.tables.chat.draft import DraftRow
from models.tables.evidence import Evidence, EvidenceKind
from models.tables.notice import StandIn
from models.tables.people import Invitation, Membership, Person, Role
from models.tables.review import Return
from models.tables.signature import ReopeningRequest
from models.tables.statement import NoActivityStatement, Observation, Presentation

MOMENT = datetime(2024, 3, 14, 18, tzinfo=UTC)
DAY = date(2024, 3, 13)
QUARTER = "2024-T1"
# Written by every update, or a person's own: preferences, notices, orders.
PASSING = {
    "inbox", "outbox", "stranger", "heartbeat", "sign_of_life", "notice", "preference", "draft_message",
    "report_order", "made_report", "backup",
}  # fmt: skip
Rows = dict[tuple[str, str], str]


@dataclass(frozen=True)
class Things:
    """The ids of one unit's objects, and the word that all its private texts contain."""

    word: str
    key: str
    unit: int
    line: int
    bare_line: int
    target: int
    activity: int
    entry: int
    settlement: int
    evidence: int
    draft: int
    person: int
    pair: int
    stand_in: int
    invitation: int
    request: int


def place(engine: Engine, key: str, word: str) -> Things:
    """Store an author with an activity and all that belongs to it, an open draft, statements, an absence."""
    with database.transaction(engine) as session:
        unit = next(each for each in programmes(session).years[2024].units if each.key == key)
        line = next((each for each in unit.lines if each.targets[0].counts_when), unit.lines[0])
        author, pair, invitation = _person(session, unit, f"{word}-autora", Role.STAFF)
        director, _, _ = _person(session, unit, f"{word}-titular", Role.DIRECTOR)
        activity = _add(session, _activity(unit, line, word, author))
        entry = _add(
            session, Entry(activity_id=activity, target_id=line.targets[0].id, quantity=3, pending=2)
        )
        settled = _add(
            session, Settlement(entry_id=entry, quantity=1, counts_on=DAY, **_by("registered", author))
        )
        evidence = _add(session, _evidence(activity, word, author))
        _add(session, DocumentNumber(activity_id=activity, number=f"{word}-oficio"))
        _add(
            session,
            Return(activity_id=activity, version=1, reason=f"{word}-motivo", **_by("returned", director)),
        )
        _statements(session, unit, line, word, author)
        away = StandIn(
            person_id=director, unit_id=unit.id, deputy_id=author, from_day=DAY, to_day=DAY, made_at=MOMENT
        )
        return Things(
            word=word,
            key=key,
            unit=unit.id,
            line=line.id,
            bare_line=unit.lines[-1].id,
            target=line.targets[0].id,
            activity=activity,
            entry=entry,
            settlement=settled,
            evidence=evidence,
            draft=_add(session, _draft(author, word)),
            person=author,
            pair=pair,
            stand_in=_add(session, away),
            invitation=invitation,
            request=_add(session, _request(unit, word, author)),
        )


def rows(engine: Engine) -> Rows:
    """Return every row by table and key, without transient records and audit entries of only those."""
    found: Rows = {}
    with engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if table.name not in PASSING:
                keys = [column.name for column in table.primary_key]
                for row in connection.execute(select(table)).mappings():
                    if table.name != "audit" or not _of_passing(row["rows"]):
                        found[table.name, str([row[key] for key in keys])] = str(dict(row))
    return found


def _of_passing(written: str | None) -> bool:
    """Return whether an audit entry is about transient rows only."""
    tables = {table for table, *_ in json.loads(written or "[]")}
    return bool(tables) and tables <= PASSING


def changed(before: Rows, after: Rows) -> set[tuple[str, str]]:
    """Return what was inserted, deleted or altered."""
    return {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def _add(session: Session, row: Any) -> int:
    session.add(row)
    session.flush()
    return int(row.id)


def _by(deed: str, person: int) -> dict[str, Any]:
    said = {"said_at": MOMENT} if deed == "registered" else {}
    return {f"{deed}_by": person, f"{deed}_at": MOMENT, **said}


def _person(session: Session, unit: UnitView, name: str, role: Role) -> tuple[int, int, int]:
    person = _add(session, Person(name=name, telegram_id=None, joined_at=MOMENT))
    pair = Membership(person_id=person, role=role, unit_id=unit.id, granted_at=MOMENT)
    invited = Invitation(
        code_hash=name,
        role=role,
        unit_id=unit.id,
        name=name,
        created_at=MOMENT,
        expires_at=MOMENT + timedelta(days=30),
    )
    return person, _add(session, pair), _add(session, invited)


def _activity(unit: UnitView, line: LineView, word: str, author: int) -> Activity:
    return Activity(
        unit_id=unit.id,
        line_id=line.id,
        starts_on=DAY,
        ends_on=DAY,
        narrative=f"{word}-narrativa",
        place=f"{word}-lugar",
        **_by("registered", author),
    )


def _evidence(activity: int, word: str, author: int) -> Evidence:
    return Evidence(
        activity_id=activity,
        kind=EvidenceKind.DOCUMENT,
        added_by=author,
        chat_id=1,
        message_id=1,
        name=f"{word}-archivo.pdf",
        caption=f"{word}-pie",
        received_at=MOMENT,
        fetched_at=MOMENT,
        sha256="0" * 64,
    )


def _draft(author: int, word: str) -> DraftRow:
    content = {"narrative": f"{word}-borrador", "direct": True}
    return DraftRow(
        person_id=author, chat_id=1, content=content, step="line", said_at=MOMENT, touched_at=MOMENT
    )


def _request(unit: UnitView, word: str, author: int) -> ReopeningRequest:
    return ReopeningRequest(
        unit_id=unit.id, year=2024, quarter=1, about=f"{word}-solicitud", asked_by=author, asked_at=MOMENT
    )


def _statements(session: Session, unit: UnitView, line: LineView, word: str, author: int) -> None:
    when: dict[str, Any] = {"year": 2024, "quarter": 1, "said_by": author, "said_at": MOMENT}
    session.add(Observation(line_id=line.id, text=f"{word}-observación", **when))
    session.add(Presentation(unit_id=unit.id, text=f"{word}-presentación", **when))
    session.add(NoActivityStatement(line_id=unit.lines[-1].id, reason=f"{word}-sin movimiento", **when))
