"""Units of measurement, and the unit in which a target's measure counts."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spanish.reading.numbers.units import Dimension, MeasurementUnit, convert, measure_unit, unit_of

_NAMES = "mm cm m km cm² m² ha km² ml l m³ mg g kg t seg min h $ mdp %"
SYMBOLS = _NAMES.split()


def _unit(name: str) -> MeasurementUnit:
    found = unit_of(name)
    assert found is not None, name
    return found


@pytest.mark.parametrize(
    ("measure", "symbol"),
    [
        ("Kilómetros", "km"),
        ("Km rehabilitados", "km"),
        ("Metros cuadrados", "m²"),
        ("M2 de banqueta", "m²"),
        ("M² de banqueta", "m²"),
        ("Metros cúbicos", "m³"),
        ("Metros lineales", "m"),
        ("Hectáreas reforestadas", "ha"),
        ("Número de hectáreas", "ha"),
        ("Superficie (m2)", "m²"),
        ("Longitud en km", "km"),
        ("Pesos recaudados", "$"),
        ("Pesos (M.N.)", "$"),
        ("Monto recaudado (pesos)", "$"),
        ("Miles de pesos", "miles de pesos"),
        ("Millones de pesos", "mdp"),
        ("Porcentaje de avance", "%"),
        ("% de cobertura", "%"),
        ("Cobertura (%)", "%"),
        ("%", "%"),
        ("Toneladas de basura", "t"),
        ("Litros", "l"),
        ("Horas de capacitación", "h"),
        ("Horas-hombre", "h"),
        ("Actas", None),
        ("Personas", None),
        ("Cursos de 20 horas", None),
        ("Litros por segundo", None),
        ("Kg/día", None),
        ("Puntos porcentuales", "%"),
        ("ML de guarnición", "m"),
        ("H. Ayuntamientos", None),
        ("Seg. de acuerdos", None),
        ("Peso", None),
        ("Árboles", None),
    ],
)
def test_a_measure_has_its_unit(measure: str, symbol: str | None) -> None:
    found = measure_unit(measure)
    assert (found and found.symbol) == symbol


@pytest.mark.parametrize(
    ("name", "symbol"),
    [
        ("Kms.", "km"), ("mts2", "m²"), ("Hectárea", "ha"), ("ectareas", "ha"), ("quilómetros", "km"),
        ("Hrs.", "h"), ("m.n.", "$"), ("tons", "t"), ("actas", None), ("", None), ("hombres", None),
    ],
)  # fmt: skip
def test_names_and_abbreviations(name: str, symbol: str | None) -> None:
    found = unit_of(name)
    assert (found and found.symbol) == symbol


@pytest.mark.parametrize(
    ("amount", "of", "to", "result"),
    [
        ("850", "m", "km", "0.85"),
        ("62500", "m2", "ha", "6.25"),
        ("500", "kg", "t", "0.5"),
        ("90", "min", "h", "1.5"),
        ("5000", "litros", "m3", "5"),
        ("2.5", "mdp", "pesos", "2500000"),
        ("48000", "pesos", "miles de pesos", "48"),
        ("120", "ml", "m", "120"),
        ("3", "km", "ha", None),
        ("3", "dólares", "pesos", None),
        ("3", "%", "pesos", None),
    ],
)
def test_conversion_is_exact(amount: str, of: str, to: str, result: str | None) -> None:
    converted = convert(Decimal(amount), _unit(of), _unit(to))
    assert converted == (None if result is None else Fraction(result))


@given(st.fractions(0, 10**7, max_denominator=100), st.sampled_from(SYMBOLS), st.sampled_from(SYMBOLS))
def test_converted_back_it_is_the_same(value: Fraction, one: str, other: str) -> None:
    of, to = _unit(one), _unit(other)
    there = convert(value, of, to)
    if "ml" in (one, other) and Dimension.LENGTH in (of.dimension, to.dimension):
        return  # they may be linear metres
    assert (there is None) == (of.dimension is not to.dimension)
    assert there is None or convert(there, to, of) == value


def test_each_dimension_has_a_base() -> None:
    assert {_unit(each).dimension for each in SYMBOLS if _unit(each).factor == 1} | {
        Dimension.FOREIGN_MONEY
    } == set(Dimension)


@given(st.text(max_size=60))
def test_any_measure_raises_nothing(text: str) -> None:
    measure_unit(text)
    unit_of(text)
