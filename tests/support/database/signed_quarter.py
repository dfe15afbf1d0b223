"""A quarter that may be signed, for tests that begin there."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from models.programme.view import UnitView, programmes
from models.quarter import Quarter
from models.quarter_end.duties import DutyKind, duties
from models.quarter_end.signing import Signing, sign
from models.quarter_end.snapshot import digest, snapshot
from models.rights import Member, member
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.tables.chat.draft import DraftKind
from models.tables.people import Person
from models.tables.signature import Signature
from models.tables.statement import NoActivityStatement, Observation, Presentation


def unit_of(session: Session, key: str = "juridica", year: int = 2024) -> UnitView:
    return next(each for each in programmes(session).years[year].units if each.key == key)


def explain(session: Session, unit: UnitView, quarter: Quarter, now: datetime) -> None:
    """Store a statement for every duty that blocks the signature."""
    when: dict[str, Any] = {"year": quarter.year, "quarter": quarter.number, "said_at": now}
    for duty in duties(session, unit, quarter, now):
        if duty.kind is DutyKind.NOTHING_REGISTERED:
            session.add(
                NoActivityStatement(line_id=duty.line_id or 0, reason="Sin sesiones en el trimestre", **when)
            )
        elif duty.kind is DutyKind.UNEXPLAINED_DEVIATION:
            session.add(Observation(line_id=duty.line_id or 0, text="Se adelantó lo del año", **when))
        elif duty.kind is DutyKind.NO_PRESENTATION:
            session.add(Presentation(unit_id=unit.id, text="Un trimestre de trabajo parejo.", **when))
    session.flush()


def signed(session: Session, signer: int, unit: UnitView, quarter: Quarter, now: datetime) -> Signature:
    """Sign by the director with that Telegram id."""
    explain(session, unit, quarter, now)
    director = known(session, signer)
    draft = Draft(director.person_id, signer, DraftKind.SIGNATURE, said_at=now, touched_at=now)
    draft_rows.store(session, draft)
    shown = snapshot(session, programmes(session).years[quarter.year], unit, quarter)
    wanted = Signing(unit_id=unit.id, quarter=quarter.key, sha256=digest(shown))
    return sign(session, draft, wanted, director, now)


def known(session: Session, telegram_id: int) -> Member:
    """Return the linked person as a member, PIN entered."""
    found = member(session, telegram_id)
    assert found is not None, session.exec(select(Person)).all()
    return replace(found, confirmed=True)
