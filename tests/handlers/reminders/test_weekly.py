"""The weekly digest: ten lines, achievements first, at most three risks, the figures of `/avance`."""

import re
from datetime import date

import pytest

from handlers.texts.progress import progress as progress_texts
from handlers.texts.progress.signs import SIGNS
from handlers.texts.reminders import reminders
from models.programme.view import UnitView
from models.progress.signal import Signal
from models.progress.status import ProgressStatus, stand
from models.quarter import Quarter
from models.quarter_end.punctuality import Punctuality
from spanish.writing import formats
from tests.published import published

PROGRAMME, TALLY = published()
MONDAY = date(2024, 4, 1)
UNITS = {unit.key: unit for unit in PROGRAMME.units}


def standing_of(unit: UnitView, on: date) -> ProgressStatus:
    return stand(PROGRAMME, (unit,), TALLY, Quarter.of(on), on)


@pytest.mark.parametrize("on", [date(2024, 3, 25), date(2024, 3, 31), date(2024, 11, 4)], ids=str)
@pytest.mark.parametrize("key", UNITS)
def test_a_unit_fits_ten_lines_with_achievements_before_risks(key: str, on: date) -> None:
    standing = standing_of(UNITS[key], on)
    stood = standing.units[0]
    text = reminders.weekly_unit(standing, stood, MONDAY)
    lines = text.splitlines()
    assert len(lines) <= 10
    assert lines[2].startswith("✅ <b>Logros</b>")
    below = text.partition("Riesgos")[2].strip("</b>").split("\n")[1:]
    bad = [each for each in stood.lines if each.signal in (Signal.RED, Signal.YELLOW)]
    assert len(below) == min(len(bad), 3)
    assert all(line.startswith(("🔴", "🟡")) for line in below)
    assert not any(line.startswith(("🔴", "🟡", "🔷")) for line in lines[3 : len(lines) - len(below)])


@pytest.mark.parametrize("key", UNITS)
def test_the_figures_of_the_week_equal_those_of_avance(key: str) -> None:
    standing = standing_of(UNITS[key], date(2024, 3, 31))
    stood = standing.units[0]
    week, page = reminders.weekly_unit(standing, stood, MONDAY), progress_texts.unit_page(standing, stood)
    assert page.splitlines()[1] in week  # «Avance 40 % · planeado 25 % 🟢»
    for sign, figure, number in re.findall(r"^(\S+) (.+?) · <b>(\d+)</b>", week, re.MULTILINE):
        line = stood.line(int(number))
        assert line is not None
        assert (sign, figure) == (SIGNS[line.signal], formats.shown(line.exact))
        assert f"{figure} {sign}" in page


def test_red_lines_come_before_yellow_ones_and_met_ones_before_green_ones() -> None:
    for unit in PROGRAMME.units:
        for on in (date(2024, 3, 31), date(2024, 11, 4), date(2024, 12, 31)):
            stood = standing_of(unit, on).units[0]
            risks = [each.signal is Signal.RED for each in reminders.risks(stood)]
            good = [each.signal is Signal.MET for each in reminders.achievements(stood)]
            assert risks == sorted(risks, reverse=True) and good == sorted(good, reverse=True)


def test_on_time_and_complete_are_two_figures_for_planning() -> None:
    units = PROGRAMME.units
    standing = stand(PROGRAMME, units, TALLY, Quarter(2024, 1), date(2024, 3, 31))
    closed = Punctuality(Quarter(2024, 1), on_time=units[:2], late=units[2:], complete=units[1:3])
    text = reminders.weekly_whole(standing, [(closed, date(2024, 4, 5), True)], MONDAY)
    assert "A tiempo: <b>2</b> de 6 · con retraso: 4 (Archivo, " in text
    assert "Completas: <b>2</b> de 6 · faltan: 4 (Apoyo Administrativo, " in text
    assert "y 1 más)" in text
