"""The published first quarter of 2024 as values in memory, read from the report's own table."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from models.programme.view import LineView, ProgrammeView, TargetView, Terms, UnitView
from models.progress.tally import Tally

CSV = Path(__file__).parents[2] / "data" / "published-progress.csv"
KEYS = {
    "Unidad de Apoyo Administrativo": "apoyo",
    "Unidad de Transparencia": "transparencia",
    "Coordinación de Archivo": "archivo",
    "Dirección de Vinculación y Políticas Públicas": "vinculacion",
    "Dirección de Sistemas Electrónicos y Plataforma Digital": "sistemas",
    "Dirección Jurídica": "juridica",
}
# The monthly table of maintenances; the report gives three months, the others are not fixed yet.
PLANS = {("sistemas", 3): (0, 21, 18, *[None] * 9)}


def rows() -> list[dict[str, str]]:
    with CSV.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def published() -> tuple[ProgrammeView, Tally]:
    """Return the programme, and what its lines had counted by 31 March 2024 (3 acuerdos pending)."""
    units: dict[str, list[LineView]] = {}
    tally = Tally()
    for index, row in enumerate(rows(), 1):
        key = KEYS[row["unit"]]
        targets = tuple(_targets(key, index, row))
        counted = [int(each) for each in re.findall(r"\d+", row["counted_by_31_march_2024"])]
        for target, amount in zip(targets, counted, strict=False):
            tally.counted[target.id] = amount
        line = LineView(
            id=index,
            unit_id=list(KEYS.values()).index(key) + 1,
            number=int(row["line"]),
            title=row["title"],
            description=None,
            starts_on=date.fromisoformat(row["start"]),
            ends_on=date.fromisoformat(row["end"]),
            demand_driven=(key, row["line"]) == ("transparencia", "1"),
            targets=targets,
        )
        tally.pending.update({target.id: 3 for target in targets if target.counts_when})
        units.setdefault(key, []).append(line)
    views = tuple(
        UnitView(id, key, name, (), None, None, tuple(units[key]))
        for id, (name, key) in enumerate(KEYS.items(), 1)
    )
    return ProgrammeView(1, 2024, {}, {}, views), tally


def _targets(key: str, index: int, row: dict[str, str]) -> Iterator[TargetView]:
    for place, text in enumerate(row["targets"].split(" + ")):
        amount, _, measure = text.partition(" ")
        plan: Any = PLANS.get((key, int(row["line"])))
        yield TargetView(
            id=10 * index + place,
            measure=measure,
            decimals=0,
            counts_when="publicado" if measure == "Acuerdos" else None,
            informative=False,
            terms=(Terms(date.min, int(amount.replace(",", "")), plan),),
        )
    if (key, row["line"]) == ("sistemas", "2"):
        plan = (0, 1, 1, 1)
        yield TargetView(10 * index + 9, "Eventos", 0, None, True, (Terms(date.min, 3, plan),))
