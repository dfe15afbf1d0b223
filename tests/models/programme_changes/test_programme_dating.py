"""A line added or ended in the middle of the year does not change earlier days."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models.activities.registration import check_days
from models.errors import Rejected
from models.programme.format import ProgrammeFile
from models.programme.view import LineView, programmes
from models.programme_changes.importing import ImportRefused, apply, difference
from models.programme_changes.rows import stored
from models.programme_file.file import read
from models.progress.progress import progress
from models.progress.status import UnitStatus
from models.quarter import Quarter
from models.storage import database
from models.tables.activity import Activity
from tests.models.programme_file.programme_sample import SOUND, spoiled

NOW = datetime(2024, 7, 1, 15, tzinfo=UTC)
SINCE = date(2024, 7, 1)
TODAY = date(2024, 11, 15)
LINE_7 = """\
      - number: 7
        title: Cursos
        starts_on: 2024-07-01
        ends_on: 2024-12-31
        targets:
          - {amount: 4, measure: Cursos}
"""
ADDED = spoiled(("      - number: 3\n", f"{LINE_7}      - number: 3\n"))
ENDED = SOUND[: SOUND.index("      - number: 3")] + SOUND[SOUND.index("  - key: archivo") :]


def _file(text: str) -> ProgrammeFile:
    reading = read(text)
    assert reading.programme is not None, reading.errors
    return reading.programme


def _bring(engine: Engine, text: str, since: date | None = SINCE) -> None:
    with database.transaction(engine) as session:
        apply(session, _file(text), now=NOW, actor="command line", since=since)


def _unit(session: Session, number: int, key: str = "juridica") -> UnitStatus:
    programme = programmes(session).years[2024]
    standing = progress(session, programme, Quarter(2024, number), TODAY)
    return next(each for each in standing.units if each.unit.key == key)


def _numbers(engine: Engine) -> list[list[int]]:
    """Return the line numbers of the first unit in each quarter, T1 to T4."""
    with database.transaction(engine) as session:
        return [[each.line.number for each in _unit(session, n).lines] for n in (1, 2, 3, 4)]


def _line(session: Session, number: int) -> LineView:
    line = programmes(session).years[2024].units[0].line(number)
    assert line is not None
    return line


def test_an_added_line_is_not_in_earlier_quarters(engine: Engine) -> None:
    _bring(engine, SOUND)
    with database.transaction(engine) as session:
        before = [_unit(session, n) for n in (1, 2)]
        assert [str(each) for each in difference(session, _file(ADDED), SINCE).changes] == [
            "juridica 7: added, «Cursos», 4 Cursos, in force from 2024-07-01"
        ]
    _bring(engine, ADDED)
    assert _numbers(engine) == [[1, 3], [1, 3], [1, 3, 7], [1, 3, 7]]
    with database.transaction(engine) as session:
        for then, now in zip(before, [_unit(session, n) for n in (1, 2)], strict=True):
            assert (then.exact, then.planned, then.due) == (now.exact, now.planned, now.due)
        assert _unit(session, 3).planned == Fraction(sum(each.planned for each in _unit(session, 3).lines), 3)
        assert difference(session, _file(ADDED)).empty


def test_an_omitted_line_ends_and_keeps_its_activities(engine: Engine) -> None:
    _bring(engine, SOUND)  # its third line has an opening amount
    with pytest.raises(ImportRefused, match="1 activities are registered in it; a line ends from a day on"):
        _bring(engine, ENDED, since=None)
    _bring(engine, ENDED)
    assert _numbers(engine) == [[1, 3], [1, 3], [1], [1]]
    with database.transaction(engine) as session:
        assert _line(session, 3).in_force_until == date(2024, 6, 30)
        assert len(session.exec(select(Activity)).all()) == 1
        assert difference(session, _file(ENDED)).empty
        exported = stored(session, 2024)
        assert exported is not None and difference(session, exported).empty


def test_an_added_unit_is_not_in_earlier_means(engine: Engine) -> None:
    first = SOUND[: SOUND.index("  - key: archivo")]
    _bring(engine, first)
    with database.transaction(engine) as session:
        before = progress(session, programmes(session).years[2024], Quarter(2024, 1), TODAY)
    _bring(engine, SOUND)
    with database.transaction(engine) as session:
        known = programmes(session).years[2024]
        then = progress(session, known, Quarter(2024, 1), TODAY)
        assert (then.planned, len(then.units)) == (before.planned, 1)
        assert len(progress(session, known, Quarter(2024, 3), TODAY).units) == 2


def test_days_outside_are_refused(engine: Engine) -> None:
    _bring(engine, SOUND)
    _bring(engine, ADDED)
    with database.transaction(engine) as session:
        known = programmes(session)
        line = _line(session, 7)
        check_days(known, line.id, SINCE, SINCE, TODAY)
        with pytest.raises(Rejected, match="day_outside_force"):
            check_days(known, line.id, date(2024, 6, 30), SINCE, TODAY)


def test_a_line_cannot_end_before_its_last_activity(engine: Engine) -> None:
    _bring(engine, SOUND)
    early = spoiled(
        ("        title: Convenios\n", "        title: Convenios\n        in_force_until: 2024-06-29\n")
    )
    with pytest.raises(ImportRefused, match="juridica 3: 1 activities are registered on days outside"):
        _bring(engine, early)


def test_a_change_from_the_first_of_january_applies_to_the_whole_year(engine: Engine) -> None:
    _bring(engine, SOUND)
    _bring(engine, ADDED, since=date(2024, 1, 1))
    assert _numbers(engine) == [[1, 3, 7]] * 4


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("in_force_from: 2023-07-01", "which is not a day of 2024"),
        ("in_force_from: 2024-07-01\n        in_force_until: 2024-06-01", "before it begins on 2024-07-01"),
    ],
)
def test_impossible_days_are_named(given: str, says: str) -> None:
    spoilt = spoiled(("        title: Convenios\n", f"        title: Convenios\n        {given}\n"))
    (problem,) = read(spoilt).errors
    assert says in problem.message
