"""Whether a text tells that what waited now counts, and which days it names."""

from datetime import date

import pytest

from spanish.reading.conditions import find_condition_met
from tests.support.database.bundled import bundled_units

TODAY = date(2024, 3, 20)
AGREEMENTS = next(
    target
    for unit in bundled_units()
    for line in unit.lines
    for target in line.targets
    if target.counts_when is not None
)
SESSION, YESTERDAY = (date(2024, 2, 15), date(2024, 2, 15)), (date(2024, 3, 19), date(2024, 3, 19))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("ya se publicaron los 2 acuerdos del 15 de febrero", (SESSION,)),
        ("ya salió publicado el acuerdo de la sesión del 15 de febrero", (SESSION,)),
        ("Ayer salieron en el Periódico Oficial los 3 acuerdos", (YESTERDAY,)),
        ("ayer se publicó el acuerdo que aprobó la junta el 15 de febrero", (YESTERDAY, SESSION)),
        ("ya quedaron publicados", ()),
        ("2 acuerdos ya publicados", ()),
        ("LOS ACUERDOS YA ESTÁN PUBLICADOS", ()),
    ],
)
def test_a_condition_that_is_met_is_read(text: str, days: tuple[tuple[date, date], ...]) -> None:
    assert find_condition_met(text, AGREEMENTS, TODAY) == days


@pytest.mark.parametrize(
    "text",
    [
        "todavía no se publican los acuerdos",
        "mañana se publican los 2 acuerdos",
        "ayer mandamos a publicar los 2 acuerdos",
        "se aprobaron 4 acuerdos y ya se publicaron",
        "se levantó el acta de la sesión y 2 acuerdos, ya publicados",
        "se tomaron 2 acuerdos",
        "",
    ],
)
def test_other_work_and_what_still_waits_are_no_condition_met(text: str) -> None:
    assert find_condition_met(text, AGREEMENTS, TODAY) is None
