"""The origins of a figure add up to the figure."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine
from sqlmodel import Session

from models.programme.view import programmes
from models.progress.origins import LeftOut, Origin, origins
from models.progress.tally import tally
from tests.models.progress.test_progress import History, days, histories, sqlite, store

__all__ = ["sqlite"]  # a fixture


def all_pages(session: Session, line_number: int, on: date) -> list[Origin]:
    line = programmes(session).years[2024].units[0].line(line_number)
    assert line is not None
    found: list[Origin] = []
    page = origins(session, line, on, size=3)
    found += page.origins
    for number in range(2, page.pages + 1):
        found += origins(session, line, on, number, size=3).origins
    return found


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories(), days)
def test_the_pages_of_origins_add_up_to_the_figure(sqlite: Engine, history: History, on: date) -> None:
    with Session(sqlite) as session:
        store(session, history)
        counts = tally(session, 1, on)
        found = all_pages(session, 1, on)
        assert [each.ends_on for each in found] == sorted(each.ends_on for each in found)
        for target_id in (1, 2):
            mine = [each for each in found if each.target.id == target_id]
            assert sum(each.counted for each in mine) == counts.counted.get(target_id, 0)
            pending = sum(each.left_out for each in mine if each.reason is LeftOut.PENDING)
            assert pending == counts.pending.get(target_id, 0)
        registered = sum(len(each["entries"]) for each in history if each["line"] == 1)
        assert len(found) == registered
        session.rollback()


def _activity(
    ends_on: date, target: int, quantity: int, pending: int = 0, withdrawn: bool = False
) -> dict[str, Any]:
    settled = [(1, date(2024, 1, 9), False)] if pending else []
    entries = [(target, quantity, pending, settled)]
    return {"line": 1, "ends_on": ends_on, "withdrawn": withdrawn, "opening": False, "entries": entries}


def test_each_reason_for_not_counting_is_named(sqlite: Engine) -> None:
    history = [
        _activity(date(2024, 1, 2), target=1, quantity=5, pending=2),
        _activity(date(2024, 1, 3), target=1, quantity=0),
        _activity(date(2024, 1, 4), target=1, quantity=3, withdrawn=True),
        _activity(date(2024, 1, 5), target=2, quantity=4),
        _activity(date(2024, 1, 11), target=1, quantity=2),
    ]
    with Session(sqlite) as session:
        store(session, history)
        line = programmes(session).years[2024].units[0].lines[0]
        informative = replace(line.targets[1], informative=True)
        line = replace(line, targets=(line.targets[0], informative))
        found = origins(session, line, date(2024, 1, 10)).origins
        assert [(each.counted, each.left_out, each.reason) for each in found] == [
            (4, 1, LeftOut.PENDING),
            (0, 0, LeftOut.STEP),
            (0, 3, LeftOut.WITHDRAWN),
            (0, 4, LeftOut.INFORMATIVE),
            (0, 2, LeftOut.LATER),
        ]
        assert origins(session, line, date(2024, 1, 10), page=99, size=2).number == 3
        session.rollback()
