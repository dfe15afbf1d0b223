"""The table for the transparency platform: its columns in order, one row per indicator, no empty cell."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from reports import transparency
from reports.quarterly.content import Report, SignaturePart
from reports.texts import transparency as texts
from tests.reports.samples.replayed import replayed, with_line, with_unit

JURIDICA, TRANSPARENCIA = 5, 1
# «Imagen 3» of the agency's report for the first quarter of 2024.
IMAGE_3 = """\
Ejercicio
Fecha de inicio del periodo que se informa
Fecha de término del periodo que se informa
Objetivo institucional (Redactados con perspectiva de género)
Nombre del(os) indicador(es)
Dimensión(es) a medir
Definición del indicador
Método de cálculo
Unidad de medida
Frecuencia de medición
Línea base
Metas programadas
Metas ajustadas en su caso
Avance de las metas al periodo que se informa
Sentido del indicador (catálogo)
Fuente de información que alimenta al indicador
Área(s) responsable(s) que genera(n), posee(n), publica(n) y actualizan la información
Fecha de validación
Fecha de actualización
Nota""".splitlines()


def table(report: Report) -> list[dict[str, Any]]:
    sheet = openpyxl.load_workbook(BytesIO(transparency.render(report)))[texts.SHEET]
    head, *others = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in others]


def of(report: Report, unit: str, measure: str) -> dict[str, Any]:
    found = [row for row in table(report) if row[texts.AREA] == unit and row[texts.MEASURE] == measure]
    assert len(found) == 1
    return found[0]


def test_the_columns_are_those_of_the_platform_in_order() -> None:
    assert list(table(replayed())[0]) == IMAGE_3


def test_one_row_for_each_target_that_counts() -> None:
    counting = [
        (unit.name, target.measure)
        for unit in replayed().units
        for line in unit.lines
        for target in line.targets
        if not target.informative
    ]
    assert [(row[texts.AREA], row[texts.MEASURE]) for row in table(replayed())] == counting
    assert len(counting) == 27  # 26 lines, one of them with two


def test_values_missing_in_the_programme_come_from_the_line() -> None:
    row = of(replayed(), "Coordinación de Archivo", "Asesorías")
    unit = replayed().units[2]
    assert row == {
        texts.YEAR: 2024,
        texts.PERIOD_STARTS: "01/01/2024",
        texts.PERIOD_ENDS: "31/03/2024",
        texts.OBJECTIVE: unit.objective,
        texts.NAME: "Porcentaje de avance: Asesorías en materia archivística",
        texts.DIMENSION: "Eficacia",
        texts.DEFINITION: unit.lines[1].description,
        texts.METHOD: "Cantidad realizada de asesorías / Cantidad programada de asesorías x 100",
        texts.MEASURE: "Asesorías",
        texts.FREQUENCY: "Trimestral",
        texts.BASELINE: "0",
        texts.PROGRAMMED: 7,
        texts.ADJUSTED: 0,
        texts.PROGRESS: "29 %",
        texts.DIRECTION: "Ascendente",
        texts.SOURCE: "Registro de actividades de la Coordinación de Archivo",
        texts.AREA: "Coordinación de Archivo",
        texts.VALIDATED: None,
        texts.UPDATED: "31/03/2024",
        texts.NOTE: None,  # nothing about the draft or how the row was made, which is no matter of the public
    }


def test_values_of_the_programme_are_used_as_given() -> None:
    said = {
        "objective": "Fomentar la cultura anticorrupción",
        "name": "Porcentaje de asesorías",
        "dimension": "Gestión / Eficacia",
        "definition": "Cantidad de asesorías",
        "method": "Asesorías / total",
        "frequency": "Anual",
        "baseline": "2023",
        "direction": "ascendente.",
        "source": "Área de Planeación",
    }
    row = of(with_line(replayed(), 2, 2, indicator=said), "Coordinación de Archivo", "Asesorías")
    titles = (texts.OBJECTIVE, texts.NAME, texts.DIMENSION, texts.DEFINITION, texts.METHOD, texts.FREQUENCY)
    assert [row[title] for title in titles] == list(said.values())[:6]
    assert [row[title] for title in (texts.BASELINE, texts.SOURCE)] == ["2023", "Área de Planeación"]
    assert row[texts.DIRECTION] == "Ascendente"  # as the catalogue writes it
    assert row[texts.NOTE] is None


def test_a_line_with_two_targets_gives_two_indicators_and_says_what_the_report_prints() -> None:
    actas, acuerdos = (of(replayed(), "Dirección Jurídica", each) for each in ("Actas", "Acuerdos"))
    assert actas[texts.NAME].endswith("las sesiones (Actas)")
    assert acuerdos[texts.NAME].endswith("las sesiones (Acuerdos)")
    assert (actas[texts.PROGRESS], acuerdos[texts.PROGRESS]) == ("56 %", "75 %")
    assert all("lleva 64 %." in row[texts.NOTE] for row in (actas, acuerdos))
    assert acuerdos[texts.METHOD].endswith("Se cuenta cuando: publicado en el Periódico Oficial")


def test_an_adjusted_target_has_both_amounts_and_the_reports_observation() -> None:
    row = of(replayed(), "Unidad de Transparencia", "Solicitudes")
    assert (row[texts.PROGRAMMED], row[texts.ADJUSTED], row[texts.PROGRESS]) == (40, 44, "11 %")
    assert "Cantidad ajustada de solicitudes" in row[texts.METHOD]
    assert replayed().units[TRANSPARENCIA].lines[0].observation in row[texts.NOTE]


def test_a_signed_unit_is_validated_on_the_day_of_its_signature_there() -> None:
    late = datetime(2024, 4, 9, 3, tzinfo=UTC)  # still the 8th in Chiapas
    signed = with_unit(replayed(), JURIDICA, signature=SignaturePart("Roberto", None, late, "ab" * 32))
    row = of(signed, "Dirección Jurídica", "Actas")
    assert row[texts.VALIDATED] == "08/04/2024"


@pytest.mark.parametrize("title", ["=1+1", "@x", "+1", "-1", "<b>&\x00"])
def test_text_cells_stay_text(title: str) -> None:
    rows = table(with_line(replayed(), 2, 2, title=title, description=None))
    assert title.replace("\x00", "") in {row[texts.DEFINITION] for row in rows}


def test_no_row_without_a_target_that_counts() -> None:
    line = replayed().units[2].lines[1]
    informative = tuple(replace(each, informative=True) for each in line.targets)
    assert len(table(with_line(replayed(), 2, 2, targets=informative))) == 26
