"""The sentence that sums up several activities of one line."""

from datetime import date

from spanish.rewording.summary import summed

DAYS = [date(2024, 1, 9), date(2024, 2, 6), date(2024, 2, 20), date(2024, 3, 5)]
GIVEN = ["Se impartió el curso.", "Se impartieron 2 cursos.", "Se impartió otro.", "Curso de Excel."]


def test_it_tells_the_sum_and_the_months() -> None:
    sentence = summed("9 sesiones", "las", DAYS, ["Sesionó el Comité."] * 4)
    assert sentence == ("Se realizaron 9 sesiones, de las cuales 1 fue en enero, 2 en febrero y 1 en marzo.")


def test_its_verb_is_the_one_that_most_of_the_texts_begin_with() -> None:
    assert (summed("4 cursos", "los", DAYS, GIVEN) or "").startswith("Se impartieron 4 cursos, de los cuales")


def test_two_activities_need_no_sum() -> None:
    assert summed("2 cursos", "los", DAYS[:2], GIVEN[:2]) is None
