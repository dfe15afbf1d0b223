"""Each reason to doubt a quantity, by a message in which it holds and one like it in which it does not."""

from datetime import date
from pathlib import Path

import pytest

from models.programme_file.file import BUNDLED
from spanish.reading.activity import understand
from spanish.reading.activity.safety import Reason
from spanish.reading.evaluation.questions import read_agency

AGENCIES = Path(__file__).parents[1] / "data" / "agencies"
HEALTH, MUNICIPALITY = AGENCIES / "health-district.yaml", AGENCIES / "municipality.yaml"


def reasons(programme: Path, unit: str, line: int, text: str) -> set[Reason]:
    agency = read_agency(programme)
    found = next(each for each in agency.units if each.key == unit)
    only = found.line(line)
    assert only is not None
    read = understand(text, [(found, only)], date(agency.year, 6, 12))
    return {each.reason for each in read.doubts if each.reason is not None}


CASES = [  # reason, programme, unit, line, a message in which it holds, one in which it does not
    (Reason.NUMBER_BESIDE_ONE, BUNDLED, "archivo", 2,
     "ayer di asesoría a tres áreas", "ayer di tres asesorías"),
    (Reason.ONE_UNNAMED, BUNDLED, "sistemas", 1,
     "ayer quedó lo que faltaba", "ayer quedó conectado el ayuntamiento"),
    (Reason.NAMED_TOGETHER, BUNDLED, "archivo", 2,
     "asesoramos a Salud y Finanzas", "asesoramos a Salud y a Finanzas"),
    (Reason.NONE_UNSAID, BUNDLED, "sistemas", 2,
     "se capacitó al ayuntamiento de Tapachula", "se invitó al ayuntamiento de Tapachula"),
    (Reason.NO_NUMBER, HEALTH, "clinicas", 3,
     "ayer hicimos supervisiones en la sierra", "ayer hicimos una supervisión en la sierra"),
    (Reason.NO_UNIT, MUNICIPALITY, "obras", 1,
     "ayer pavimentamos 350 en la Central", "ayer pavimentamos 350 m en la Central"),
    (Reason.PER_PERIOD, BUNDLED, "archivo", 2,
     "di 2 asesorías por semana en marzo", "di 2 asesorías en marzo"),
    (Reason.NONE_OF_THEM, BUNDLED, "sistemas", 3,
     "revisamos 5 equipos, ninguno quedó", "revisamos 5 equipos, todos quedaron"),
    (Reason.NONE_THOUGH_DONE, BUNDLED, "vinculacion", 5,
     "ayer entregamos el reporte, falta el acuse, sigue en revisión", "falta entregar el reporte"),
]  # fmt: skip


@pytest.mark.parametrize(("reason", "programme", "unit", "line", "text", "sure"), CASES)
def test_a_reason_is_found_and_not_where_it_does_not_hold(
    reason: Reason, programme: Path, unit: str, line: int, text: str, sure: str
) -> None:
    assert reason in reasons(programme, unit, line, text)
    assert reason not in reasons(programme, unit, line, sure)


def test_every_reason_has_a_message() -> None:
    assert {reason for reason, *_ in CASES} == {*Reason}
