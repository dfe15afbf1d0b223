"""Precedents: a unit's latest activities, kept up to date by the audit."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session

from models.activities import precedents as module
from models.activities.precedents import precedents
from models.programme_changes.importing import ensure_loaded
from models.storage import audit, database
from models.tables.activity import Activity
from tests.support.database.registered_activities import MOMENT, line_of, store
from tests.support.phones.batch_handler import counted


@pytest.fixture
def loaded(engine: Engine) -> Engine:
    with database.transaction(engine) as session:
        ensure_loaded(session, None, MOMENT)
    return engine


def _known(engine: Engine, unit: str) -> list[str]:
    with Session(engine) as session:
        found = precedents(session, (line_of(engine, unit, 1).unit_id,))
        return [each.narrative for each in found]


def _change(engine: Engine, activity_id: int, how: Callable[[Activity], object]) -> None:
    with database.transaction(engine) as session:
        activity = session.get(Activity, activity_id)
        assert activity is not None
        how(activity)
        audit.record(session, MOMENT, "person:1", "correct", f"activity:{activity_id}")


def test_precedents_follow_changes_of_activities(loaded: Engine) -> None:
    one = store(loaded, "archivo", 1, narrative="uno", on=date(2024, 3, 2))
    store(loaded, "archivo", 2, narrative="dos", on=date(2024, 3, 1))
    store(loaded, "juridica", 2, narrative="otra unidad")
    assert _known(loaded, "archivo") == ["dos", "uno"]  # the earliest first
    three = store(loaded, "archivo", 3, narrative="tres")
    assert _known(loaded, "archivo") == ["dos", "uno"]
    _change(loaded, three, lambda activity: None)
    assert _known(loaded, "archivo") == ["dos", "uno", "tres"]
    line = line_of(loaded, "archivo", 4)

    def corrected(activity: Activity) -> None:
        activity.narrative, activity.line_id = "uno corregido", line.id

    _change(loaded, one, corrected)
    assert _known(loaded, "archivo") == ["dos", "tres", "uno corregido"]
    with Session(loaded) as session:
        (last,) = precedents(session, (line.unit_id,))[-1:]
    assert (last.line_id, last.title) == (line.id, line.title)
    _change(loaded, three, lambda activity: setattr(activity, "withdrawn_at", MOMENT))
    assert _known(loaded, "archivo") == ["dos", "uno corregido"]
    assert _known(loaded, "juridica") == ["otra unidad"]


def test_only_the_latest_precedents_are_kept(loaded: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AT_MOST", 3)
    for number in range(5):
        store(loaded, "archivo", 1, narrative=str(number), on=date(2024, 1, 1) + timedelta(days=number))
    assert _known(loaded, "archivo") == ["2", "3", "4"]
    new = store(loaded, "archivo", 1, narrative="5", on=date(2024, 2, 1))
    _change(loaded, new, lambda activity: None)
    assert _known(loaded, "archivo") == ["3", "4", "5"]


def test_after_many_changes_all_precedents_are_read_again(
    loaded: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_CHANGES", 2)
    assert _known(loaded, "archivo") == []
    for number in range(4):
        _change(loaded, store(loaded, "archivo", 1, narrative=str(number)), lambda activity: None)
    assert _known(loaded, "archivo") == ["0", "1", "2", "3"]


def test_without_changes_precedents_cost_one_query_of_the_audit(loaded: Engine) -> None:
    store(loaded, "archivo", 1)
    unit_id = line_of(loaded, "archivo", 1).unit_id
    with Session(loaded) as session:
        precedents(session, (unit_id,))
    asked: list[str] = []
    event.listen(loaded, "before_cursor_execute", lambda _c, _cur, statement, *_: asked.append(statement))
    with Session(loaded) as session:
        assert len(precedents(session, (unit_id,))) == 1
    looks = [each for each in asked if each.lstrip().startswith("SELECT")]
    assert len(looks) == 1 and "audit" in looks[0]


def test_a_transaction_asks_for_changes_once(loaded: Engine) -> None:
    store(loaded, "archivo", 1, narrative="uno")
    unit_id = line_of(loaded, "archivo", 1).unit_id
    with Session(loaded) as session, counted(loaded) as statements:
        for _ in range(5):
            assert [each.narrative for each in precedents(session, (unit_id,))] == ["uno"]
    asked = [each for each in statements if "audit" in each]
    assert len(asked) == 1, asked
