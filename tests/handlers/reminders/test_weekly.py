"""The weekly digest: what the week added, then the year's figure and at most three risks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from handlers.texts.reminders import week as texts
from handlers.texts.reminders.week import Week
from models.programme.view import UnitView
from models.progress.signal import Signal
from models.progress.status import ProgressStatus, progress_status
from models.progress.tally import Tally
from models.quarter import Quarter
from models.quarter_end.punctuality import Punctuality
from models.storage import database
from models.tables.activity import Activity, Entry, Settlement
from tests.handlers.reminders.ticking import DIEGO, PALOMA, local, people, ticked
from tests.support.database.published import published
from tests.support.database.registered_activities import Claimed, store

PROGRAMME, TALLY = published()
MONDAY = date(2024, 3, 25)
UNITS = {unit.key: unit for unit in PROGRAMME.units}


def standing_of(unit: UnitView, on: date) -> ProgressStatus:
    return progress_status(PROGRAMME, (unit,), TALLY, Quarter.of(on), on)


@pytest.mark.parametrize("on", [date(2024, 3, 25), date(2024, 3, 31), date(2024, 11, 4)], ids=str)
@pytest.mark.parametrize("key", UNITS)
def test_a_unit_fits_ten_lines_with_the_week_before_the_risks(key: str, on: date) -> None:
    standing = standing_of(UNITS[key], on)
    stood = standing.units[0]
    text = texts.weekly_unit(standing, stood, Week(MONDAY, TALLY))
    lines = text.splitlines()
    assert len(lines) <= 10
    assert lines[0].endswith("semana del 25 al 31 de marzo") and lines[1].startswith("En la semana: ")
    below = text.partition("Riesgos")[2].splitlines()[1:]
    bad = [each for each in stood.lines if each.signal in (Signal.RED, Signal.YELLOW)]
    assert len(below) == min(len(bad), 3)
    assert all("🔴■ atrasada" in line or "🟡▲ con retraso" in line for line in below)


def test_red_risks_come_before_yellow_ones() -> None:
    for unit in PROGRAMME.units:
        for on in (date(2024, 3, 31), date(2024, 11, 4), date(2024, 12, 31)):
            stood = standing_of(unit, on).units[0]
            risks = [each.signal is Signal.RED for each in texts.risks(stood)]
            assert risks == sorted(risks, reverse=True)


def test_planning_reads_of_what_each_number_is() -> None:
    units = PROGRAMME.units
    standing = progress_status(PROGRAMME, units, TALLY, Quarter(2024, 1), date(2024, 3, 31))
    quarter = Punctuality(Quarter(2024, 1), on_time=units[:2], late=units[2:], complete=units[1:3])
    close = date(2024, 4, 5)
    text = texts.weekly_whole(standing, [(quarter, close, True)], Week(MONDAY, Tally()))
    assert "cerró el 5 de abril" in text
    assert "Firmaron a tiempo: <b>2</b> de 6 órganos · no: 4 (Archivo, " in text
    assert "Con todo listo y firmado: <b>2</b> de 6 órganos · faltan: 4 (Apoyo Administrativo, " in text
    assert "y 1 más)" in text
    text = texts.weekly_whole(standing, [(quarter, close, False)], Week(MONDAY, Tally()))
    assert "Sin líneas atrasadas: <b>2</b> de 6 órganos · con alguna: 4 (Archivo, " in text


@pytest.fixture
def agency(engine: Engine) -> Engine:
    return people(engine)


def registered_at(engine: Engine, number: int, day: str) -> None:
    with database.transaction(engine) as session:
        activity = session.get(Activity, number)
        assert activity is not None
        activity.registered_at = local(day, 12)


def test_the_week_is_what_was_registered_from_monday_to_sunday(agency: Engine) -> None:
    in_the_week = store(agency, line=1, on=date(2024, 2, 28), claimed=(Claimed(4, 1),))
    before = store(agency, line=1, on=date(2024, 3, 22), claimed=(Claimed(3, 2),))
    after = store(agency, line=2, on=date(2024, 4, 1))
    for number, day in ((in_the_week, "03-31"), (before, "03-24"), (after, "04-01")):
        registered_at(agency, number, day)
    with database.transaction(agency) as session:
        entry = session.exec(select(Entry).where(Entry.activity_id == before, Entry.pending == 2)).one()
        on = date(2024, 3, 26)
        at = datetime(2024, 3, 26, 18, tzinfo=UTC)
        session.add(
            Settlement(entry_id=entry.id or 0, quantity=2, counts_on=on, registered_at=at, said_at=at)
        )
    said = ticked(agency, local("04-01"))
    unit = next(text for chat, text in said if chat == DIEGO and "semana del" in text)
    assert "semana del 25 al 31 de marzo\nEn la semana: 1 actividad registrada.\n" in unit
    assert "<b>1</b> Actas: 5 actas (1 por publicar); va en " in unit
    assert "En el año: <b>" in unit and "Logros" not in unit
    whole = next(text for chat, text in said if chat == PALOMA and "semana del" in text)
    assert "En la semana: 1 actividad registrada.\nSin registrar nada: 1 (Archivo)" in whole


def test_a_week_without_anything_says_so(agency: Engine) -> None:
    registered_at(agency, store(agency), "03-20")
    said = ticked(agency, local("04-01"))
    unit = next(text for chat, text in said if chat == DIEGO and "semana del" in text)
    assert "En la semana: no se registró ninguna actividad.\nEn el año: " in unit
    again = ticked(agency, local("04-01") + timedelta(days=7))
    later = next(text for chat, text in again if chat == DIEGO and "semana del" in text)
    assert "semana del 1 al 7 de abril" in later
