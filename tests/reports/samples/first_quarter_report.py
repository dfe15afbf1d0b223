"""The report of the real first quarter, of the bundled programme or another."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from sqlmodel import Session, col, select

from bot.demo.first_quarter import first_quarter
from models.operations import migrating
from models.programme.view import programmes
from models.programme_changes.importing import ensure_loaded
from models.quarter import Quarter
from models.storage import database
from models.tables.activity import Activity, DocumentNumber
from reports.quarterly.content import Report
from reports.quarterly.making import make
from tests.support.database.first_quarter_rows import store_first_quarter

BUNDLED = Path(__file__).parents[3] / "models" / "programmes" / "sesaech-2024.yaml"
BEGUN = datetime(2024, 1, 2, 15, tzinfo=UTC)
TODAY = date(2024, 4, 2)
T1 = Quarter(2024, 1)


@contextmanager
def first_quarter_stored(folder: Path, programme: Path = BUNDLED) -> Iterator[Session]:
    """Yield a database with the programme and the whole quarter, people and letters too."""
    engine = database.connect(f"sqlite:///{folder / 'avance.db'}")
    migrating.migrate(engine)
    with database.transaction(engine) as session:
        ensure_loaded(session, programme, BEGUN)
        store_first_quarter(session)
        session.flush()
        stored = session.exec(select(Activity).order_by(col(Activity.id))).all()
        for activity, told in zip(stored, first_quarter().activities, strict=True):
            activity.participants, activity.women, activity.men = told.participants, told.women, told.men
            for name, number in told.sectors.items():
                setattr(activity, name, number)
            assert activity.id is not None
            session.add_all(
                DocumentNumber(activity_id=activity.id, number=number) for number in told.documents
            )
        session.flush()
        yield session
    engine.dispose()


def first_quarter_report(
    folder: Path, programme: Path = BUNDLED, change: Callable[[Session], None] = lambda session: None
) -> Report:
    """Return the report; `change` may alter the stored rows before."""
    with first_quarter_stored(folder, programme) as session:
        change(session)
        session.flush()
        return make(session, programmes(session).years[2024], T1, TODAY)
