"""The first quarter of 2024 as a report made from real rows, with evidence, people and an adjustment."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlmodel import Session, select

from models.operations import migrating
from models.programme.view import programmes, touch
from models.programme_changes.importing import ensure_loaded
from models.quarter import Quarter
from models.storage import database
from models.tables.activity import Activity
from models.tables.evidence import Evidence, EvidenceKind
from models.tables.programme import Adjustment, Programme
from reports.quarterly.content import LinePart, Report, UnitPart
from reports.quarterly.making import make
from tests.support.database.first_quarter_rows import store_first_quarter

MOMENT = datetime(2024, 4, 2, 16, tzinfo=UTC)
T1 = Quarter(2024, 1)
# What the evidence holds, by its name; the first two belong to one activity.
EVIDENCE = {"acta.pdf": b"%PDF-1.7 acta", "oficio 12.pdf": b"%PDF-1.7 oficio", "lista.xlsx": b"PK lista"}


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@cache
def replayed() -> Report:
    """Return the report of the whole institution on 2 April, unsigned."""
    with TemporaryDirectory() as folder:
        engine = database.connect(f"sqlite:///{Path(folder) / 'avance.db'}")
        migrating.migrate(engine)
        with database.transaction(engine) as session:
            ensure_loaded(session, None, MOMENT)
            store_first_quarter(session)
            _enrich(session)
        with database.transaction(engine) as session:
            report = make(session, programmes(session).years[2024], T1, MOMENT.date())
        engine.dispose()
    return report


def _enrich(session: Session) -> None:
    activities = session.exec(select(Activity).order_by(Activity.ends_on, Activity.id)).all()  # type: ignore[arg-type]
    first, second = activities[0].id, activities[1].id
    where = {"acta.pdf": first, "oficio 12.pdf": first, "lista.xlsx": second}
    for name, content in EVIDENCE.items():
        kept = {"name": name, "media_type": "application/pdf", "bytes": len(content), "fetched_at": MOMENT}
        session.add(_evidence(where[name], EvidenceKind.DOCUMENT, sha256=sha256_of(content), **kept))
    session.add(_evidence(second, EvidenceKind.PHOTO, missing_at=MOMENT, name="perdida.jpg"))
    session.add(_evidence(second, EvidenceKind.LOCATION, latitude=16.7537, longitude=-93.1167))
    activities[0].participants, activities[0].women, activities[0].men = 9, 6, 3
    activities[1].participants, activities[1].academia = 12, None
    line = programmes(session).years[2024].units[1].lines[0]
    session.add(
        Adjustment(
            target_id=line.targets[0].id,
            adjusted_on=date(2024, 3, 1),
            amount=44,
            reason="Más solicitudes que las previstas",
            letter="SESAECH/UT/9/2024",
            made_at=MOMENT,
        )
    )
    touch(session, session.exec(select(Programme)).one())


def _evidence(activity: int | None, kind: EvidenceKind, **given: Any) -> Evidence:
    return Evidence(activity_id=activity, kind=kind, received_at=MOMENT, **given)


def with_line(report: Report, unit: int, number: int, **changes: Any) -> Report:
    """Return the report with one line replaced."""

    def changed(line: LinePart) -> LinePart:
        return replace(line, **changes) if line.number == number else line

    return with_unit(report, unit, lines=tuple(map(changed, report.units[unit].lines)))


def with_unit(report: Report, unit: int, **changes: Any) -> Report:
    units: list[UnitPart] = list(report.units)
    units[unit] = replace(units[unit], **changes)
    return replace(report, units=tuple(units))
