"""A card that nobody tapped is named: in the evening, in the morning, and first in `/pendientes`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.phones.conversation import Talk, talking
from tests.support.phones.screen import Message
from tests.support.phones.stage import ANA

TOLD = "Hoy se revisó el convenio con la SEMAHN y quedó listo"
HOUR = 3600


@pytest.fixture
def ana(tmp_path: Path) -> Iterator[Talk]:
    with talking(tmp_path, ANA) as talk:
        yield talk


def later(talk: Talk, hours: float) -> list[Message]:
    """Let so many hours pass; return what came unasked."""
    seen = len(talk.bot.said[talk.part.telegram_id])
    talk.bot.world.advance(hours * HOUR)
    talk.bot.tick()
    return talk.bot.said[talk.part.telegram_id][seen:]


def labels(message: Message) -> list[str]:
    return [label for row in message.keyboard() for label in row]


def test_an_open_card_is_shown_once_the_same_evening(ana: Talk) -> None:
    ana.say(TOLD)
    assert later(ana, 6) == []  # three in the afternoon
    (nudge,) = later(ana, 2)
    assert "sin registrarse" in nudge.text and TOLD in nudge.text and labels(nudge)[0] == "✅ Registrar"
    assert later(ana, 0.5) == [] and later(ana, 24) == []
    assert "Registrada" in ana.tap("✅ Registrar").text


def test_a_card_of_the_late_evening_is_shown_the_next_morning(ana: Talk) -> None:
    ana.bot.world.advance(10 * HOUR)
    ana.say(TOLD)
    assert later(ana, 1) == []
    (nudge,) = later(ana, 13)
    assert "sin registrarse" in nudge.text


def test_what_was_registered_or_put_off_is_not_mentioned(ana: Talk) -> None:
    ana.say(TOLD)
    ana.tap("✅ Registrar")
    assert later(ana, 8) == []
    ana.say("/recordatorios")
    ana.tap("🔔 Pendientes")  # silent
    ana.tap("🔕 Pendientes")  # off
    ana.say("Ayer se celebró la primera sesión: 1 acta")
    assert later(ana, 24) == []


def test_several_cards_are_one_message_with_their_buttons(ana: Talk) -> None:
    ana.say(TOLD)
    ana.say("/registrar Ayer se celebró la primera sesión: 1 acta")
    (nudge,) = later(ana, 8)
    assert "2 tarjetas sin registrar" in nudge.text
    assert [each.startswith("✅ Registrar · ") for each in labels(nudge)] == [True, True]
    assert "n.º 1" in ana.tap("✅ Registrar · Hoy").text


def test_the_morning_digest_begins_with_open_cards(ana: Talk) -> None:
    ana.say(TOLD)
    later(ana, 8)
    (digest,) = later(ana, 41)  # ten working days before the close
    assert digest.text.startswith("📝 1 tarjeta sin registrar")
    assert "Faltan 10 días hábiles" in digest.text and labels(digest)[0] == "✅ Registrar"
    done = ana.tap("✅ Registrar")
    assert "Registrada" in done.text and done.id != digest.id  # the digest stays


def test_duties_begin_with_open_cards(ana: Talk) -> None:
    ana.say(TOLD)
    page = ana.say("/pendientes")
    assert page.text.startswith("📝 1 tarjeta sin registrar") and TOLD in page.text
    assert labels(page)[0] == "✅ Registrar"
    ana.tap("✅ Registrar")
    assert "sin registrar" not in ana.say("/pendientes").text


def test_a_card_with_an_open_question_is_brought(ana: Talk) -> None:
    ana.say("Ayer dimos respuesta a una demanda laboral")
    page = ana.say("/pendientes")
    assert labels(page)[0] == "📝 Terminarla"
    assert "¿A qué línea de acción corresponde?" in ana.tap("📝 Terminarla").text
