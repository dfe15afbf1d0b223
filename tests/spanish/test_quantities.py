"""An answer with a unit is converted to the unit of the target's measure, or refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Rejected, UnreadableAnswer
from spanish.reading.quantities import read_quantity, read_waiting
from spanish.writing.formats import number as formatted


@pytest.mark.parametrize(
    ("text", "measure", "decimals", "quantity"),
    [
        ("850 metros", "Kilómetros", 2, 85),
        ("3.2km", "Km rehabilitados", 1, 32),
        ("un kilómetro y medio", "Kilómetros", 1, 15),
        ("rehabilitamos 850 metros", "Km rehabilitados", 2, 85),
        ("850 metros rehabilitados", "Km rehabilitados", 2, 85),
        ("1 km 350 m", "Kilómetros", 2, 135),
        ("un kilómetro", "Metros", 0, 1000),
        ("rehabilitamos 3.5 km", "Km rehabilitados", 1, 35),
        ("se hicieron 500 metros en total", "Kilómetros", 1, 5),
        ("12,5", "Kilómetros", 1, 125),
        ("62,500 m²", "Metros cuadrados", 1, 625_000),
        ("2500 m2", "Hectáreas", 2, 25),
        ("media hectárea", "Hectáreas", 1, 5),
        ("$125,430.50", "Pesos", 2, 12_543_050),
        ("48 mil pesos", "Pesos recaudados", 2, 4_800_000),
        ("2.5 millones", "Millones de pesos", 1, 25),
        ("2.5", "Millones de pesos", 1, 25),
        ("2,500,000 pesos", "Millones de pesos", 1, 25),
        ("87.5 %", "Porcentaje de cobertura", 1, 875),
        ("87.5 por ciento", "%", 1, 875),
        ("2 horas y 30 minutos", "Horas de capacitación", 1, 25),
        ("hora y media", "Horas", 1, 15),
        ("500 kg", "Toneladas", 1, 5),
        ("tres docenas", "Árboles", 0, 36),
        ("4 mil", "Personas", 0, 4000),
        ("12 actas", "Actas", 0, 12),
    ],
)
def test_an_answer_in_any_unit_of_the_measure(text: str, measure: str, decimals: int, quantity: int) -> None:
    assert read_quantity(text, decimals, measure) == quantity


@pytest.mark.parametrize(
    ("text", "measure", "code"),
    [
        ("855 metros", "Kilómetros", "quantity_too_fine"),
        ("3 horas", "Kilómetros", "quantity_unreadable"),
        ("5 km", "Actas", "quantity_unreadable"),
        ("$500", "Actas", "quantity_unreadable"),
        ("-3 km", "Kilómetros", "quantity_unreadable"),
        ("unos 3 km", "Kilómetros", "quantity_unreadable"),
        ("faltaron 3 km", "Kilómetros", "quantity_unreadable"),
        ("no hicimos 3 km", "Kilómetros", "quantity_unreadable"),
        ("12 km, 3 km", "Kilómetros", "quantity_unreadable"),
        ("20 km cuadrados de parque y 3 talleres", "Kilómetros", "quantity_unreadable"),
    ],
)
def test_what_is_no_amount_of_the_measure_is_refused(text: str, measure: str, code: str) -> None:
    with pytest.raises((Rejected, UnreadableAnswer)) as refused:
        read_quantity(text, 2, measure)
    assert code in str(refused.value)


@given(
    st.integers(0, 999_999_999),
    st.sampled_from(
        [
            ("Kilómetros", "km", 1), ("Kilómetros", "metros", 1000), ("Hectáreas", "m²", 10_000),
            ("Toneladas", "kg", 1000), ("Metros cúbicos", "litros", 1000), ("Pesos", "pesos", 1),
        ]
    ),
)  # fmt: skip
def test_any_amount_of_the_measure_is_read(hundredths: int, unit: tuple[str, str, int]) -> None:
    measure, name, times = unit
    amount = Decimal(hundredths).scaleb(-2) * times
    assert read_quantity(f"fueron {formatted(amount)} {name}", 2, measure) == hundredths


def test_what_waits_may_have_decimals() -> None:
    assert read_waiting("1.5 por publicar", 1, 30) == 15
    assert read_waiting("1,200 pendientes", 0, 2000) == 1200
