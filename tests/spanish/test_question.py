"""Questions are distinguished from reports of work, on a labelled table and on real phrases."""

import csv
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.programme.view import UnitView
from models.programme_file.file import read
from spanish.reading.phrases import units_of
from spanish.reading.questions import LONGEST, Question, read_question
from tests.spanish.question_text import described
from tests.support.database.bundled import bundled_units

DATA = Path(__file__).parents[1] / "data"
TODAY = date(2024, 3, 20)
UNITS = list(bundled_units())


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO((DATA / name).read_text(encoding="utf-8"))))


PHRASES = [(row["today"], row["text"]) for row in rows("phrases.csv")]
TABLE = rows("questions.csv")


def units_elsewhere() -> list[UnitView]:
    programme = read((DATA / "health-district.yaml").read_bytes()).programme
    assert programme is not None
    return units_of(programme)


ELSEWHERE = units_elsewhere()


def kind(asked: Question | None) -> str:
    if asked is None:
        return "report"
    return "question" if asked.sure else "either"


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["text"])
def test_questions_and_reports_are_told_apart(row: dict[str, str]) -> None:
    asked = read_question(row["text"], UNITS, TODAY)
    assert kind(asked) == row["kind"]
    if asked is not None:
        assert described(asked, UNITS) == row["asks"]


@pytest.mark.parametrize("row", rows("questions-elsewhere.csv"), ids=lambda row: row["text"])
def test_questions_of_another_agency_are_read(row: dict[str, str]) -> None:
    asked = read_question(row["text"], ELSEWHERE, date(2024, 6, 3))
    assert kind(asked) == row["kind"]
    assert asked is None or described(asked, ELSEWHERE) == row["asks"]


def test_the_labelled_table_is_large_enough() -> None:
    assert sum(row["kind"] == "question" for row in TABLE) >= 40
    assert sum(row["kind"] == "report" for row in TABLE) >= 40


@pytest.mark.parametrize("sent, text", PHRASES, ids=[text[:40] for _, text in PHRASES])
def test_no_report_of_work_is_taken_for_a_question(sent: str, text: str) -> None:
    assert read_question(text, UNITS, date.fromisoformat(sent)) is None


@given(st.text(max_size=2 * LONGEST), st.dates(date(2000, 1, 1)))
def test_no_text_raises_an_error(text: str, today: date) -> None:
    read_question(text, UNITS, today)


_WORDS = (
    "cómo va cuántas actas línea 2 3 t5 trimestre pasado informe avance ? ¿ qué falta archivo 2024 de : . "
    "quién hizo registró febrero semana del 15 al último compara mejor fotos borra actividad 64% dame ayer"
)


@given(st.lists(st.sampled_from(_WORDS.split()), max_size=12))
def test_no_words_of_questions_raise_an_error(words: list[str]) -> None:
    read_question(" ".join(words), UNITS, TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "cuántos acuerdos faltan por publicar",  # no «Políticas Públicas»
        "qué información falta por subir",  # no «formación»
        "cuándo hay que publicar las obligaciones",
    ],
)
def test_a_verb_names_no_unit(text: str) -> None:
    asked = read_question(text, UNITS, TODAY)
    assert asked is not None and asked.units == ()
