"""The database's figures of rates are those of plain loops, and the entries shown make the figure."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine
from sqlmodel import Session

from models.combine import Combine
from models.operations.migrating import migrate
from models.programme.view import programmes
from models.progress.combining import combined, figure_with
from models.progress.origins import LeftOut, origins
from models.progress.tally import combine_rates, tally
from models.storage.database import connect
from models.tables.programme import Target
from tests.models.progress.test_progress import FIRST, History, _programmes, days, histories, store

RATES = {1: Combine.LATEST, 3: Combine.AVERAGE}


@pytest.fixture(scope="module")
def rates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One database for the many examples of a property; each rolls back what it stored."""
    path: Path = tmp_path_factory.mktemp("rates") / "avance.db"
    engine = connect(f"sqlite:///{path}")
    migrate(engine)
    prepare(engine)
    yield engine
    engine.dispose()


def prepare(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        _programmes(session)
        session.flush()
        for number, how in RATES.items():
            session.get_one(Target, number).combine = how


def values(history: History, target: int, on: date) -> list[int]:
    """What counts of a target by that day, by plain loops."""
    found = []
    standing = [each for each in history if not each["withdrawn"] and each["ends_on"] <= on]
    for each in sorted(standing, key=lambda each: each["ends_on"]):
        for owner, quantity, pending, settled in each["entries"]:
            came = sum(part for part, counts_on, undone in settled if counts_on <= on and not undone)
            if owner == target and quantity - pending + came:
                found.append(quantity - pending + came)
    return found


def expected(history: History, target: int, on: date) -> int:
    own = values(history, target, on)
    if not own:
        return 0
    if RATES[target] is Combine.LATEST:
        return own[-1]
    rounded = (2 * sum(own) + len(own)) // (2 * len(own))
    return rounded - 1 if sum(own) < 10 * len(own) and rounded >= 10 else rounded


def examine(session: Session, history: History, on: date) -> None:
    counts = tally(session, 1, on)
    lines = [line for _, line in programmes(session).years[2024].lines()]
    for line in lines:
        for target in line.targets:
            if target.id not in RATES:
                continue
            figure = counts.counted.get(target.id, 0)
            assert figure == expected(history, target.id, on)
            shown = [each for each in origins(session, line, on, size=100).origins if each.target == target]
            made = combined(target.in_force(on), [each.counted for each in shown if each.counted])
            assert made == figure
            gone = [each.left_out for each in shown if each.reason is LeftOut.SUPERSEDED]
            if RATES[target.id] is Combine.LATEST:
                assert gone == values(history, target.id, on)[:-1]
            else:
                assert gone == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories(), days)
def test_figures_and_origins_are_those_of_plain_loops(rates: Engine, history: History, on: date) -> None:
    with Session(rates) as session:
        store(session, history)
        examine(session, history, on)
        session.rollback()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories(), days)
def test_the_card_says_what_the_figure_becomes(rates: Engine, history: History, day: date) -> None:
    on = date(2024, 1, 31)
    with Session(rates) as session:
        store(session, history)
        targets = [each for _, line in programmes(session).years[2024].lines() for each in line.targets]
        for target in targets:
            if target.id not in RATES:
                continue
            said = figure_with(session, target, on, day, 7)
            registered: dict[str, Any] = {
                "line": 1 if target.id == 1 else 2,
                "ends_on": day,
                "withdrawn": False,
                "opening": False,
                "entries": [(target.id, 7, 0, [])],
            }
            store(session, [registered])
            assert tally(session, 1, on).counted[target.id] == said
        session.rollback()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories(), days, days)
def test_a_period_has_the_figure_of_its_own_values(
    rates: Engine, history: History, one: date, two: date
) -> None:
    since, on = min(one, two), max(one, two)
    with Session(rates) as session:
        store(session, history)
        counts = tally(session, 1, on)
        combine_rates(session, counts, on, since)
        later = [each for each in history if each["ends_on"] >= since]
        for target in RATES:
            assert counts.counted.get(target, 0) == expected(later, target, on)
        session.rollback()


def test_both_engines_make_the_same(engine: Engine) -> None:
    prepare(engine)
    history: History = [
        {
            "line": line,
            "ends_on": date(2024, 1, day),
            "withdrawn": withdrawn,
            "opening": False,
            "entries": [(target, quantity, pending, settled)],
        }
        for line, target, day, quantity, pending, settled, withdrawn in (
            (1, 1, 3, 8, 0, [], False),
            (1, 1, 5, 6, 6, [(6, date(2024, 1, 9), False)], False),
            (1, 1, 7, 9, 0, [], True),
            (2, 3, 3, 9, 0, [], False),
            (2, 3, 5, 10, 0, [], False),
            (2, 3, 7, 0, 0, [], False),
        )
    ]
    with Session(engine) as session, session.begin():
        store(session, history)
    with Session(engine) as session:
        for day in (FIRST, date(2024, 1, 4), date(2024, 1, 8), date(2024, 1, 9)):
            examine(session, history, day)
