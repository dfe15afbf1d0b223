"""Amounts in every way of writing them, with their units, are read back exactly."""

import re
from decimal import Decimal
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from spanish.reading.numbers.amounts import Amount, find_amounts, join_amounts
from spanish.reading.numbers.digits import in_digits
from spanish.reading.numbers.other_numbers import find_other_numbers
from spanish.reading.numbers.units import unit_of
from spanish.reading.spoken import Spoken
from spanish.writing.folding import fold
from spanish.writing.formats import number as formatted
from spanish.writing.number_words import value

UNITS = (
    "mm", "cm", "m", "mts", "metros", "km", "kms", "kilómetros", "m2", "m²", "metros cuadrados", "ha", "has",
    "hectáreas", "km2", "m3", "m³", "metros cúbicos", "litros", "lts", "ml", "kg", "kgs", "kilos", "gramos",
    "t", "ton", "toneladas", "min", "minutos", "hrs", "horas", "pesos", "mdp", "%", "por ciento",
)  # fmt: skip
whole = st.one_of(st.integers(0, 9_999_999), st.integers(0, 12_000))
hundredths = st.integers(0, 999_999_999).map(lambda number: Decimal(number).scaleb(-2))


def _said(text: str) -> str:
    return in_digits(Spoken.of(text)).text


def _read(text: str) -> list[Amount]:
    return [each for each in find_amounts(_said(text)) if not each.article]


def _only(text: str) -> Amount:
    (found,) = _read(text)
    return found


def _feminine(words: str) -> str:
    return re.sub(r"uno\b", "una", re.sub(r"(cient|nient)os\b", r"\1as", words))


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("4 mil actas", "4000 actas"),
        ("12 mil 500 árboles", "12500 arboles"),
        ("1.5 mil", "1500"),
        ("$12 mil 500.50", "$12500.5"),
        ("1.2 millones", "1200000"),
        ("1,5 millones", "1500000"),
        ("dos millones y medio", "2500000"),
        ("un millón y medio de pesos", "1500000 pesos"),
        ("2 millones 300 mil", "2300000"),
        ("medio millón", "500000"),
        ("mil doscientas", "1200"),
        ("cuatro mil trescientos veinte", "4320"),
        ("veintiún", "21"),
        ("ciento y pico", "ciento y pico"),
        ("cien por ciento", "100 por ciento"),
        ("media hectárea", "0.5 hectarea"),
        ("un kilómetro y medio", "1.5 kilometro"),
        ("dos hectáreas y media", "2.5 hectareas"),
        ("tres cuartos de hectárea", "0.75 hectarea"),
        ("un cuarto de tonelada", "0.25 tonelada"),
        ("hora y media", "1.5 hora"),
        ("kilo y cuarto", "1.25 kilo"),
        ("3 y medio", "3.5"),
        ("1 1/2 km", "1.5 km"),
        ("3/4 de ha", "0.75 ha"),
        ("½ hectárea", "0.5 hectarea"),
        ("2½ km", "2.5 km"),
        ("una docena de actas", "12 actas"),
        ("tres docenas", "36"),
        ("docena y media", "18"),
        ("un par de actas", "2 actas"),
        ("medio centenar de personas", "50 personas"),
        ("una decena de cajas", "10 cajas"),
        ("medio millar", "500"),
        ("61 640", "61,640"),
        ("12,5 km", "12.5 km"),
        ("12.500,75", "12,500.75"),
        ("$1.5M", "$1500000"),
        ("1.234.567", "1,234,567"),
        ("dos mil pesos con cinco centavos", "2000.05 pesos"),
        ("1’200", "1,200"),
        ("1'200,000.50", "1,200,000.50"),
        ("tres (3)", "3"),
        ("25 (veinticinco)", "25"),
        ("$1,200.00 (mil doscientos pesos 00/100 M.N.)", "$1,200.00"),
        ("3actas", "3 actas"),
        ("5km", "5 km"),
        ("850mts", "850 mts"),
        ("62,500m2", "62,500 m2"),
        ("dos punto cinco kilómetros", "2.5 kilometros"),
        ("dos punto cero cinco", "2.05"),
        ("dosientos beinte", "220"),
        ("sinco, quinse, nuebe, trese y catorse", "5, 15, 9, 13 y 14"),
        ("dos mill", "2000"),
        ("sien actas", "100 actas"),
        ("treintaicinco y ventiuno", "35 y 21"),
    ],
)
def test_every_way_of_writing_becomes_digits(text: str, digits: str) -> None:
    assert _said(text) == digits


@pytest.mark.parametrize(
    "text",
    [
        "lo siento mucho", "los dias 12,13 y 14", "2 cursos y medio dia de taller", "medio ambiente",
        "educacion media superior", "1er trimestre y 2da sesion", "13m 5h", "h1n1 y covid-19", "2 pares",
        "mil gracias", "un millon de gracias",
        "por medio de", "el 12/05 y el 1/2", "oficio 12/2024", "pares de zapatos", "vente a las 9:30",
    ],
)  # fmt: skip
def test_what_is_no_amount_stays_as_it_is(text: str) -> None:
    assert _said(text) == text


def test_halves_after_an_hour_are_minutes() -> None:
    assert _said("a las 10 y media") == "a las 10:30"
    assert _said("a las 3 y cuarto") == "a las 3:15"


@pytest.mark.parametrize(
    ("text", "amount", "symbol"),
    [
        ("pagamos $125,430.50", "125430.50", "$"),
        ("48 mil pesos", "48000", "$"),
        ("$2.5 mdp", "2.5", "mdp"),
        ("MXN 3,000", "3000", "$"),
        ("87.5 %", "87.5", "%"),
        ("avance: 87.5%", "87.5", "%"),
        ("62,500 m² de banqueta", "62500", "m²"),
        ("25.75 ha", "25.75", "ha"),
        ("Km: 3.2", "3.2", "km"),
        ("3.2km", "3.2", "km"),
        ("Longitud (km): 3.2", "3.2", "km"),
        ("hectáreas reforestadas: 25.75", "25.75", "ha"),
        ("500m de zanja", "500", "m"),
        ("5 quilometros", "5", "km"),
        ("media tonelada", "0.5", "t"),
        ("45 personas", "45", None),
        ("Actas: 2", "2", None),
        ("actas:2", "2", None),
        ("cupo p/25", "25", None),
    ],
)
def test_an_amount_has_the_unit_beside_it(text: str, amount: str, symbol: str | None) -> None:
    found = _only(text)
    assert (str(found.value), found.unit and found.unit.symbol) == (amount, symbol)


def test_letters_of_women_and_men_are_no_units() -> None:
    assert [each.unit for each in _read("8M 5H")] == [None, None]
    assert [each.unit for each in _read("9 h / 14 m")] == [None, None]


def test_an_amount_has_its_places_and_its_noun() -> None:
    text = "levantamos unas 62,500 m² de banqueta nueva en el centro y un acta"
    area, act = find_amounts(text)
    assert text[slice(*area.place)] == "62,500 m²"
    assert text[slice(*area.number_place)] == "62,500"
    assert area.noun == ("de", "banqueta", "nueva", "en")
    assert (area.approximate, area.article) == (True, False)
    assert (act.value, act.noun, act.article) == (Decimal(1), ("acta",), True)


@pytest.mark.parametrize(
    ("text", "amount", "symbol"),
    [
        ("rehabilitamos 1 km 350 m", "1350", "m"),
        ("un kilómetro y 200 metros", "1200", "m"),
        ("duró 3 horas y 20 minutos", "200", "min"),
        ("dos hectáreas con 500 m2", "20500", "m²"),
    ],
)
def test_two_units_of_one_amount_are_one(text: str, amount: str, symbol: str) -> None:
    said = _said(text)
    (found,) = join_amounts(said, find_amounts(said))
    assert (str(found.value), found.unit and found.unit.symbol) == (amount, symbol)


def test_two_amounts_beside_each_other_are_two() -> None:
    text = "12 km, 3 km y 200 m2"
    assert [str(each.value) for each in join_amounts(text, find_amounts(text))] == ["12", "3", "200"]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("ciento y pico personas", "100"),
        ("dos mil y pico árboles", "2000"),
        ("treinta y tantas asesorías", "30"),
        ("30 y pico personas", "30"),
        ("5-6 personas", "6"),
        ("12 actas más o menos", "12"),
    ],
)
def test_what_is_said_loosely_is_approximate(text: str, amount: str) -> None:
    found = _only(text)
    assert (str(found.value), found.approximate) == (amount, True)


@pytest.mark.parametrize(
    "text", ["unos 30", "como 20 actas", "casi 5 km", "más de 100", "30 aproximadamente"]
)
def test_an_estimate_is_approximate(text: str) -> None:
    assert _only(text).approximate


@given(whole)
def test_a_number_in_words_is_read_in_both_genders(number: int) -> None:
    words = fold(num2words(number, lang="es"))
    assert value(words) == value(_feminine(words)) == number


@given(hundredths, st.sampled_from(UNITS), st.booleans(), st.sampled_from((" ", "")))
def test_any_amount_in_digits_is_read_with_its_unit(
    amount: Decimal, unit: str, separated: bool, space: str
) -> None:
    if len(unit) == 1 and not space and unit != "%":
        space = " "  # «8m» may be eight women
    found = _only(f"hicimos {formatted(amount) if separated else amount}{space}{unit} ayer")
    assert (found.value, found.unit) == (amount, unit_of(unit))


@given(whole, st.sampled_from(UNITS), st.booleans())
def test_any_amount_in_words_is_read_with_its_unit(number: int, unit: str, feminine: bool) -> None:
    words = num2words(number, lang="es")
    if number == 1 or (number % 10 == 1 and words.endswith("uno")):
        words = words.removesuffix("uno") + "un" if number != 1 else "1"
    found = _only(f"hicimos {_feminine(words) if feminine else words} {unit} ayer")
    assert (int(found.value), found.unit) == (number, unit_of(unit))


@given(st.integers(2, 999), st.integers(1, 999), st.sampled_from(UNITS))
def test_thousands_in_a_word_are_read(thousands: int, rest: int, unit: str) -> None:
    for text in (f"{thousands} mil {rest}", f"{num2words(thousands, lang='es')} mil {rest}"):
        if not text.startswith(("veintiuno", "treinta y uno")) and "uno mil" not in text:
            assert _only(f"{text} {unit}").value == thousands * 1000 + rest


@given(st.integers(1, 9_999_99), st.sampled_from(UNITS))
def test_decimals_of_thousands_and_millions_are_read(hundredth: int, unit: str) -> None:
    amount = Decimal(hundredth).scaleb(-2)
    if amount < 1000:
        assert _only(f"{amount} mil {unit}").value == amount * 1000
        assert _only(f"{amount} millones {unit}").value == amount * 1_000_000


@given(st.integers(0, 999), st.integers(0, 99), st.sampled_from(UNITS))
def test_dictated_decimals_are_read(number: int, part: int, unit: str) -> None:
    words = f"{num2words(number, lang='es')} punto {'cero ' if part < 10 else ''}{num2words(part, lang='es')}"
    if "uno" not in words.split():
        assert _only(f"{words} {unit}").value == Decimal(f"{number}.{part:02}")


@given(st.text(max_size=200))
def test_any_text_raises_nothing(text: str) -> None:
    _both(text)


PIECES = (
    "3", "12,500", "1.5", "mil", "millones", "y media", "medio", "kilómetros", "de", "a las", "folio", "acta",
    "calle", "cada una", "%", "$", ":", ",", "1/2", "½", "art.", "2024", "punto", "docena", "(3)", "años",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from((" ", "")))
def test_any_mixture_of_amounts_raises_nothing(pieces: list[str], space: str) -> None:
    _both(space.join(pieces))


def _both(text: str) -> None:
    spoken = in_digits(Spoken.of(text))
    assert len(spoken.text) == len(spoken.starts) == len(spoken.ends)
    for amount in find_amounts(spoken.text):
        start, end = amount.place
        assert 0 <= start <= amount.number_place[0] < amount.number_place[1] <= end <= len(spoken.text)
    ends = [0]
    for other in find_other_numbers(spoken.text):
        start, end = other.place
        assert ends[-1] <= start < end <= len(spoken.text)
        ends.append(end)


@pytest.mark.long
@pytest.mark.parametrize("piece", sorted({*PIECES, "3 de ", "1 km ", "y pico ", "5 kg de 3 "}))
def test_ten_times_the_text_takes_about_ten_times_the_time(piece: str) -> None:
    """By this thread's own time; a hundred times where it grew with the square."""

    def seconds(length: int) -> float:
        spoken = Spoken.of((f"{piece} " * length)[:length])
        took = []
        for _ in range(3):
            started = thread_time()
            text = in_digits(spoken).text
            find_amounts(text)
            find_other_numbers(text)
            took.append(thread_time() - started)
        return min(took)

    assert seconds(40_960) < 50 * seconds(4_096) + 0.03
