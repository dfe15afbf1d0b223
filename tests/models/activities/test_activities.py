"""Pages of activities: their content, and that no query reads or sorts more rows than it shows."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models.activities import reading as activities
from models.activities.reading import Wanted, page
from models.operations import migrating
from models.programme.view import programmes
from models.programme_changes.importing import ensure_loaded
from models.storage import database
from models.tables.activity import Activity, ActivityKind
from models.tables.people import Person

MOMENT = datetime(2024, 3, 20, 15, tzinfo=UTC)
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


@pytest.fixture
def stored(engine: Engine) -> Engine:
    """Store sixty activities on six lines of three units by two authors on twenty days; one is an opening."""
    with database.transaction(engine) as session:
        ensure_loaded(session, None, MOMENT)
        session.add_all(Person(id=number, name=f"P{number}", joined_at=MOMENT) for number in (1, 2))
    with database.transaction(engine) as session:
        lines = [line for unit in programmes(session).years[2024].units[:3] for line in unit.lines[:2]]
        for number in range(60):
            line, day = lines[number % 6], date(2024, 1, 1) + timedelta(days=9 * (number % 20))
            session.add(
                Activity(
                    unit_id=line.unit_id,
                    line_id=line.id,
                    kind=ActivityKind.OPENING if number == 30 else ActivityKind.ACTIVITY,
                    starts_on=day,
                    ends_on=day,
                    narrative="Se hizo.",
                    registered_by=1 + number % 7 % 2,
                    registered_at=MOMENT,
                    said_at=MOMENT,
                )
            )
    return engine


def forms(session: Session) -> list[Wanted]:
    """Return every combination of filters."""
    units = programmes(session).years[2024].units[:3]
    ids, line = tuple(unit.id for unit in units), units[1].lines[0].id
    quarter = date(2024, 1, 1), date(2024, 3, 31)
    return [
        Wanted(ids, *YEAR),
        Wanted(ids[:1], *YEAR),
        Wanted(ids[1:], *quarter),
        Wanted(ids, *YEAR, author_id=1),
        Wanted(ids[:2], *quarter, author_id=2),
        Wanted(ids, *YEAR, line_id=line),
        Wanted(ids[1:2], *quarter, line_id=line, author_id=1),
        Wanted(ids[:1], *YEAR, line_id=line),  # an offset beyond the end
        Wanted((), *YEAR),
    ]


def test_the_pages_together_equal_a_plain_filter(stored: Engine) -> None:
    with Session(stored) as session:
        everything = session.exec(select(Activity)).all()
        sizes = []
        for wanted in forms(session):
            expected = sorted(
                (
                    (each.ends_on, each.id)
                    for each in everything
                    if each.unit_id in wanted.unit_ids
                    and wanted.first_day <= each.ends_on <= wanted.last_day
                    and wanted.line_id in (None, each.line_id)
                    and wanted.author_id in (None, each.registered_by)
                    and each.kind is ActivityKind.ACTIVITY
                ),
                reverse=True,
            )
            found = []
            for offset in range(0, 70, 7):
                found += [
                    (each.activity.ends_on, each.activity.id) for each in page(session, wanted, offset, 7)
                ]
            assert found == expected
            sizes.append(len(expected))
        assert sizes[0] == 59 and min(sizes[:7]) > 0 and sizes[7:] == [0, 0]


def test_no_query_reads_or_sorts_all_rows(tmp_path: object) -> None:
    engine = database.connect(f"sqlite:///{tmp_path}/avance.db")
    migrating.migrate(engine)
    with database.transaction(engine) as session:
        ensure_loaded(session, None, MOMENT)
    with database.transaction(engine) as session:
        for wanted in forms(session):
            for statement in activities._statements(wanted):
                compiled = statement.limit(6).compile(engine, compile_kwargs={"render_postcompile": True})
                values = tuple(compiled.params[name] for name in compiled.positiontup or ())
                plan = session.connection().exec_driver_sql(
                    f"EXPLAIN QUERY PLAN {compiled}",
                    tuple(each.isoformat() if isinstance(each, date) else each for each in values),
                )
                (step,) = [row[3] for row in plan]  # a second one would be a sort
                assert "SEARCH activity USING" in step and "INDEX ix_activity_" in step
                assert "ends_on>? AND ends_on<?" in step
    engine.dispose()
