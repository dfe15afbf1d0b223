"""Being on time and being complete are separate questions."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from models.programme.view import programmes
from models.quarter import Quarter
from models.quarter_end.punctuality import punctuality
from tests.models.quarter_end.owing import Unit, load, noon, tried

FIRST = Quarter(2024, 1)


@pytest.fixture
def loaded(engine: Engine) -> Engine:
    load(engine)
    return engine


def asked(unit: Unit, now: datetime) -> tuple[set[str], set[str], set[str]]:
    found = punctuality(unit.session, programmes(unit.session).years[2024], FIRST, now)
    on_time, late, complete = (
        {each.key for each in part} for part in (found.on_time, found.late, found.complete)
    )
    assert on_time | late == {"juridica", "archivo"} and not on_time & late
    assert {each.key for each in found.incomplete} == {"juridica", "archivo"} - complete
    return on_time, late, complete


def test_before_the_close_units_behind_the_plan_are_late(loaded: Engine) -> None:
    with tried(loaded) as unit:
        assert asked(unit, noon("2024-03-20")) == ({"juridica", "archivo"}, set(), set())
        unit.register(1, "2024-03-13", 4)
        unit.register(4, "2024-03-13", 2)
        assert asked(unit, noon("2024-04-02")) == ({"juridica"}, {"archivo"}, set())


@pytest.mark.parametrize(
    ("signed_at", "on_time"),
    [
        (datetime(2024, 4, 5, 23, tzinfo=UTC), True),
        (
            datetime(2024, 4, 8, 18, tzinfo=UTC),
            True,
        ),  # noon: the last card of the quarter may come until then
        (datetime(2024, 4, 8, 18, 0, 1, tzinfo=UTC), False),
    ],
)
def test_after_the_close_units_that_signed_in_time_are_on_time(
    loaded: Engine, signed_at: datetime, on_time: bool
) -> None:
    with tried(loaded) as unit:
        unit.sign().signed_at = signed_at
        unit.session.flush()
        punctual, _, complete = asked(unit, noon("2024-04-10"))
        assert ("juridica" in punctual) is on_time
        assert complete == {"juridica"}


def test_a_reopening_makes_units_incomplete_but_not_late(loaded: Engine) -> None:
    with tried(loaded) as unit:
        signature = unit.sign()
        assert asked(unit, noon("2024-04-10"))[::2] == ({"juridica"}, {"juridica"})
        unit.reopen(signature)
        assert asked(unit, noon("2024-04-10"))[::2] == ({"juridica"}, set())
