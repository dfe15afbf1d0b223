"""The activities as listed on the command line."""

from pathlib import Path

from models.activities.listing import listing
from models.operations import migrating
from models.programme_changes.importing import ensure_loaded
from models.storage import database
from models.tables.evidence import Evidence, EvidenceKind
from tests.support.database.registered_activities import MOMENT, store


def test_refused_and_removed_evidence_is_not_listed(tmp_path: Path) -> None:
    engine = database.connect(f"sqlite:///{tmp_path / 'avance.db'}")
    migrating.migrate(engine)
    with database.transaction(engine) as session:
        ensure_loaded(session, None, MOMENT)
    number = store(engine)
    with database.transaction(engine) as session:
        for name in ("a.pdf", "b.exe", "c.pdf"):
            piece = Evidence(activity_id=number, kind=EvidenceKind.DOCUMENT, name=name, received_at=MOMENT)
            piece.refused_at = MOMENT if name == "b.exe" else None
            piece.removed_at = MOMENT if name == "c.pdf" else None
            session.add(piece)
    with database.transaction(engine) as session:
        (activity,) = listing(session)
        assert [each.name for each in activity.evidence] == ["a.pdf"]
    engine.dispose()
