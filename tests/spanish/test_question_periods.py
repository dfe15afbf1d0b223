"""The periods that a question names."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spanish.reading.questions.period import find_periods

TODAY = date(2024, 4, 2)  # a Tuesday


@pytest.mark.parametrize(
    "text, first, last",
    [
        ("que se hizo ayer", "2024-04-01", "2024-04-01"),
        ("el 15 de febrero", "2024-02-15", "2024-02-15"),
        ("del 4 al 8 de marzo", "2024-03-04", "2024-03-08"),
        ("esta semana", "2024-04-01", "2024-04-07"),
        ("la semana pasada", "2024-03-25", "2024-03-31"),
        ("en la segunda semana de marzo", "2024-03-08", "2024-03-14"),
        ("la primera quincena de marzo", "2024-03-01", "2024-03-15"),
        ("la segunda quincena de febrero", "2024-02-16", "2024-02-29"),
        ("en febrero", "2024-02-01", "2024-02-29"),
        ("en noviembre", "2024-11-01", "2024-11-30"),
        ("febrero de 2023", "2023-02-01", "2023-02-28"),
        ("de enero a marzo", "2024-01-01", "2024-03-31"),
        ("este mes", "2024-04-01", "2024-04-30"),
        ("el mes pasado", "2024-03-01", "2024-03-31"),
        ("en lo que va del mes", "2024-04-01", "2024-04-30"),
        ("en lo que va del ano", "2024-01-01", "2024-12-31"),
        ("primer trimestre", "2024-01-01", "2024-03-31"),
        ("trimestre 2", "2024-04-01", "2024-06-30"),
        ("t3 2023", "2023-07-01", "2023-09-30"),
        ("el trimestre pasado", "2024-01-01", "2024-03-31"),
        ("este trimestre", "2024-04-01", "2024-06-30"),
        ("primer semestre", "2024-01-01", "2024-06-30"),
        ("el ano pasado", "2023-01-01", "2023-12-31"),
        ("en 2023", "2023-01-01", "2023-12-31"),
        ("los ultimos 7 dias", "2024-03-27", "2024-04-02"),
    ],
)
def test_a_period_is_read(text: str, first: str, last: str) -> None:
    (period,), _ = find_periods(text, TODAY)
    assert (str(period.first), str(period.last)) == (first, last)


def test_two_periods_are_two() -> None:
    periods, rest = find_periods("compara enero con el primer trimestre", TODAY)
    assert [str(each.last) for each in periods] == ["2024-01-31", "2024-03-31"]
    assert rest == "compara con el"


@pytest.mark.parametrize("text", ["hasta hoy", "al dia de hoy", "a la fecha", "el trimestre", "linea 3"])
def test_what_is_no_period_is_none(text: str) -> None:
    assert find_periods(text, TODAY)[0] == ()


def test_in_january_november_is_last_years() -> None:
    (period,), _ = find_periods("en noviembre", date(2024, 1, 10))
    assert period.first == date(2023, 11, 1)


@given(st.text(max_size=300), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_any_text_raises_nothing(text: str, today: date) -> None:
    for period in find_periods(text, today)[0]:
        assert period.first <= period.last
