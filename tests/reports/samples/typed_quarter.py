"""A quarter as people typed it: the messages of tests/data, mistakes and greetings included, as a report."""

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlmodel import Session

from models.operations import migrating
from models.programme.view import LineView, ProgrammeView, programmes
from models.programme_changes.importing import ensure_loaded
from models.quarter import Quarter
from models.storage import database
from models.tables.activity import Activity, DocumentNumber, Entry
from models.tables.evidence import Evidence, EvidenceKind
from reports.quarterly.content import Report
from reports.quarterly.making import make
from spanish.writing.folding import fold
from tests.reports.samples.first_quarter_report import BEGUN
from tests.reports.samples.sample import Album

DATA = Path(__file__).parents[2] / "data"
PARTS = ("participants", "women", "men")
SETS = ("phrases", "messages")


def typed_quarter(
    folder: Path, quarter: Quarter, programme: Path | None = None, album: Album | None = None
) -> Report:
    """Return the institution's report of a quarter of 2024, in which every message is an activity.

    With an album every third has a picture.
    """
    engine = database.connect(f"sqlite:///{folder / 'avance.db'}")
    migrating.migrate(engine)
    with database.transaction(engine) as session:
        ensure_loaded(session, programme, BEGUN)
        known = programmes(session).years[quarter.year]
        for row in _rows(quarter):
            _store(session, known, row, album)
        session.flush()
        report = make(session, known, quarter, quarter.last_day + timedelta(days=3))
    engine.dispose()
    return report


def _rows(quarter: Quarter) -> list[dict[str, str]]:
    found = []
    for name in SETS:
        with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
            found += [row for row in csv.DictReader(file) if row["line"]]
    return [row for row in found if Quarter.of(date.fromisoformat(row["date_end"])) == quarter]


def _store(session: Session, known: ProgrammeView, row: dict[str, str], album: Album | None) -> None:
    unit = next(each for each in known.units if each.name == row["unit"])
    line = unit.line(int(row["line"]))
    assert line is not None
    sent = datetime.combine(date.fromisoformat(row["today"]), datetime.min.time(), UTC) + timedelta(hours=20)
    participants, women, men = (int(row[name]) if row[name] else None for name in PARTS)
    activity = Activity(
        unit_id=unit.id,
        line_id=line.id,
        starts_on=date.fromisoformat(row["date_start"]),
        ends_on=date.fromisoformat(row["date_end"]),
        narrative=row["text"],
        registered_at=sent,
        said_at=sent,
        participants=participants,
        women=women,
        men=men,
    )
    session.add(activity)
    session.flush()
    assert activity.id is not None
    for measure, quantity in zip(_listed(row["measure"]), _listed(row["quantity"]), strict=False):
        target_id = _target(line, measure)
        session.add(Entry(activity_id=activity.id, target_id=target_id, quantity=int(quantity)))
    for number in filter(None, row["documents"].split(";")):
        session.add(DocumentNumber(activity_id=activity.id, number=number))
    if album is not None:
        _photograph(session, activity, album)


def _listed(cell: str) -> list[str]:
    """Return the values of a cell, which may be a list: «[1, 3]»."""
    return [each.strip(" '\"") for each in cell.strip("[]").split(",")]


def _target(line: LineView, measure: str) -> int:
    wanted = fold(measure)[:5]
    return next((each.id for each in line.targets if fold(each.measure)[:5] == wanted), line.targets[0].id)


SIZES = ((1200, 900), (900, 1200), (1600, 900), (1000, 1000))


def _photograph(session: Session, activity: Activity, album: Album) -> None:
    """Give every third activity a picture, each of another size than the one before."""
    number = activity.id or 0
    if number % 3:
        return
    sha256 = album.draw(SIZES[number // 3 % len(SIZES)])
    session.add(
        Evidence(
            activity_id=number,
            kind=EvidenceKind.PHOTO,
            sha256=sha256,
            copy_sha256=sha256,
            media_type="image/jpeg",
            name=f"{number}.jpg",
            bytes=1,
            received_at=activity.said_at,
            fetched_at=activity.said_at,
        )
    )
