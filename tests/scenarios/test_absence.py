"""What people are told after the bot was not running for a while."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.reminders import absence
from handlers.routes import CONVERSATIONS
from local_telegram.world.traffic import Fault
from models.storage import database
from models.storage.unit_of_work import work_of
from tests.handlers.activity_form.test_capture import stored, tap_through, to_card
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, PALOMA, SAUL, TERE, Stage
from tests.support.waiting import until

MINUTE, HOUR = 60, 3600


async def away(stage: Stage, seconds: float) -> None:
    """Stop the bot for so long."""
    await stage.settled()
    await stage.stop_bot()
    stage.world.advance(seconds)
    await stage.start_bot()


async def count(phone: Phone) -> int:
    return len(await phone.messages())


async def test_an_open_card_is_shown_again_after_more_than_two_minutes(stage: Stage) -> None:
    ana, tere = await stage.enter(ANA), await stage.enter(TERE)
    await to_card(ana)
    ana_saw, tere_saw = await count(ana), await count(tere)
    await away(stage, 3 * MINUTE)
    card = await ana.wait_for("sigue sin registrarse")
    assert "Por registrar" in card.text
    assert card.keyboard()[0] == ["✅ Registrar"]
    await stage.settled()
    assert await count(ana) == ana_saw + 1
    assert await count(tere) == tere_saw
    await ana.tap("✅ Registrar", card)
    await ana.wait_for("Registrada")
    assert len(stored(stage)) == 1
    await away(stage, 3 * MINUTE)
    await stage.settled()
    assert await count(ana) == ana_saw + 1


async def test_a_question_in_the_middle_is_asked_again(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("/registrar")
    await ana.wait_for("línea de acción")
    await tap_through(ana, "2 · ", "1")
    await away(stage, 3 * MINUTE)
    question = await ana.wait_for("sigue sin registrarse")
    assert "¿Qué día fue?" in question.text
    await ana.tap("Ayer", question)
    await ana.wait_for("qué se hizo")


async def test_after_a_dropped_tap_the_card_is_shown_again(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await to_card(ana)
    await stage.settled()
    await stage.stop_bot()
    await ana.tap("✅ Registrar")
    stage.world.advance(3 * MINUTE)
    await stage.start_bot()
    card = await ana.wait_for("sigue sin registrarse")
    assert stored(stage) == []
    await ana.tap("✅ Registrar", card)
    await ana.wait_for("Registrada")
    assert len(stored(stage)) == 1


async def test_a_minute_counts_as_no_absence(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await to_card(ana)
    seen = await count(ana)
    await away(stage, MINUTE)
    await ana.send("/ayuda")
    await ana.wait_for("Esto puedo hacer por usted")
    assert await count(ana) == seen + 2


async def test_after_more_than_a_day_everybody_is_told_once_that_messages_were_lost(stage: Stage) -> None:
    people = [await stage.enter(part) for part in (ANA, PALOMA, TERE)]
    stranger = await stage.phone(SAUL)
    ana = people[0]
    await stranger.send("hola")
    await stranger.wait_for("uso interno")
    await stage.settled()
    seen = [await count(phone) for phone in people]
    await stage.stop_bot()
    await ana.send("/avance")  # Telegram drops it
    stage.world.advance(25 * HOUR)
    await ana.send("/ayuda")
    stage.world.advance(HOUR)
    await stage.start_bot()
    for phone in people:
        told = await phone.wait_for("no conservó los mensajes")
        assert "entre el 20 de marzo a las 9:00 y el 20 de marzo a las 11:00" in told.text
    await ana.wait_for("Esto puedo hacer por usted")
    await stage.settled()
    assert [await count(phone) for phone in people] == [seen[0] + 4, seen[1] + 1, seen[2] + 1]
    assert await count(stranger) == 2

    await away(stage, MINUTE)
    await stage.settled()
    assert [await count(phone) for phone in people] == [seen[0] + 4, seen[1] + 1, seen[2] + 1]


async def test_less_than_a_day_loses_no_message(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await stage.settled()
    await stage.stop_bot()
    await ana.send("/ayuda")
    seen = await count(ana)
    stage.world.advance(23 * HOUR)
    await stage.start_bot()
    await ana.wait_for("Esto puedo hacer por usted")
    await stage.settled()
    assert await count(ana) == seen + 1


@pytest.mark.parametrize("seconds", [3 * MINUTE, 72 * HOUR])
async def test_a_clock_that_is_moved_while_the_bot_polls_is_no_gap(stage: Stage, seconds: float) -> None:
    ana = await stage.enter(ANA)
    await to_card(ana)
    await stage.settled()
    seen = await count(ana)
    stage.world.advance(seconds)
    await stage.clock_follows()
    await away(stage, MINUTE)  # nor at the next start
    await stage.settled()
    assert await count(ana) == seen


async def test_a_network_outage_is_an_absence_too(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await to_card(ana)
    await stage.settled()
    fault = Fault("getUpdates", times=3, drop="before")
    stage.world.faults.plan(fault)
    stage.world.advance(1)  # the pending poll ends, the next three fail
    await until(lambda: fault.times == 0)
    stage.world.advance(3 * MINUTE)
    await ana.wait_for("sigue sin registrarse")


@pytest.mark.parametrize(("local_hour", "silent"), [(7, True), (10, None), (18, True)])
async def test_lost_messages_are_announced_silently_outside_a_persons_hours(
    stage: Stage, local_hour: int, silent: bool | None
) -> None:
    await stage.enter(ANA)
    await stage.settled()
    now = datetime.combine(date(2024, 3, 22), time(local_hour), ZoneInfo("America/Mexico_City"))
    with database.transaction(stage.app.engine) as session:
        absence.catch_up(session, now - timedelta(hours=30), now, CONVERSATIONS)
        (said,) = work_of(session).outbox
        assert "no conservó los mensajes" in said.payload["text"]
        assert said.payload.get("disable_notification") is silent
