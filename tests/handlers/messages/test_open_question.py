"""What is written while a question is open: nothing is lost in it, and the question stays."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.settings import BUNDLED_PROGRAMME
from models.storage import database
from models.tables.chat.draft import DraftKind, DraftRow
from models.tables.people import Role
from tests.support.database.registered_activities import Claimed, store
from tests.support.phones.conversation import Talk, talking
from tests.support.phones.screen import Message
from tests.support.phones.stage import ANA, DIEGO, MORNING, PALOMA, Part

ARIEL = Part(201, "Ariel Archivo", Role.STAFF, "archivo")
MAY = datetime(2024, 5, 6, 15, tzinfo=UTC)
STILL = "Sigue abierta esta pregunta"
SETTLED = "Hoy se revisó el convenio con la SEMAHN y quedó listo"
ODD = [
    "pues la de siempre que hacemos cada mes", "no sé", "la que dijo el jefe", "¿?", "jajaja", "mmm",
    "ya te dije", "la del otro día que te conté", "un reporte", "no me acuerdo", "9", "🤷", "xyz xyz xyz xyz",
]  # fmt: skip


def opened(talk: Talk) -> list[DraftRow]:
    with database.transaction(talk.bot.engine) as session:
        found = select(DraftRow).where(
            col(DraftRow.registered_at).is_(None), col(DraftRow.cancelled_at).is_(None)
        )
        rows = list(session.exec(found.order_by(col(DraftRow.id))).all())
        session.expunge_all()
        return rows


def labels(message: Message) -> list[str]:
    return [label for row in message.keyboard() for label in row]


def test_thirteen_odd_answers_leave_one_question_and_stack_nothing(tmp_path: Path) -> None:
    with talking(tmp_path, ARIEL) as talk:
        first = talk.say("/registrar")
        for text in ODD:
            said = talk.said(text)
            assert "¿A qué línea de acción corresponde?" in said[-1].text, text
            assert labels(said[-1]) == labels(first), text
            assert "¿Es parte" not in " ".join(each.text for each in said)
        assert len(opened(talk)) == 1
        assert "¿Qué cantidad de asesorías?" in talk.say("la de asesorías").text


@pytest.mark.parametrize(
    "line", ["3", "la 3", "Línea tres", "la tercera", "es la de capacitaciones", "creo que es la número 3"]
)
def test_a_line_is_named_in_any_wording(tmp_path: Path, line: str) -> None:
    with talking(tmp_path, ARIEL) as talk:
        talk.say("/registrar")
        assert "¿Qué cantidad de capacitaciones?" in talk.say(line).text


@pytest.mark.parametrize("unit", ["la de archivo", "jurídica", "en Sistemas", "es de transparencia"])
def test_a_unit_is_named_in_any_wording(tmp_path: Path, unit: str) -> None:
    with talking(tmp_path, PALOMA) as talk:
        talk.say("/registrar")
        assert "¿A qué línea de acción corresponde?" in talk.say(unit).text


@pytest.mark.parametrize(
    ("quantity", "shown"),
    [
        ("tres", "3 capacitaciones"), ("3 capacitaciones", "3 capacitaciones"),
        ("fueron 3", "3 capacitaciones"), ("fueron tres capacitaciones", "3 capacitaciones"),
        ("dimos 3", "3 capacitaciones"),
        ("ninguno", "un paso"), ("ninguna", "un paso"), ("3.", "3 capacitaciones"),
    ],
)  # fmt: skip
def test_answers_are_read_as_in_free_text(tmp_path: Path, quantity: str, shown: str) -> None:
    with talking(tmp_path, ARIEL) as talk:
        talk.say("/registrar")
        talk.say("3")
        assert "¿Qué día fue?" in talk.say(quantity).text
        assert "qué se hizo" in talk.say("ayer en la tarde").text
        assert "participaron" in talk.say("Se capacitó a los responsables.").text
        assert "¿En qué lugar" in talk.say("nadie").text
        assert "oficio" in talk.say("no aplica").text
        card = talk.say("ninguno").text
        assert shown in card and "martes 19 de marzo" in card
        assert "Lugar" not in card and "Oficios" not in card and "Participantes:" not in card


@pytest.mark.parametrize(
    ("pending", "shown"),
    [
        ("todos", "4 por publicar"), ("ninguno", ""), ("ya se publicaron", ""),
        ("ya están publicados todos", ""), ("faltan 2", "2 por publicar"),
        ("2 por publicar", "2 por publicar"), ("nada", ""),
        ("todavía no se publican", "4 por publicar"),
    ],
)  # fmt: skip
def test_what_is_pending_is_answered_in_any_wording(tmp_path: Path, pending: str, shown: str) -> None:
    with talking(tmp_path, ANA) as talk:
        talk.say("/registrar")
        talk.say("1")
        talk.say("1")
        assert "pendiente" in talk.say("4").text
        assert "¿Qué día fue?" in talk.say(pending).text
        (draft,) = opened(talk)
        waits = [each["pending"] for each in draft.content["claims"]]
        assert sum(waits) == (int(shown[:1]) if shown else 0)


def test_a_wrong_answer_repeats_the_question_with_an_example(tmp_path: Path) -> None:
    with talking(tmp_path, ARIEL) as talk:
        talk.say("/registrar")
        asked = talk.say("3")
        again = talk.say("quién sabe cuántas fueron")
        assert "por ejemplo" in again.text and "¿Qué cantidad de capacitaciones?" in again.text
        assert labels(again) == labels(asked)
        talk.say("2")
        again = talk.say("un día de esos")
        assert "«13 de marzo»" in again.text and "¿Qué día fue?" in again.text


def test_a_reply_to_another_question_changes_that_answer(tmp_path: Path) -> None:
    with talking(tmp_path, ARIEL) as talk:
        talk.say("/registrar")
        talk.say("3")
        talk.say("2")
        assert "¿Qué día fue?" in talk.say("no, fueron 3 capacitaciones").text
        (draft,) = opened(talk)
        assert [each["quantity"] for each in draft.content["claims"]] == [3]


def test_a_report_fills_the_guided_capture(tmp_path: Path) -> None:
    told = "Ayer se impartieron 2 capacitaciones a 15 responsables de archivo de trámite"
    with talking(tmp_path, ARIEL) as talk:
        talk.say("/registrar")
        card = talk.say(told).text
        assert "Por registrar" in card and "2 capacitaciones" in card and "martes 19" in card and told in card
        assert len(opened(talk)) == 1


def test_a_report_of_another_line_gets_its_card_and_the_question_stays(tmp_path: Path) -> None:
    with talking(tmp_path, ARIEL) as talk:
        talk.say("/registrar")
        talk.say("2")
        card, question = talk.said(
            "Ayer se impartieron 2 capacitaciones a responsables de archivo de trámite"
        )
        assert "Por registrar" in card.text and "¿Es parte" not in card.text
        assert STILL in question.text and "¿Qué cantidad de asesorías?" in question.text
        assert "¿Qué día fue?" in talk.say("3").text  # of the question, not of the card


def test_un_reporte_is_an_answer_and_not_an_order(tmp_path: Path) -> None:
    apoyo = Part(202, "Abril Apoyo", Role.STAFF, "apoyo-administrativo")
    with talking(tmp_path, apoyo) as talk:
        talk.say("/registrar")
        assert "¿Qué cantidad de reportes?" in talk.say("4").text
        assert "¿Qué día fue?" in talk.say("un reporte").text


@pytest.mark.parametrize("asked", ["¿cómo vamos?", "¿qué me falta?"])
def test_a_question_is_answered_and_the_open_one_repeated(tmp_path: Path, asked: str) -> None:
    with talking(tmp_path, ARIEL) as talk:
        talk.say("/registrar")
        talk.say("3")
        answer, question = talk.said(asked)
        assert "Coordinación de Archivo" in answer.text
        assert STILL in question.text and "¿Qué cantidad de capacitaciones?" in question.text


def test_a_text_after_an_undecided_one_asks_no_second_time(tmp_path: Path) -> None:
    with talking(tmp_path, ANA) as talk:
        talk.say("Ayer dimos respuesta a una demanda laboral")
        assert "¿Es parte" in talk.say("se entregaron las copias a la parte actora").text
        for text in ("y se firmó de recibido el mismo día", "quedó todo en el expediente del caso"):
            said = talk.said(text)
            assert len(said) == 1 and "¿Es parte" in said[0].text
        assert len(opened(talk)) == 2
        assert "copias a la parte actora" in said[0].text


def test_a_text_of_another_line_is_not_asked_about(tmp_path: Path) -> None:
    with talking(tmp_path, ARIEL) as talk:
        talk.say("Ayer dimos 2 asesorías archivísticas a la SEMAHN")
        card = talk.say("Hoy se celebró la sesión del grupo interdisciplinario")
        assert "Por registrar" in card.text and "¿Es parte" not in card.text


def settlement(talk: Talk) -> Message:
    number = store(talk.bot.engine, line=1, claimed=(Claimed(1), Claimed(4, 4)))
    talk.say(f"/actividad_{number}")
    return talk.tap("☑️ Ya cuenta")


def observation(talk: Talk) -> Message:
    talk.say("/observacion")
    return talk.tap("1 · ")


def standstill(talk: Talk) -> Message:
    talk.say("/pendientes")
    return talk.tap("1 · 💤")


def withdrawal(talk: Talk) -> Message:
    number = store(talk.bot.engine, line=1, claimed=(Claimed(1),))
    talk.say(f"/actividad_{number}")
    return talk.tap("🗑 Retirar")


def give_back(talk: Talk) -> Message:
    ana = Talk(talk.bot, ANA)
    number = store(talk.bot.engine, line=1, by=ana.part.telegram_id, claimed=(Claimed(1),))
    talk.say(f"/actividad_{number}")
    return talk.tap("↩️ Devolver")


def absence(talk: Talk) -> Message:
    return talk.say("/ausencia")


def correction(talk: Talk) -> Message:
    number = store(talk.bot.engine, line=1, claimed=(Claimed(1),))
    talk.say(f"/actividad_{number}")
    talk.tap("✏️ Corregir")
    return talk.tap("Actas")


def adjustment(talk: Talk) -> Message:
    talk.say("/programa juridica")
    talk.tap("1")
    return talk.tap("🎯 Ajustar actas")


def adjustment_reason(talk: Talk) -> Message:
    adjustment(talk)
    talk.say("20")
    talk.say("5, 5, 5, 5")
    return talk.tap("Desde hoy")


def reopening(talk: Talk) -> Message:
    return talk.say("/reabrir juridica T1")


def close_moved(talk: Talk) -> Message:
    talk.say("/calendario")
    return talk.tap("📆 Mover el cierre")


KINDS = [
    (DIEGO, settlement, DraftKind.SETTLEMENT, "2"),
    (DIEGO, observation, DraftKind.OBSERVATION, "Se atiende en el trimestre que sigue."),
    (DIEGO, standstill, DraftKind.STANDSTILL, "Depende de la convocatoria."),
    (DIEGO, withdrawal, DraftKind.WITHDRAWAL, "Está duplicada"),
    (DIEGO, give_back, DraftKind.RETURN, "Falta la lista de asistencia"),
    (DIEGO, absence, DraftKind.ABSENCE, "del 1 al 5 de abril"),
    (DIEGO, correction, DraftKind.CORRECTION, "2"),
    (PALOMA, adjustment, DraftKind.ADJUSTMENT, "20"),
    (PALOMA, adjustment_reason, DraftKind.ADJUSTMENT, "Así lo acordó el Órgano de Gobierno"),
    (PALOMA, reopening, DraftKind.REOPENING, "Faltó un acta"),
    (PALOMA, close_moved, DraftKind.CALENDAR, "10 de abril"),
]


@pytest.mark.parametrize(("part", "begin", "kind", "answer"), KINDS, ids=[each[1].__name__ for each in KINDS])
def test_no_open_question_swallows_a_report(
    tmp_path: Path, part: Part, begin: object, kind: DraftKind, answer: str
) -> None:
    with talking(tmp_path, part, now=MAY if begin is reopening else MORNING) as talk:
        asked = begin(talk)  # type: ignore[operator]
        (before,) = opened(talk)
        assert before.kind is kind
        said = talk.said(SETTLED)
        assert "convenio con la SEMAHN" in said[0].text
        again = said[-1]
        assert STILL in again.text and asked.text.splitlines()[-1] in again.text
        assert "✖️ Cancelar" in labels(again)
        assert {each.kind for each in opened(talk)} == {kind, DraftKind.ACTIVITY}
        talk.say(answer)
        answered = next(each for each in opened(talk) if each.kind is kind)
        assert answered.step != before.step
        assert (
            next(each for each in opened(talk) if each.kind is DraftKind.ACTIVITY).content["narrative"]
            == SETTLED
        )


@pytest.mark.parametrize("begin", [observation, standstill, withdrawal])
def test_a_text_taken_for_a_report_may_be_the_answer_after_all(tmp_path: Path, begin: object) -> None:
    with talking(tmp_path, DIEGO) as talk:
        begin(talk)  # type: ignore[operator]
        talk.say(SETTLED)
        shown = talk.tap("↪️ No: es mi respuesta")
        assert SETTLED in shown.text and "✅" in labels(shown)[0]
        assert len(opened(talk)) == 1


def test_neither_a_courtesy_nor_a_question_is_an_observation(tmp_path: Path) -> None:
    with talking(tmp_path, DIEGO) as talk:
        observation(talk)
        assert "Escríbala en un mensaje" in talk.say("gracias").text
        answer, question = talk.said("cómo vamos")
        assert "Dirección Jurídica" in answer.text and STILL in question.text


def test_an_open_pin_swallows_no_report(tmp_path: Path) -> None:
    with talking(tmp_path, PALOMA, programme=BUNDLED_PROGRAMME) as talk:
        card, pin = talk.said("Ayer se dieron 2 asesorías archivísticas a la SEMAHN")
        assert "Por registrar" in card.text and "Sigue pendiente su PIN" in pin.text
        assert "✖️ Cancelar" in labels(pin)


def test_cancelling_says_which_and_how_many_are_left(tmp_path: Path) -> None:
    with talking(tmp_path, ARIEL) as talk:
        for text in ("Ayer dimos 2 asesorías archivísticas a la SEMAHN", SETTLED):
            talk.say(text)
        left = talk.say("/cancelar")
        assert "SEMAHN y quedó listo" in left.text and "Sigue abierta otra" in left.text
        assert labels(left) == ["📋 Ver lo que tengo abierto"]
        last = talk.say("/cancelar")
        assert "2 asesorías archivísticas" in last.text and "abierta" not in last.text
