"""The JSON of progress, for the published quarter."""

import json
from datetime import date
from fractions import Fraction

from handlers.progress.progress_json import as_json
from models.programme.view import LineView, ProgrammeView, TargetView, Terms, UnitView
from models.progress.status import progress_status
from models.progress.tally import Tally
from models.quarter import Quarter
from tests.support.database.published import published, rows

T1 = Quarter(2024, 1)


def test_the_json_of_the_published_quarter() -> None:
    programme, counts = published()
    shape = json.loads(
        json.dumps(as_json(progress_status(programme, programme.units, counts, T1, date(2024, 3, 31))))
    )
    assert (shape["on"], shape["quarter"]) == ("2024-03-31", "2024-T1")
    lines = [line for unit in shape["units"] for line in unit["lines"]]
    for row, line in zip(rows(), lines, strict=True):
        assert (line["number"], line["title"]) == (int(row["line"]), row["title"])
        if row["published"] and row["published"] != "6 %":
            assert line["shown"] == row["published"]
    juridica = shape["units"][-1]
    assert {key: juridica[key] for key in ("key", "name", "shown", "signal")} == {
        "key": "juridica",
        "name": "Dirección Jurídica",
        "shown": "40 %",
        "signal": "green",
    }
    first = juridica["lines"][0]
    assert {key: first[key] for key in ("exact", "shown", "planned", "due", "signal")} == {
        "exact": "9/14",
        "shown": "64 %",
        "planned": "1/4",
        "due": "1/4",
        "signal": "green",
    }
    acuerdos = first["targets"][1]
    assert {key: acuerdos[key] for key in ("measure", "amount", "counted", "pending", "planned")} == {
        "measure": "Acuerdos",
        "amount": "12",
        "counted": "9",
        "pending": "3",
        "planned": "3/1",
    }
    assert lines[12]["exact"] == "0/1" and lines[11]["exact"] == "1/1"


def test_decimals_are_exact_and_planned_fractions_are_real_amounts() -> None:
    target = TargetView(1, "Kilómetros", 2, None, False, (Terms(date.min, 1250, None),))
    line = LineView(1, 1, 1, "Caminos", None, date(2024, 1, 1), date(2024, 12, 31), False, (target,))
    unit = UnitView(1, "obras", "Obras", (), None, None, (line,))
    programme = ProgrammeView(1, 2024, {}, {}, (unit,))
    shape = as_json(progress_status(programme, (unit,), Tally({1: 1005}, {1: 250}), T1, date(2024, 3, 31)))
    found = shape["units"][0]["lines"][0]["targets"][0]
    assert (found["amount"], found["counted"], found["pending"]) == ("12.5", "10.05", "2.5")
    assert Fraction(found["planned"]) == Fraction(25, 8)
