"""The real first quarter, signed by a director of each unit, with evidence and photographs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import Session, col, select

from models.programme.view import programmes
from models.quarter_end.snapshot import digest, snapshot
from models.storage import audit
from models.tables.activity import Activity
from models.tables.evidence import Evidence, EvidenceKind
from models.tables.people import Person
from models.tables.signature import Signature
from reports.quarterly.content import Report
from reports.quarterly.making import make
from tests.reports.samples.first_quarter_report import T1, TODAY, first_quarter_stored
from tests.reports.samples.sample import UPRIGHT, WIDE, Album

SIGNED_AT = datetime(2024, 4, 2, 16, 30, tzinfo=UTC)
SIGNERS = ("Roberto Culebro", "Ana Ruiz", "Luis Solís", "Elena Zenteno", "Rosa Díaz", "Pedro Coello")


@contextmanager
def signed_quarter_stored(folder: Path, album: Album) -> Iterator[Session]:
    """Yield a database in which every unit signed the quarter; the album has its photographs."""
    with first_quarter_stored(folder) as session:
        _add_evidence(session, album)
        session.flush()
        programme = programmes(session).years[2024]
        for number, unit in enumerate(programme.units):
            signer = Person(name=SIGNERS[number % len(SIGNERS)], joined_at=SIGNED_AT)
            session.add(signer)
            session.flush()
            text = snapshot(session, programme, unit, T1, salt=f"{number:032x}")
            row = Signature(
                unit_id=unit.id,
                year=2024,
                quarter=1,
                snapshot=text,
                sha256=digest(text),
                signed_by=signer.id or 0,
                signed_at=SIGNED_AT + timedelta(minutes=number),
            )
            session.add(row)
            session.flush()
            said = {"quarter": T1.key, "sha256": row.sha256, "in_place_of": None}
            actor = audit.person(row.signed_by)
            audit.record(session, row.signed_at, actor, "sign", f"signature:{row.id}", None, said)
            audit.chain(session)
        yield session


def _add_evidence(session: Session, album: Album) -> None:
    """Give every fourth activity two photographs, and the first a document."""
    stored = session.exec(select(Activity).order_by(col(Activity.id))).all()
    for activity in stored[::4]:
        for size in (WIDE, UPRIGHT):
            sha256 = album.draw(size)
            session.add(
                Evidence(
                    activity_id=activity.id,
                    kind=EvidenceKind.PHOTO,
                    sha256=sha256,
                    copy_sha256=sha256,
                    media_type="image/jpeg",
                    bytes=album.place(sha256).stat().st_size,
                    received_at=SIGNED_AT,
                    fetched_at=SIGNED_AT,
                )
            )
    session.add(
        Evidence(
            activity_id=stored[0].id,
            kind=EvidenceKind.DOCUMENT,
            sha256="ab" * 32,
            name="acta.pdf",
            bytes=12_345,
            received_at=SIGNED_AT,
            fetched_at=SIGNED_AT,
        )
    )


@cache
def signed_quarter() -> tuple[Report, Album]:
    """Return the institution's signed report, with an album that stays until the tests end."""
    album = Album(_kept())
    with TemporaryDirectory() as folder, signed_quarter_stored(Path(folder), album) as session:
        return make(session, programmes(session).years[2024], T1, TODAY), album


@cache
def signed_unit() -> tuple[Report, Album]:
    """Return the signed report of one unit alone, which is shorter."""
    album = Album(_kept())
    with TemporaryDirectory() as folder, signed_quarter_stored(Path(folder), album) as session:
        programme = programmes(session).years[2024]
        unit = next(each for each in programme.units if each.key == "juridica")
        return make(session, programme, T1, TODAY, unit), album


_KEPT: list[TemporaryDirectory[str]] = []  # removed when the interpreter ends


def _kept() -> Path:
    _KEPT.append(TemporaryDirectory(prefix="avance-album-"))
    return Path(_KEPT[-1].name)
