"""The bundled programme equals the published table and the report."""

import csv
from datetime import date
from pathlib import Path

import pytest

from models.programme.format import GivenLine, ProgrammeFile
from models.programme_file.file import BUNDLED, read

PUBLISHED = Path(__file__).parents[2] / "data" / "published-progress.csv"


@pytest.fixture(scope="module")
def programme() -> ProgrammeFile:
    programme = read(BUNDLED.read_bytes()).programme
    assert programme is not None
    return programme


def _line(programme: ProgrammeFile, key: str, number: int) -> GivenLine:
    return next(
        line for unit in programme.units for line in unit.lines if (unit.key, line.number) == (key, number)
    )


def _plan(programme: ProgrammeFile, key: str, number: int, target: int = 0) -> list[int | None] | None:
    plan = _line(programme, key, number).targets[target].plan
    return None if plan is None else [None if entry is None else int(entry) for entry in plan]


def test_the_bundled_programme_has_no_errors_and_one_warning() -> None:
    reading = read(BUNDLED.read_bytes())
    assert reading.errors == ()
    dates, indicators = sorted(
        reading.warnings, key=lambda problem: problem.path != "units[2].lines[4].starts_on"
    )
    assert dates.path == "units[2].lines[4].starts_on"
    assert "archivo 5: its dates, 2023-01-01 to 2023-12-31, are not within 2024" in dates.message
    assert "counts as the whole year" in dates.message
    assert "indicator data" in indicators.message


def test_lines_targets_titles_and_dates_are_those_published(programme: ProgrammeFile) -> None:
    with PUBLISHED.open(encoding="utf-8") as file:
        published = list(csv.DictReader(file))
    ours = [(unit.name, line) for unit in programme.units for line in unit.lines]
    assert len(ours) == len(published) == 26
    for (name, line), row in zip(ours, published, strict=True):
        assert (name, line.number, line.title) == (row["unit"], int(row["line"]), row["title"])
        assert (line.starts_on.isoformat(), line.ends_on.isoformat()) == (row["start"], row["end"])
        counting = [
            f"{target.amount:,} {target.measure}" for target in line.targets if not target.informative
        ]
        # The table says «1 Documento» where the file has the plural.
        assert [each.rstrip("s") for each in counting] == [
            each.rstrip("s") for each in row["targets"].split(" + ")
        ]


def test_there_are_six_units_and_27_targets_that_count(programme: ProgrammeFile) -> None:
    keys = ["apoyo-administrativo", "transparencia", "archivo", "vinculacion", "sistemas", "juridica"]
    assert [unit.key for unit in programme.units] == keys
    targets = [target for unit in programme.units for line in unit.lines for target in line.targets]
    assert [target.informative for target in targets].count(False) == 27
    assert [target.measure for target in targets if target.informative] == ["Eventos de formación"]


def test_plans_are_given_where_the_report_gives_them(programme: ProgrammeFile) -> None:
    assert _plan(programme, "juridica", 1, 0) == [4, 4, 4, 4]
    assert _plan(programme, "juridica", 1, 1) == [3, 3, 3, 3]
    assert _plan(programme, "sistemas", 2, 1) == [0, 1, 1, 1]
    assert _plan(programme, "sistemas", 3) == [0, 21, 18, *[None] * 9]
    assert _plan(programme, "vinculacion", 1) == [0, 0, 1, 1]
    assert _plan(programme, "vinculacion", 4) == [0, 0, 0, 1]
    assert _plan(programme, "apoyo-administrativo", 1) is None
    assert _line(programme, "juridica", 1).targets[1].counts_when == "publicado en el Periódico Oficial"


def test_only_requests_for_information_depend_on_others(programme: ProgrammeFile) -> None:
    driven = [(u.key, line.number) for u in programme.units for line in u.lines if line.demand_driven]
    assert driven == [("transparencia", 1)]
    assert "no depende de la Secretaría Ejecutiva" in (programme.institution.demand_driven_note or "")


def test_the_institution_s_texts_are_whole(programme: ProgrammeFile) -> None:
    institution = programme.institution
    assert [each.name for each in institution.principles][::4] == ["Certeza", "Eficacia", "Máxima publicidad"]
    assert all(each.text.endswith(".") for each in institution.principles)
    assert institution.mission and institution.vision and institution.structure and institution.report_opening
    assert all(unit.objective and unit.strategy and unit.aliases for unit in programme.units)
    assert all(line.description for unit in programme.units for line in unit.lines)
    assert len(programme.units[2].strategy or ()) == 4
    assert programme.calendar.holidays == (date(2024, 5, 10),)
