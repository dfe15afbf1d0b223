"""Families of sentences that go wrong alike, each over the measures of several agencies and many numbers.

A family says how a message is put together; what it must come to holds for every measure, verb and number.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest

from models.programme.view import LineView, UnitView
from models.programme_file.file import BUNDLED
from spanish.reading.activity import understand
from spanish.reading.evaluation.cards import is_ready
from spanish.reading.evaluation.questions import read_agency
from spanish.writing.number_words import written

AGENCIES = Path(__file__).parents[1] / "data" / "agencies"
WEDNESDAY = 12  # of June in 2024, the day before in 2025
PROGRAMMES = {
    "sesaech": BUNDLED,
    **{name: AGENCIES / f"{name}.yaml" for name in ("municipality", "university", "health-district")},
    "civil-protection": AGENCIES / "third" / "civil-protection.yaml",
}


@dataclass(frozen=True)
class Counted:
    """A thing that a line counts, and the verb by which it is done, in its forms."""

    programme: str
    unit: str
    line: int
    one: str
    many: str
    we: str  # «atendimos»
    infinitive: str
    participle: str  # in the plural: «atendidas»
    se: str  # «se atendieron»

    @property
    def now(self) -> str:
        """Of what is to come: «damos», «atendemos»."""
        return {"dimos": "damos", "hicimos": "hacemos", "atendimos": "atendemos"}.get(self.we, self.we)

    @property
    def the(self) -> str:
        return "las" if self.participle.endswith("as") else "los"

    @property
    def a(self) -> str:
        return "una" if self.participle.endswith("as") else "un"


THINGS = [
    Counted("sesaech", "apoyo-administrativo", 3, "solicitud", "solicitudes",
            "atendimos", "atender", "atendidas", "se atendieron"),
    Counted("sesaech", "archivo", 2, "asesoría", "asesorías",
            "dimos", "dar", "dadas", "se dieron"),
    Counted("sesaech", "sistemas", 3, "mantenimiento", "mantenimientos",
            "hicimos", "hacer", "hechos", "se hicieron"),
    Counted("sesaech", "juridica", 3, "convenio", "convenios",
            "elaboramos", "elaborar", "elaborados", "se elaboraron"),
    Counted("municipality", "obras", 4, "luminaria", "luminarias",
            "reparamos", "reparar", "reparadas", "se repararon"),
    Counted("municipality", "obras", 5, "fuga", "fugas",
            "reparamos", "reparar", "reparadas", "se repararon"),
    Counted("municipality", "dif", 3, "consulta", "consultas",
            "brindamos", "brindar", "brindadas", "se brindaron"),
    Counted("municipality", "prevencion", 2, "recorrido", "recorridos",
            "realizamos", "realizar", "realizados", "se realizaron"),
    Counted("university", "biblioteca", 5, "libro", "libros",
            "restauramos", "restaurar", "restaurados", "se restauraron"),
    Counted("health-district", "regulacion", 1, "verificación", "verificaciones",
            "practicamos", "practicar", "practicadas", "se practicaron"),
    Counted("health-district", "clinicas", 1, "consulta", "consultas",
            "otorgamos", "otorgar", "otorgadas", "se otorgaron"),
    Counted("civil-protection", "riesgos", 1, "inspección", "inspecciones",
            "realizamos", "realizar", "realizadas", "se realizaron"),
    Counted("civil-protection", "capacitacion", 2, "simulacro", "simulacros",
            "organizamos", "organizar", "organizados", "se organizaron"),
    Counted("civil-protection", "administracion", 2, "despensa", "despensas",
            "entregamos", "entregar", "entregadas", "se entregaron"),
]  # fmt: skip

Family = Callable[[Counted, int], Iterator[tuple[str, int]]]


def done(of: Counted, n: int) -> Iterator[tuple[str, int]]:
    """Told as done, in any order and form."""
    yield f"{of.se} {n} {of.many}", n
    yield f"ayer {of.we} {written(Decimal(n))} {of.many}", n
    yield f"{n} {of.many} {of.participle}", n
    yield f"{of.participle} {n} {of.many}", n
    yield f"{of.many} {of.participle}: {n}", n
    yield f"hoy quedaron {of.participle} {n} {of.many}", n
    yield f"en total fueron {n} {of.many} {of.participle} ayer", n
    yield f"Por este medio informo que el día de ayer {of.se} {n} {of.many}", n


def one(of: Counted, n: int) -> Iterator[tuple[str, int]]:
    """One, by its article."""
    yield f"ayer {of.we} {of.a} {of.one}", 1
    yield f"hoy {of.we} {of.a} sol{of.a.replace('un', '') or 'o'} {of.one}", 1


def parts(of: Counted, n: int) -> Iterator[tuple[str, int]]:
    """A whole and its parts, or the parts alone."""
    yield f"{of.se} {n + 3} {of.many}: {n} en el centro y 3 en el norte", n + 3
    yield f"{of.we} {n} {of.many} en el centro y 4 en el norte", n + 4
    yield f"{of.we} {n + 5} {of.many}, {n} en el centro y 5 en el norte", n + 5
    yield f"{of.se} {n} {of.many} en la mañana y 2 en la tarde, {n + 2} en total", n + 2


def by_day(of: Counted, n: int) -> Iterator[tuple[str, int]]:
    """So many on each day."""
    yield f"lunes {n} {of.many}, martes 5 y hoy 3", n + 8
    yield f"{of.many}: lunes {n}, martes 4 y hoy 2", n + 6
    yield f"{of.we} {n} {of.many} el lunes y 2 el martes", n + 2


def listed(of: Counted, n: int) -> Iterator[tuple[str, int]]:
    """Under a heading, item by item."""
    yield f"{of.many} {of.participle} hoy:\n- Centro {n}\n- San Juan 2\n- La Loma 7", n + 9
    yield f"{of.many} {of.participle} hoy: {n} en Centro, 2 en San Juan y 1 en La Loma", n + 3


def corrected(of: Counted, n: int) -> Iterator[tuple[str, int]]:
    """A number that is taken back."""
    yield f"{of.we} {n + 1} {of.many}, perdón, {n}", n
    yield f"ayer {of.we} {n + 2} {of.many}... digo, fueron {n} {of.many}", n


def out_of(of: Counted, n: int) -> Iterator[tuple[str, int]]:
    """So many of all there are, with what is left."""
    yield f"{of.we} {n} de {of.the} {n + 3} {of.many} programad{of.participle[-2:]}", n
    yield f"{of.we} {n} {of.many} y faltan 2", n


def not_done(of: Counted, n: int) -> Iterator[tuple[str, int]]:
    """Denied, to come, wished, owed, depending on something, or done by others: nothing counts unasked."""
    for text in (
        f"no {of.we} {of.the} {n} {of.many}",
        f"hoy no {of.se} {of.the} {n} {of.many}, no hubo gente",
        f"mañana {of.now} {n} {of.many}",
        f"vamos a {of.infinitive} {n} {of.many}",
        f"la próxima semana vamos a {of.infinitive} {n} {of.many}",
        f"queremos {of.infinitive} {n} {of.many}",
        f"pienso {of.infinitive} {n} {of.many}",
        f"tenemos que {of.infinitive} {n} {of.many}",
        f"faltan {n} {of.many} por {of.infinitive}",
        f"no pudimos {of.infinitive} {of.the} {n} {of.many}",
        f"el viernes {of.now} {n} {of.many} si nos autorizan",
        f"ojalá podamos {of.infinitive} {n} {of.many}",
        f"nos pidieron {n} {of.many}",
        f"para julio hay que {of.infinitive} {n} {of.many}",
    ):
        yield text, 0


def asked(of: Counted, n: int) -> Iterator[tuple[str, int]]:
    """Asked or ordered: no card is ready."""
    for text in (
        f"¿ya {of.se} {of.the} {n} {of.many}?",
        f"cuántas {of.many} {of.we} ayer" if of.a == "una" else f"cuántos {of.many} {of.we} ayer",
        f"por qué no cuentan {of.the} {n} {of.many} de ayer",
        f"ya {of.we} {of.the} {n} {of.many} o todavía no",
        f"me puedes pasar la lista de {of.the} {n} {of.many}",
    ):
        yield text, -1


def totals(of: Counted, n: int) -> Iterator[tuple[str, int]]:
    """A running total: it is asked whether it is new."""
    for text in (
        f"ya llevamos {n} {of.many}",
        f"van {n} {of.many} en el año",
        f"llevamos {n} {of.many} {of.participle} en lo que va del año",
        f"a la fecha sumamos {n} {of.many}",
    ):
        yield text, -1


FAMILIES: list[tuple[Family, int]] = [  # and of a hundred how many may be asked though they are right
    (done, 5), (one, 12), (parts, 10), (by_day, 10), (listed, 5), (corrected, 5), (out_of, 25),
    (not_done, 100), (asked, 100), (totals, 100),
]  # fmt: skip


@lru_cache
def line_of(programme: str, unit: str, number: int) -> tuple[UnitView, LineView, int]:
    agency = read_agency(PROGRAMMES[programme])
    found = next(each for each in agency.units if each.key == unit)
    line = found.line(number)
    assert line is not None
    return found, line, agency.year


def read(of: Counted, text: str) -> tuple[bool, Decimal]:
    """Whether the card is ready, and how much it counts."""
    unit, line, year = line_of(of.programme, of.unit, of.line)
    found = understand(text, [(unit, line)], date(year, 6, WEDNESDAY if year == 2024 else WEDNESDAY - 1))
    targets = {each.id: each for each in line.targets}
    counted = [
        Decimal(each.quantity).scaleb(-targets[each.target_id].decimals)
        for each in found.said
        if not targets[each.target_id].informative
    ]
    return is_ready(found), sum(counted, Decimal(0))


def judge(family: Family) -> tuple[list[str], list[str], int]:
    """The messages that are wrong without asking, those asked though right, and of how many."""
    wrong, asks, total = [], [], 0
    for of in THINGS:
        for n in (2, 7, 14, 23):
            for text, expected in family(of, n):
                total += 1
                ready, quantity = read(of, text)
                if ready and quantity != expected:
                    wrong.append(f"{of.programme} {of.unit} {of.line}: {text!r} came to {quantity}")
                elif not ready and expected > 0:
                    asks.append(text)
    return wrong, asks, total


@pytest.mark.parametrize(("family", "most"), FAMILIES, ids=[each.__name__ for each, _ in FAMILIES])
def test_a_family_is_never_wrong_without_asking_and_seldom_asked(family: Family, most: int) -> None:
    wrong, asks, total = judge(family)
    assert not wrong, f"{len(wrong)} of {total}"
    assert 100 * len(asks) <= most * total, asks[:20]
