"""PINs: with an unlocked phone nobody can sign, reopen, or change somebody's access."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlmodel import select

from handlers.texts.people import pins as texts
from models.people import pin
from models.quarter_end import signing
from models.storage import audit, database
from models.tables.people import Person
from models.tables.pin import PersonPin, PinQuestion
from models.tables.signature import Signature
from tests.handlers.quarter_end.test_signing import T1, move
from tests.support.database.signed_quarter import explain, unit_of
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import ANA, DIEGO, PALOMA, TERE, Part, Stage
from tests.support.waiting import until

PIN, OTHER = "274916", "580342"


@pytest.fixture(params=["sqlite", "postgresql"])
async def office(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    """The running bot with PINs on, as by default, on each engine."""
    url = str(request.getfixturevalue("postgres_url")) if request.param == "postgresql" else ""
    async with Stage(tmp_path, url, second_factor=True) as running:
        yield running


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with Stage(tmp_path, second_factor=True) as running:
        yield running


async def enter(stage: Stage, part: Part, chosen: str = PIN) -> Phone:
    """Join, and set the PIN that is asked for."""
    phone = await stage.enter(part)
    await phone.wait_for(texts.NEW_AT_JOINING)
    await phone.send(chosen)
    await phone.wait_for(texts.AGAIN)
    await phone.send(chosen)
    await phone.wait_for(texts.SET)
    return phone


async def to_sign(stage: Stage, diego: Phone) -> Message:
    """Move past the quarter's end with every duty explained, and press the card's button."""
    await move(stage, "2024-04-02 09:00")
    with database.transaction(stage.app.engine) as session:
        explain(session, unit_of(session), T1, stage.app.clock.now())
    await diego.send("/firmar")
    card = await diego.wait_for("Por firmar")
    await diego.tap("✅ Firmar", card)
    await diego.wait_for("Escriba su PIN")
    return card


def signatures(stage: Stage) -> list[Signature]:
    with database.transaction(stage.app.engine) as session:
        assert audit.verify(session).broken_at is None
        return signing.signatures(session)


def everything(stage: Stage) -> str:
    """Return all that the database contains, as text."""
    with stage.app.engine.connect() as connection:
        names = inspect(connection).get_table_names()
        return "\n".join(
            str(row) for name in names for row in connection.execute(text(f'SELECT * FROM "{name}"')).all()
        )


def rename(stage: Stage, table: str, name: str) -> None:
    with database.transaction(stage.app.engine) as session:
        session.connection().execute(text(f"ALTER TABLE {table} RENAME TO {name}"))


async def test_a_signature_waits_for_the_pin_and_the_pin_is_stored_nowhere(office: Stage) -> None:
    diego = await enter(office, DIEGO)
    await to_sign(office, diego)
    assert signatures(office) == []
    typed = await diego.send("27 49 16")
    await diego.wait_for("Firmado")
    await office.settled()
    (signature,) = signatures(office)
    assert signature.in_place_of is None
    assert typed.id not in [message.id for message in await diego.messages()]
    held = everything(office)
    assert PIN not in held and "27 49 16" not in held


async def test_a_wrong_pin_signs_nothing_and_five_lock_it_and_tell_planning(office: Stage) -> None:
    diego, paloma = await enter(office, DIEGO), await enter(office, PALOMA, OTHER)
    await to_sign(office, diego)
    for left in ("le quedan 4", "le quedan 3", "le quedan 2", "le queda un intento"):
        await diego.send(OTHER)  # another person's PIN
        await diego.wait_for(left)
    await paloma.look()
    await diego.send("111222")
    await diego.wait_for("queda bloqueado hasta las 10:0")
    await paloma.wait_for("5 PIN equivocados desde la cuenta de Diego Director")
    await diego.send(PIN)
    await diego.tap("✅ Firmar")
    assert "está bloqueado" in ((await diego.answer()).text or "")
    assert signatures(office) == []
    await move(office, "2024-04-02 10:15")
    await diego.tap("✅ Firmar")
    await diego.wait_for("Escriba su PIN")
    await diego.send(PIN)
    await diego.wait_for("Firmado")
    assert len(signatures(office)) == 1


async def test_planning_removes_a_forgotten_pin_after_entering_its_own(stage: Stage) -> None:
    diego, paloma = await enter(stage, DIEGO), await enter(stage, PALOMA, OTHER)
    await to_sign(stage, diego)
    await diego.tap("❓ Olvidé mi PIN")
    await diego.wait_for("Ya avisé a Planeación")
    told = await paloma.wait_for("Diego Director dice que olvidó su PIN")
    await paloma.tap("👤 Ver a la persona", told)
    await paloma.tap("🔒 Quitar su PIN", await paloma.wait_for("Desde el"))
    await paloma.tap("✅ Sí, quitar el PIN", await paloma.wait_for("¿Quitar el PIN"))
    await paloma.wait_for("Escriba su PIN")
    await paloma.send(OTHER)
    await diego.wait_for("Planeación quitó su PIN")
    await diego.tap("✅ Firmar")
    await diego.wait_for("todavía no tiene")
    await diego.send(OTHER)  # two people may have equal PINs
    await diego.wait_for(texts.AGAIN)
    await diego.send(OTHER)
    await diego.wait_for("Firmado")
    await paloma.wait_for("Diego Director acaba de poner su PIN")
    assert len(signatures(stage)) == 1


async def test_weak_pins_and_mismatched_repetitions_are_refused(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    await diego.wait_for(texts.NEW_AT_JOINING)
    for weak in ("000000", "123456", "654321", "121212", "123123", "112233", "123321", "890123"):
        await diego.send(weak)
        await diego.wait_for("se adivina pronto")
    for short in ("1234", "12345678"):
        await diego.send(short)
        await diego.wait_for("son 6 cifras")
    await diego.send(PIN)
    await diego.wait_for(texts.AGAIN)
    await diego.send(OTHER)
    await diego.wait_for("no son iguales")
    await diego.send(PIN)
    await diego.wait_for(texts.AGAIN)
    await diego.send("２７４９１６")  # full-width digits
    await diego.wait_for(texts.SET)


async def test_old_and_cancelled_questions_accept_no_pin(stage: Stage) -> None:
    diego = await enter(stage, DIEGO)
    await to_sign(stage, diego)
    first = await diego.last()
    await diego.tap("✅ Firmar")
    await diego.wait_for("Escriba su PIN")
    await diego.tap("✖️ Cancelar", first)
    assert "ya no está vigente" in ((await diego.answer()).text or "")
    await diego.tap("✖️ Cancelar", await diego.last())
    await diego.wait_for("No se pidió más el PIN")
    typed = await diego.send(PIN)
    await diego.wait_for("no le estaba pidiendo ninguno")
    await stage.settled()
    assert signatures(stage) == [] and PIN not in everything(stage)
    assert typed.id not in [message.id for message in await diego.messages()]
    await diego.tap("✅ Firmar")
    await diego.wait_for("Escriba su PIN")
    await move(stage, "2024-04-02 09:30")  # the question expires after ten minutes
    await diego.send(PIN)
    await diego.wait_for("no le estaba pidiendo ninguno")
    assert signatures(stage) == []


async def test_a_restart_between_question_and_answer_loses_nothing(office: Stage) -> None:
    diego = await enter(office, DIEGO)
    await to_sign(office, diego)
    await office.stop_bot()
    await diego.send(PIN)
    await office.start_bot()
    await diego.wait_for("Firmado")
    assert len(signatures(office)) == 1


async def test_a_pin_in_a_group_is_refused_and_deleted(stage: Stage) -> None:
    diego = await enter(stage, DIEGO)
    await to_sign(stage, diego)
    stage.world.add_group(-700, "Jurídica", [DIEGO.telegram_id])
    await diego.send("/avance", chat=-700)
    page = await diego.wait_for(lambda message: message.chat == -700)
    await diego.send(PIN, chat=-700, reply_to=page.id)
    await diego.wait_for("Escribió en un grupo")
    assert signatures(stage) == []


async def test_an_edited_wrong_pin_is_another_try(stage: Stage) -> None:
    diego = await enter(stage, DIEGO)
    await to_sign(stage, diego)
    await stage.stop_bot()
    wrong = await diego.send(OTHER)
    await diego.edit(wrong, PIN)
    await stage.start_bot()
    await diego.wait_for("Firmado")
    await stage.settled()
    assert PIN not in everything(stage) and OTHER not in everything(stage)


async def test_the_card_is_checked_again_after_the_pin(stage: Stage) -> None:
    """What changed while the PIN was typed is not signed unseen."""
    ana, diego = await stage.enter(ANA), await enter(stage, DIEGO)
    await to_sign(stage, diego)
    with database.transaction(stage.app.engine) as session:
        unit = unit_of(session)
        line = unit.lines[0]
        session.connection().execute(
            text("UPDATE standstill SET reason = 'Otra razón' WHERE line_id = :line"), {"line": line.id}
        )
        session.connection().execute(text("UPDATE presentation SET text = 'Otras palabras'"))
    await diego.send(PIN)
    await diego.wait_for("Por firmar")
    assert signatures(stage) == []
    assert await ana.commands()


async def test_inviting_and_suspending_need_the_pin_and_reading_does_not(stage: Stage) -> None:
    paloma, tere = await enter(stage, PALOMA), await stage.enter(TERE)
    await paloma.send("/invitar enlace juridica Ana López")
    await paloma.wait_for("Escriba su PIN")
    await paloma.send(PIN)
    sent = await paloma.wait_for("Invitación para Ana López")
    assert sent.photo
    await paloma.send("/personas")
    await paloma.tap("2 · Tere", await paloma.wait_for("Personas"))
    await paloma.tap("⛔ Suspender", await paloma.wait_for("Desde el"))
    await paloma.tap("✅ Sí, suspender", await paloma.wait_for("¿Suspender"))
    await paloma.wait_for("Escriba su PIN")
    assert "avance" in await tere.commands()
    await paloma.send(PIN)
    await paloma.wait_for("Acceso suspendido")
    with database.transaction(stage.app.engine) as session:
        assert session.exec(select(Person).where(Person.telegram_id == TERE.telegram_id)).one().suspended_at


async def test_the_pin_is_changed_after_the_one_that_is_set(stage: Stage) -> None:
    diego = await enter(stage, DIEGO)
    await diego.send("/pin")
    await diego.wait_for("escriba primero su PIN de ahora")
    await diego.send(PIN)
    await diego.wait_for(texts.NEW)
    for asked in (texts.AGAIN, texts.SET):
        await diego.send(OTHER)
        await diego.wait_for(asked)
    await to_sign(stage, diego)
    await diego.send(PIN)
    await diego.wait_for("Ese no es su PIN")
    await diego.send(OTHER)
    await diego.wait_for("Firmado")


async def test_a_failed_update_is_stored_without_the_pin(stage: Stage) -> None:
    diego = await enter(stage, DIEGO)
    await to_sign(stage, diego)
    rename(stage, "person_pin", "put_away")
    await diego.send(PIN)
    await until(lambda: "••••••" in everything(stage))
    assert PIN not in everything(stage)
    rename(stage, "put_away", "person_pin")
    stage.world.move_to(stage.world.now() + timedelta(seconds=15))
    await diego.wait_for("su PIN no se guardó")
    await diego.send(PIN)
    await diego.wait_for("Firmado")


async def test_a_copied_pin_hash_of_another_person_is_invalid(stage: Stage) -> None:
    """Write access to the database does not allow giving a person the PIN of another."""
    diego, _ = await enter(stage, DIEGO), await enter(stage, PALOMA, OTHER)
    with database.transaction(stage.app.engine) as session:
        numbers = {each.telegram_id: each.id for each in session.exec(select(Person)).all()}
        theirs = session.get_one(PersonPin, numbers[PALOMA.telegram_id])
        own = session.get_one(PersonPin, numbers[DIEGO.telegram_id])
        own.salt, own.hash = theirs.salt, theirs.hash
    await to_sign(stage, diego)
    await diego.send(OTHER)
    await diego.wait_for("Ese no es su PIN")
    assert signatures(stage) == []


@pytest.mark.parametrize(
    "statement",
    [
        """UPDATE pin_question SET act = '{"command": "pin", "arguments": ""}'""",
        """UPDATE pin_question SET act = replace(act, '"data"', '"date"')""",
        "UPDATE pin_question SET step = 'new'",
        "UPDATE pin_question SET serial = serial + 1",
        "UPDATE pin_question SET act = NULL",
    ],
)
async def test_a_question_altered_in_the_database_accepts_no_pin(stage: Stage, statement: str) -> None:
    await enter(stage, PALOMA)
    diego = await enter(stage, DIEGO)
    await to_sign(stage, diego)
    with database.transaction(stage.app.engine) as session:
        session.execute(text(statement.replace(":", "\\:")))
    await diego.send(PIN)
    await diego.wait_for(texts.UNASKED)
    assert signatures(stage) == []


async def test_with_another_key_pins_are_set_again_and_planning_is_notified_once(stage: Stage) -> None:
    diego, paloma = await enter(stage, DIEGO), await enter(stage, PALOMA, OTHER)
    code = stage.invite(ANA)
    await stage.stop_bot()
    (stage.folder / "secret.key").unlink()
    for _ in range(2):
        await stage.start_bot()
        await stage.settled()
        await stage.stop_bot()
    await stage.start_bot()
    await stage.settled()
    told = [each for each in await paloma.messages() if "Se cambió la clave" in each.text]
    assert len(told) == 1
    ana = await stage.phone(ANA)
    await ana.send(f"/start {code}")
    await ana.wait_for("de uso interno")
    await diego.send("/pin")
    await diego.wait_for(texts.NEW)


async def test_no_pin_is_asked_if_the_programme_switches_pins_off(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        diego = await stage.enter(DIEGO)
        await diego.send("/pin")
        await diego.wait_for("no se usa PIN")
        with database.transaction(stage.app.engine) as session:
            assert not pin.needed(session)
            assert session.exec(select(PinQuestion)).all() == []
