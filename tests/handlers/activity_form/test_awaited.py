"""«Ya se publicaron los 2 acuerdos»: the pending entry is offered, and nothing is registered twice."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import func, select

from models.storage import database
from models.tables.activity import Activity, Settlement
from tests.support.database.registered_activities import Claimed, store
from tests.support.phones.conversation import Talk, talking
from tests.support.phones.stage import ANA

FEBRUARY, MARCH = date(2024, 2, 15), date(2024, 3, 5)


@pytest.fixture
def ana(tmp_path: Path) -> Iterator[Talk]:
    with talking(tmp_path, ANA) as talk:
        yield talk


def _pending(talk: Talk) -> None:
    """Two sessions: of the first 2 agreements are pending, of the second one."""
    store(talk.bot.engine, "juridica", 1, FEBRUARY, claimed=(Claimed(1), Claimed(2, pending=2)))
    store(talk.bot.engine, "juridica", 1, MARCH, claimed=(Claimed(1), Claimed(3, pending=1)))


def _stored(talk: Talk) -> tuple[int, int]:
    """How many activities, and how much came to count."""
    with database.transaction(talk.bot.engine) as session:
        settled = session.exec(select(func.sum(Settlement.quantity))).one()
        return session.exec(select(func.count()).select_from(Activity)).one(), int(settled or 0)


@pytest.mark.parametrize(
    ("text", "buttons"),
    [
        ("ya se publicaron los 2 acuerdos del 15 de febrero", ["2 acuerdos (n.º 1)"]),
        ("Ya salió publicado el acuerdo de la sesión del 5 de marzo", ["1 acuerdo (n.º 2)"]),
        ("Ayer salieron en el Periódico Oficial los 2 acuerdos", ["2 acuerdos (n.º 1)"]),
        ("ya se publicó el acuerdo", ["1 acuerdo (n.º 2)"]),
        ("ya quedaron publicados los 3 acuerdos", ["2 acuerdos (n.º 1)", "1 acuerdo (n.º 2)"]),
    ],
)
def test_the_pending_entry_is_offered(ana: Talk, text: str, buttons: list[str]) -> None:
    _pending(ana)
    asked = ana.say(text)
    assert "¿Es lo que estaba pendiente?" in asked.text and "Por registrar" not in asked.text
    labels = [label for row in asked.keyboard() for label in row]
    assert labels == [*(f"☑️ Ya cuenta: {each}" for each in buttons), "🆕 Es algo nuevo", "✖️ Cancelar"]


def test_it_is_settled_with_the_quantity_said(ana: Talk) -> None:
    _pending(ana)
    ana.say("ya se publicaron los 2 acuerdos del 15 de febrero")
    assert "2 acuerdos: ¿desde qué día cuenta?" in ana.tap("☑️ Ya cuenta").text
    ana.tap("Ayer")
    assert "Registrado: 2 acuerdos de la actividad n.º 1" in ana.tap("✅ Registrar").text
    assert _stored(ana) == (2, 2)
    assert "nada a medias" in ana.say("/cancelar").text


def test_a_day_of_publication_is_taken(ana: Talk) -> None:
    _pending(ana)
    ana.say("Ayer salieron en el Periódico Oficial los 2 acuerdos")
    assert "Desde: martes 19 de marzo" in ana.say("sí").text


def test_something_new_opens_the_card(ana: Talk) -> None:
    _pending(ana)
    ana.say("ya se publicaron los 2 acuerdos del 15 de febrero")
    assert "Qué: 2 acuerdos" in ana.tap("🆕 Es algo nuevo").text
    assert _stored(ana) == (2, 0)


@pytest.mark.parametrize(
    "text",
    [
        "se levantó el acta de la sesión y 2 acuerdos, ya publicados",
        "se aprobaron 4 acuerdos y ya se publicaron",
        "todavía no se publican los 2 acuerdos del 15 de febrero",
    ],
)
def test_other_work_is_not_what_was_pending(ana: Talk, text: str) -> None:
    _pending(ana)
    assert "¿Es lo que estaba pendiente?" not in ana.say(text).text


def test_where_nothing_is_pending_it_is_a_card(ana: Talk) -> None:
    store(ana.bot.engine, "juridica", 1, FEBRUARY, claimed=(Claimed(1), Claimed(2)))
    assert (
        "¿Es lo que estaba pendiente?"
        not in ana.say("ya se publicaron los 2 acuerdos del 15 de febrero").text
    )


def test_a_settled_entry_is_not_offered_again(ana: Talk) -> None:
    _pending(ana)
    for _ in range(2):
        asked = ana.say("ya se publicaron los 2 acuerdos del 15 de febrero")
        labels = [label for row in asked.keyboard() for label in row]
        if "☑️ Ya cuenta: 2 acuerdos (n.º 1)" not in labels:
            break
        ana.tap("☑️ Ya cuenta: 2 acuerdos (n.º 1)")
        ana.tap("Hoy")
        ana.tap("✅ Registrar")
        ana.bot.world.advance(600)
    assert "☑️ Ya cuenta: 2 acuerdos (n.º 1)" not in labels
    assert _stored(ana) == (2, 2)


@pytest.mark.parametrize(
    "text",
    [
        "Hoy se aprobó un acuerdo, ya está en el Periódico Oficial",
        "ya apareció publicado un acuerdo",
        "1 acuerdo ya publicado",
        "se aprobó 1 acuerdo y ya se publicó",
    ],
)
def test_what_is_published_already_is_not_asked_about(ana: Talk, text: str) -> None:
    card = ana.say(text).text
    assert "Por registrar" in card and "1 acuerdo" in card and "por publicar" not in card


@pytest.mark.parametrize(
    "text", ["Se aprobó un acuerdo, todavía no está en el Periódico Oficial", "1 acuerdo, aún no publicado"]
)
def test_what_is_not_published_yet_waits(ana: Talk, text: str) -> None:
    assert "1 por publicar" in ana.say(text).text
