"""What the report says instead of what people typed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spanish.rewording.sentence import House, Remainder, house_of, is_reworded, remains, reworded

MONDAY = date(2024, 2, 12)
THURSDAY, SUNDAY, FRIDAY = date(2024, 2, 8), date(2024, 2, 11), date(2024, 2, 9)


def said(text: str, on: date = MONDAY, house: House | None = None) -> str:
    return reworded(text, MONDAY, (on, on), house or House())


@pytest.mark.parametrize(
    "typed, on, printed",
    [
        (
            "hola buenas tardes para que lo anotes porfa, el jueves di un taller de datos personales",
            THURSDAY,
            "Se impartió un taller de datos personales.",
        ),
        (
            "ya hay documento de seguridad!! lo aprovó el comite ayer x unanimidad",
            SUNDAY,
            "Ya hay documento de seguridad. Lo aprobó el comité por unanimidad.",
        ),
        (
            "Ayer sesionó el Órgano de Gobierno: 1 acta y 4 acuerdos, 2 por publicar",
            SUNDAY,
            "Sesionó el Órgano de Gobierno: 1 acta y 4 acuerdos, 2 por publicar.",
        ),
        ("Perdón por la hora 🙈 hoy entregamos 3 informes", MONDAY, "Se entregaron 3 informes."),
        ("le informo que entregamos al ST los dos informes", MONDAY, "Se entregaron al ST los dos informes."),
        ("capacitamos a 21 servidores públicos", MONDAY, "Se capacitó a 21 servidores públicos."),
        ("les mandé a las areas el calendario", MONDAY, "Se les mandó a las áreas el calendario."),
        ("nos reunimos con COPARMEX", MONDAY, "Se sostuvo una reunión con COPARMEX."),
        ("nos entregaron las llaves del local", MONDAY, "Se recibieron las llaves del local."),
        ("estamos armando las diapositivas", MONDAY, "Se están armando las diapositivas."),
        (
            "sigo redactando el acta, me falta la lista",
            MONDAY,
            "Se sigue redactando el acta, falta la lista.",
        ),
        (
            "la próxima semana presentamos el reporte",
            MONDAY,
            "La semana del 19 al 25 de febrero se presentará el reporte.",
        ),
        ("tomaron 5 acuerdos, gracias 🙏", MONDAY, "Tomaron 5 acuerdos."),
        (
            "reu con la UT, 14 asist (9 M, 5 H)",
            MONDAY,
            "Reunión con la UT, 14 asistentes (9 mujeres, 5 hombres).",
        ),
        ("la propuesta quedó el viernes", FRIDAY, "La propuesta quedó el 9 de febrero."),
        ("uno el jueves y otro el viernes", FRIDAY, "Uno el 8 de febrero y otro el 9 de febrero."),
        (
            "oficio SESAECH/UT/0018/2024 entregado hoy",
            MONDAY,
            "Oficio SESAECH/UT/0018/2024 entregado el 12 de febrero.",
        ),
        ("SE ATENDIERON 3 SOLICITUDES DE LA UAA", MONDAY, "Se atendieron 3 solicitudes de la UAA."),
        (
            "se publico el aviso en www.sesaech.gob.mx/guia",
            MONDAY,
            "Se publicó el aviso en www.sesaech.gob.mx/guia",
        ),
    ],
)
def test_a_message_as_the_report_says_it(typed: str, on: date, printed: str) -> None:
    assert said(typed, on) == printed


@pytest.mark.parametrize(
    "text",
    [
        "El lunes nos mandan el borrador",  # which Monday, only they know
        "Se acordó con el CPC que lo verá Karina.",
        "La C. Zenteno entregó la lista.",
    ],
)
def test_what_is_not_known_is_left(text: str) -> None:
    assert "lunes" in said(text) or said(text) == text


def test_an_agency_may_keep_the_first_person() -> None:
    kept = said("entregamos 3 informes a Hacienda", house=house_of(False))
    assert kept == "Entregamos 3 informes a Hacienda."
    assert Remainder.FIRST_PERSON not in remains(kept, house_of(False))
    assert Remainder.FIRST_PERSON in remains(kept, house_of(None))


def test_words_of_the_programme_are_no_misspellings() -> None:
    text = "Se revisó el zqxtli con las áreas."
    assert remains(text) == {Remainder.SPELLING: "zqxtli"}
    assert remains(text, house_of(None, "Fomento del Zqxtli")) == {}


@pytest.mark.parametrize(
    "text, kind",
    [
        ("Se entregó ayer el acta.", Remainder.RELATIVE_DAY),
        ("Se entregará el próximo viernes el acta. Vence el viernes.", Remainder.RELATIVE_DAY),
        ("Buenas tardes, se entregó el acta.", Remainder.GREETING),
        ("se entregó el acta.", Remainder.SMALL_LETTER),
        ("Se entregó el acta", Remainder.NO_STOP),
        ("Se entregó el acta. 🎉", Remainder.PICTURE),
        ("Se entregó el zqxtli.", Remainder.SPELLING),
        ("Se guardó en mi cubículo.", Remainder.FIRST_PERSON),
    ],
)
def test_what_remains_is_named(text: str, kind: Remainder) -> None:
    assert kind in remains(text)


def test_a_text_that_may_be_printed_has_nothing_left() -> None:
    text = "Con fecha 12 de marzo se brindó asesoría por la mañana a la RAT (oficio SESAECH/CA/1/2024)."
    assert remains(text) == {}


def test_only_more_than_the_day_makes_it_another_text() -> None:
    assert not is_reworded("Ayer sesionó el Comité", "Sesionó el Comité.")
    assert not is_reworded("El lunes sesionó el Comité", "Sesionó el Comité el 12 de marzo.")
    assert is_reworded("ayer sesiono el Comité", "Sesionó el Comité.")
    assert is_reworded("hola, sesionó el Comité", "Sesionó el Comité.")


@given(st.text(max_size=300))
def test_no_text_raises_or_loses_its_digits(text: str) -> None:
    made = said(text)
    assert {each for each in text if each in "0123456789"} <= set(made)
    remains(made)
