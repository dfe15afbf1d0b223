"""Whether a text tells that what waited now counts, and which days it names."""

from dataclasses import replace
from datetime import date

import pytest

from spanish.reading.activity.waiting import ALL, find_waiting
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


@pytest.mark.parametrize(
    ("condition", "done", "to_do"),
    [
        ("firmado por el usuario", "firmados", "firmar"),
        ("pagado", "pagados", "pagar"),
        ("notificado a la parte", "notificados", "notificar"),
        ("recibido por el cliente", "recibidos", "recibir"),
        ("validado", "validados", "validar"),
    ],
)
def test_whatever_the_condition_its_participle_is_met_and_its_infinitive_waits(
    condition: str, done: str, to_do: str
) -> None:
    target = replace(AGREEMENTS, counts_when=condition)
    assert find_waiting(f"5 convenios {done} hoy", target)[0] == 0
    assert find_waiting(f"hicimos 3 convenios, 2 sin {to_do}", target)[0] == 2
    assert find_waiting(f"hicimos 3 convenios, faltan de {to_do} 2", target)[0] == 2
    assert find_waiting("se elaboraron 7 convenios", target)[0] is None
    assert find_waiting(f"7 convenios, ninguno ha sido {done[:-1]}", target)[0] == ALL
