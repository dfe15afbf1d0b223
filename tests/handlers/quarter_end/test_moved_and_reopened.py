"""Notices of moved closes and reopened quarters: once, and only to those concerned."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models.calendar.calendar import touch
from models.storage import database
from models.tables.agenda import CloseMove
from models.tables.notice import Acknowledgement, Preference
from models.tables.signature import Reopening
from tests.handlers.reminders.ticking import (
    ANA,
    DIEGO,
    PALOMA,
    kinds,
    local,
    people,
    person_id,
    ticked,
)
from tests.models.quarter_end import owing


@pytest.fixture
def peopled(engine: Engine) -> Engine:
    return people(engine)


def move(engine: Engine, closes_on: str, at: datetime, by: int = PALOMA, quarter: int = 1) -> None:
    with database.transaction(engine) as session:
        made: dict[str, Any] = {"made_by": person_id(session, by), "made_at": at}
        day = date.fromisoformat(f"2024-{closes_on}")
        session.add(CloseMove(year=2024, quarter=quarter, closes_on=day, reason="Sesión <extra>", **made))
        touch(session)


def reopen(session: Session, until: str, at: datetime) -> None:
    unit = owing.Unit(session)
    unit.reopen(unit.sign())
    row = session.exec(select(Reopening)).one()
    row.until, row.reopened_at = date.fromisoformat(f"2024-{until}"), at


def test_a_moved_close_is_notified_at_once_and_once(peopled: Engine) -> None:
    ticked(peopled, local("04-02"))
    move(peopled, "04-10", local("04-02", 11))
    said = ticked(peopled, local("04-02", 11))
    assert [(kinds(said, chat_id), chat_id) for chat_id, _ in said] == [(["moved"], DIEGO), (["moved"], ANA)]
    assert "ahora es <b>el miércoles 10 de abril</b> (antes, el viernes 5 de abril)" in said[0][1]
    assert "Motivo: Sesión &lt;extra&gt;" in said[0][1]
    assert ticked(peopled, local("04-02", 12)) == []
    assert "moved" not in kinds(ticked(peopled, local("04-03")), ANA)


def test_a_moved_close_waits_for_the_morning_and_heads_the_digest(peopled: Engine) -> None:
    ticked(peopled, local("04-05", 17))
    move(peopled, "04-09", local("04-05", 20))
    assert ticked(peopled, local("04-05", 20)) == []
    assert ticked(peopled, local("04-06")) == []  # a Saturday
    said = ticked(peopled, local("04-08"))
    assert kinds(said, ANA) == ["morning", "moved"]
    (told,) = [text for chat_id, text in said if chat_id == ANA]
    assert told.startswith("📆") and "Falta <b>1 día hábil</b> para el cierre (martes 9 de abril)" in told


def test_only_the_newest_move_is_notified_until_that_close(peopled: Engine) -> None:
    move(peopled, "04-09", local("04-02", 19))
    move(peopled, "04-04", local("04-02", 20))
    said = ticked(peopled, local("04-03"))
    assert "ahora es <b>el jueves 4 de abril</b> (antes, el martes 9 de abril)" in dict(said)[ANA]
    move(peopled, "07-02", local("04-03", 11), quarter=2)
    assert kinds(ticked(peopled, local("07-03")), ANA) == []


def test_the_mover_and_people_who_switched_it_off_are_not_notified(peopled: Engine) -> None:
    with database.transaction(peopled) as session:
        session.add(Preference(person_id=person_id(session, ANA), loudness={"moved": "off"}))
    ticked(peopled, local("04-02"))
    move(peopled, "04-10", local("04-02", 11), by=DIEGO)
    assert ticked(peopled, local("04-02", 11)) == []


def test_a_reopened_quarter_is_mentioned_until_it_is_signed_again(peopled: Engine) -> None:
    with database.transaction(peopled) as session:
        reopen(session, "04-24", local("04-16", 16))
    for day in ("04-15", "04-16"):
        ticked(peopled, local(day, 12))
    mornings = {
        day: [kinds(said, chat_id) for chat_id in (ANA, DIEGO)]
        for day in ("17", "18", "19", "22", "23", "24", "25")
        if (said := ticked(peopled, local(f"04-{day}"))) or True
    }
    told = [day for day, (ana, _) in mornings.items() if "reopened" in ana]
    assert told == ["17", "22", "23", "24"]
    assert [day for day, (_, diego) in mornings.items() if "reopened" in diego] == told
    with database.transaction(peopled) as session:
        owing.Unit(session).sign()
    said = ticked(peopled, local("04-26"))
    assert (kinds(said, ANA), kinds(said, DIEGO)) == ([], [])


def test_the_notice_of_a_reopened_quarter_has_its_end_and_duties(peopled: Engine) -> None:
    with database.transaction(peopled) as session:
        reopen(session, "04-18", local("04-16", 10))
    said = dict(ticked(peopled, local("04-16", 11)))
    assert "reabierto hasta el <b>jueves 18 de abril</b> (quedan 2 días hábiles)" in said[ANA]
    assert "<b>1</b> Actas: nada registrado" in said[ANA]
    said = dict(ticked(peopled, local("04-18")))
    assert "(hoy es el último día)" in said[ANA]


def test_a_quarter_reopened_before_its_close_is_notified_with_one_end(peopled: Engine) -> None:
    with database.transaction(peopled) as session:
        reopen(session, "04-12", local("04-02", 16))
    said = {day: ticked(peopled, local(f"04-{day}")) for day in ("03", "04", "05")}
    told = {day: kinds(each, ANA) for day, each in said.items()}
    assert told == {"03": [], "04": [], "05": ["reopened"]}  # the 3rd has only the end of a line


def test_a_reopening_that_ends_before_the_close_is_notified_with_the_close(peopled: Engine) -> None:
    with database.transaction(peopled) as session:
        reopen(session, "04-04", local("04-02", 16))
    said = dict(ticked(peopled, local("04-04")))
    assert "Falta <b>1 día hábil</b>" in said[ANA] and "reabierto" not in said[ANA]


def test_a_reopening_that_ends_unsigned_is_overdue_until_somebody_takes_charge(peopled: Engine) -> None:
    """Also if the quarter's own close was long ago."""
    with database.transaction(peopled) as session:
        reopen(session, "07-18", local("07-15", 16))
        owing.Unit(session).sign(quarter=2)
        owing.Unit(session, "archivo").sign(quarter=2)
    ticked(peopled, local("07-18", 17))
    said = ticked(peopled, local("07-19"))
    assert (kinds(said, DIEGO), kinds(said, PALOMA)) == (["overdue"], [])
    assert "El 1er trimestre 2024 cerró el jueves 18 de julio" in dict(said)[DIEGO]
    said = ticked(peopled, local("07-22"))
    assert "overdue" in kinds(said, DIEGO) and "overdue units" in kinds(said, PALOMA)
    with database.transaction(peopled) as session:
        row: dict[str, Any] = {"person_id": person_id(session, DIEGO), "acknowledged_at": local("07-22", 10)}
        session.add(Acknowledgement(unit_id=owing.Unit(session).view.id, year=2024, quarter=1, **row))
    assert ticked(peopled, local("07-23")) == []
