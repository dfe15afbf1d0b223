"""`/registrar` with a text, captions and voice notes are handled like a message."""

from datetime import date

from sqlmodel import select

from handlers.texts import general
from models.storage import database
from models.tables.activity import Activity, Entry
from models.tables.evidence import Evidence, EvidenceKind
from tests.handlers.messages.test_amending import ARIEL
from tests.support.files.photographs import drawn
from tests.support.phones.phone import Message
from tests.support.phones.stage import OLGA, Stage

VOICE = b"OggS\0\2" + bytes(22) + b"OpusHead" + bytes(200)
TOLD = "2 asesorías archivísticas ayer"


def is_card(message: Message) -> bool:
    return "Por registrar" in message.text


async def test_registrar_with_a_text_equals_sending_the_text(stage: Stage) -> None:
    ariel = await stage.enter(ARIEL)
    await ariel.send(TOLD)
    written = await ariel.wait_for(is_card)
    await ariel.tap("✖️ Cancelar")
    await ariel.wait_for("cancelada")
    sent = await ariel.send(f"/registrar {TOLD}")
    ordered = await ariel.wait_for(is_card)
    assert (ordered.text, ordered.keyboard()) == (written.text, written.keyboard())
    await ariel.edit(sent, "/registrar 3 asesorías archivísticas ayer")
    changed = await ariel.wait_for("Qué: 3 asesorías")
    assert changed.id == ordered.id and "/registrar" not in changed.text
    await ariel.tap("✅ Registrar")
    await ariel.wait_for("Registrada")
    with database.transaction(stage.app.engine) as session:
        activity = session.exec(select(Activity)).one()
        assert (activity.narrative, activity.ends_on) == (
            "3 asesorías archivísticas ayer",
            date(2024, 3, 19),
        )
        assert session.exec(select(Entry.quantity)).all() == [3]


async def test_the_text_of_registrar_is_neither_a_question_nor_an_answer(stage: Stage) -> None:
    ariel = await stage.enter(ARIEL)
    await ariel.send("/registrar")
    await ariel.wait_for("línea de acción")
    await ariel.send("/registrar avance de archivo")  # without /registrar it would be a question or an answer
    told = await ariel.wait_for("avance de archivo")
    assert "línea de acción" in told.text
    await ariel.send("/registrar por favor")
    await ariel.wait_for("sigue sin registrarse")


async def test_registrar_in_a_caption_is_removed(stage: Stage) -> None:
    ariel = await stage.enter(ARIEL)
    await ariel.send_photo(drawn(61), caption=f"/registrar {TOLD}")
    card = await ariel.wait_for("1 foto")
    assert "2 asesorías" in card.text and "/registrar" not in card.text
    await ariel.tap("✅ Registrar")
    await ariel.wait_for("Registrada")
    with database.transaction(stage.app.engine) as session:
        assert session.exec(select(Activity.narrative)).all() == [TOLD]
        assert session.exec(select(Evidence.activity_id)).all() == [1]


async def test_a_caption_is_a_message_and_is_edited_like_one(stage: Stage) -> None:
    ariel = await stage.enter(ARIEL)
    sent = await ariel.send_photo(drawn(61), caption=TOLD)
    card = await ariel.wait_for("1 foto")
    assert "Qué: 2 asesorías" in card.text
    await ariel.edit(sent, TOLD.replace("2", "5"))
    assert (await ariel.wait_for("5 asesorías")).id == card.id


async def test_a_voice_note_is_kept_and_one_line_of_text_asked(stage: Stage) -> None:
    ariel = await stage.enter(ARIEL)
    await ariel.send_file("voz.ogg", VOICE, as_="voice", duration=4)
    await ariel.wait_for("Escríbame en una línea qué se hizo")
    await ariel.send(TOLD)
    card = await ariel.wait_for(is_card)
    assert "1 nota de voz" in card.text and "Qué: 2 asesorías" in card.text
    await ariel.tap("✅ Registrar")
    await ariel.wait_for("Registrada")
    await stage.settled()
    with database.transaction(stage.app.engine) as session:
        (piece,) = session.exec(select(Evidence)).all()
        assert (piece.kind, piece.activity_id) == (EvidenceKind.VOICE, 1)


async def test_a_photograph_alone_is_asked_about(stage: Stage) -> None:
    ariel = await stage.enter(ARIEL)
    await ariel.send_photo(drawn(61))
    await ariel.wait_for("¿De qué actividad es?")


async def test_observers_register_nothing_by_text_or_file(stage: Stage) -> None:
    olga = await stage.enter(OLGA)
    await olga.send_photo(drawn(61), caption=f"/registrar {TOLD}")
    await olga.wait_for(general.ONLY_READS)
