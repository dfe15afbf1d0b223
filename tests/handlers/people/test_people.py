"""`/invitar`, `/personas` and `/estado` on the phone of planning."""

import json
import re

import pytest
from sqlmodel import select

from handlers.texts import general, rejections
from models.chain.table_findings import compare
from models.rights import member
from models.storage import audit, database
from models.tables.audit import Audit
from models.tables.chat.inbox import Inbox
from models.tables.chat.outbox import Outbox
from models.tables.people import Invitation, Person, Role
from tests.support.phones.phone import Message, Phone
from tests.support.phones.stage import ANA, DIEGO, PALOMA, TERE, Part, Stage

ASIDE = 2_000_000_000  # far from the local server's update ids
PILAR = Part(107, "Pilar Planeación", Role.PLANNING)


def code_in(message: Message) -> str:
    found = re.search(r"/start (\w{20})", message.text)
    assert found, message.text
    return found[1]


def invitations(stage: Stage) -> int:
    with database.transaction(stage.app.engine) as session:
        return len(session.exec(select(Invitation)).all())


def pairs(stage: Stage, part: Part) -> list[str]:
    with database.transaction(stage.app.engine) as session:
        found = member(session, part.telegram_id)
    return [role.value for role, _ in found.pairs] if found else []


async def press(phone: Phone, *labels: str) -> Message:
    """Press the buttons one after the other, each on the previous answer; return the last answer."""
    shown = None
    for label in labels:
        await phone.tap(label)
        shown = await phone.wait_for(lambda message: True)
    assert shown is not None
    return shown


async def open_card(phone: Phone, name: str) -> Message:
    await phone.send("/personas")
    shown = await phone.wait_for("Personas")
    label = next(button.text for button in shown.buttons() if name in button.text)
    return await press(phone, label)


async def test_an_invitation_by_buttons_lets_somebody_in(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    await paloma.send("/invitar")
    asked = await paloma.wait_for("¿Qué función")
    assert asked.keyboard()[-1] == ["✖️ Cancelar"]
    await press(paloma, "Enlace", "Dirección Jurídica")
    await paloma.wait_for("¿Cómo se llama?")
    await paloma.send("Ana Juárez")
    card = await paloma.wait_for("Una invitación")
    assert "Ana Juárez · Enlace de la Dirección Jurídica" in card.text
    await paloma.tap("✅ Crear")
    sent = await paloma.wait_for("/start")
    assert (
        sent.photo and "Enlace de la Dirección Jurídica" in sent.text and "vence el 27 de marzo" in sent.text
    )
    assert "Invitación para Ana Juárez" in sent.text
    assert "Secretaría Ejecutiva" in sent.text and "programa anual de trabajo" in sent.text
    assert f"?start={code_in(sent)}" in sent.text
    ana = await stage.phone(ANA)
    await ana.send(f"/start {code_in(sent)}")
    await ana.wait_for("bienvenida")
    assert pairs(stage, ANA) == ["staff"]
    await stage.settled()
    with database.transaction(stage.app.engine) as session:
        assert code_in(sent) not in "".join(row.payload for row in session.exec(select(Outbox)))


async def test_the_last_button_pressed_five_times_makes_one_invitation(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    await paloma.send("/invitar")
    await paloma.wait_for("¿Qué función")
    before = invitations(stage)
    await press(paloma, "Planeación", "Sin nombre")
    card = await paloma.last()
    data = next(button.data for button in card.buttons() if button.text == "✅ Crear")
    assert data
    for _ in range(5):
        await paloma.forge(data, card)
    await stage.settled()
    assert invitations(stage) == before + 1


@pytest.mark.parametrize(
    ("said", "name"),
    [("ana", "Ana Juárez"), ("juarez", "Ana Juárez"), ("anna", "Ana Juárez"), ("titular", "Diego Director")],
)
async def test_personas_with_a_word_finds_the_person(stage: Stage, said: str, name: str) -> None:
    paloma, _, _ = [await stage.enter(each) for each in (PALOMA, ANA, DIEGO)]
    await paloma.send(f"/personas {said}")
    card = await paloma.wait_for("Desde el")
    assert card.text.startswith(f"👤 {name}")


async def test_personas_with_a_word_of_several_or_of_nobody(stage: Stage) -> None:
    paloma, _, _ = [await stage.enter(each) for each in (PALOMA, ANA, DIEGO)]
    await paloma.send("/personas jurídica")
    found = await paloma.wait_for("Personas · «jurídica»")
    assert "Ana Juárez" in found.text and "Diego Director" in found.text and "Paloma" not in found.text
    await press(paloma, "1 · Ana")
    await paloma.send("/personas Zutano")
    await paloma.wait_for("No encuentro a nadie con «Zutano»")
    await paloma.tap("👥 Ver a todas")
    await paloma.wait_for("1–3 de 3")


async def test_a_name_is_corrected_and_the_person_is_told(stage: Stage) -> None:
    paloma, ana = await stage.enter(PALOMA), await stage.enter(ANA)
    await open_card(paloma, "Ana")
    await press(paloma, "✏️ Corregir nombre")
    await paloma.send("Ana Lucía  Juárez Gómez")
    card = await paloma.wait_for("se llamará Ana Lucía Juárez Gómez")
    await paloma.tap("✅ Guardar", card)
    await paloma.wait_for("ahora se llama Ana Lucía Juárez Gómez")
    await ana.wait_for("Ahora aparece como Ana Lucía Juárez Gómez")
    with database.transaction(stage.app.engine) as session:
        entry = session.exec(select(Audit).where(Audit.action == "rename")).one()
        assert entry.before is None and entry.after is None and entry.subject == "person:2"
        assert compare(session).intact


async def test_a_person_is_forgotten_by_a_button_with_confirmation(stage: Stage) -> None:
    paloma, ana = await stage.enter(PALOMA), await stage.enter(ANA)
    card = await open_card(paloma, "Paloma")
    assert "🗑 Olvidar a esta persona" not in [button.text for button in card.buttons()]
    await open_card(paloma, "Ana")
    asked = await press(paloma, "🗑 Olvidar a esta persona")
    assert "No se puede deshacer" in asked.text
    await press(paloma, "✖️ Cancelar", "🗑 Olvidar a esta persona", "🗑 Sí, olvidar para siempre")
    await paloma.wait_for("es ahora la persona 2")
    await ana.send("/avance")
    await ana.wait_for(general.STRANGER)
    await stage.settled()
    with database.transaction(stage.app.engine) as session:
        assert session.exec(select(Person.name).where(Person.id == 2)).one() == "Persona 2"
        assert "Ana Juárez" not in "".join(row.payload for row in session.exec(select(Outbox)))
        assert compare(session).intact


async def test_open_invitations_are_one_tap_from_the_people(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    stage.invite(ANA)
    await paloma.send("/personas")
    await paloma.tap("📨 Invitaciones abiertas (1)", await paloma.wait_for("Personas"))
    await paloma.tap("✖️ Anular 1", await paloma.wait_for("Invitaciones abiertas"))
    await paloma.wait_for("su código ya no sirve")


@pytest.mark.parametrize(
    ("line", "role", "name"),
    [
        ("staff juridica Ana <b>López", "Enlace de la Dirección Jurídica", "Ana <b>López"),
        ("ENLACE Dirección  Jurídica", "Enlace de la Dirección Jurídica", None),
        ("titular dj", "Titular de la Dirección Jurídica", None),
        ("planeación Juan & Cía", "Planeación", "Juan & Cía"),
        ("observador", "Consulta", None),
    ],
)
async def test_an_invitation_in_one_line(stage: Stage, line: str, role: str, name: str | None) -> None:
    paloma = await stage.enter(PALOMA)
    await paloma.send(f"/invitar {line}")
    sent = await paloma.wait_for("Invitación")
    assert role in sent.text and (name or "") in sent.text


async def test_arguments_missing_from_the_command_are_asked(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    await paloma.send("/invitar jefe")
    await paloma.wait_for("No reconocí esa función")
    await paloma.send("/invitar enlace Marte")
    asked = await paloma.wait_for("No encontré esa unidad.")
    assert len(asked.keyboard()) == 7
    await press(paloma, "✖️ Cancelar")
    assert invitations(stage) == 1


async def test_suspend_and_let_in_again(stage: Stage) -> None:
    paloma, ana = await stage.enter(PALOMA), await stage.enter(ANA)
    await open_card(paloma, "Ana")
    asked = await press(paloma, "⛔ Suspender")
    assert asked.keyboard() == [["✅ Sí, suspender"], ["✖️ Cancelar"]]
    suspended = await press(paloma, "✅ Sí, suspender")
    assert "Acceso suspendido" in suspended.text
    await stage.settled()
    assert pairs(stage, ANA) == [] and await ana.commands() == {}
    await press(paloma, "▶️ Reactivar", "✅ Sí, reactivar")
    await ana.wait_for("activo de nuevo")
    await stage.settled()
    assert pairs(stage, ANA) == ["staff"] and "registrar" in await ana.commands()
    await paloma.forge("ppl:A:2", suspended)
    assert (await paloma.answer()).text == rejections.SENTENCES["stale_button"]


async def test_change_a_role_then_a_unit_and_remove_what_is_left(stage: Stage) -> None:
    paloma, ana = await stage.enter(PALOMA), await stage.enter(ANA)
    await open_card(paloma, "Ana")
    await press(paloma, "✏️ Enlace", "🔁 Cambiar función", "Titular", "Dirección Jurídica")
    await ana.wait_for("Ahora es: Titular de la Dirección Jurídica")
    await press(paloma, "✏️ Titular", "🏢 Cambiar unidad", "Unidad de Transparencia")
    await ana.wait_for("Ahora es: Titular de la Unidad de Transparencia")
    await press(paloma, "✏️ Titular", "🔁 Cambiar función", "Consulta")
    await ana.wait_for("Ahora es: Consulta")
    await stage.settled()
    assert "registrar" not in await ana.commands()
    card = await press(paloma, "✏️ Consulta", "➖ Quitar", "✅ Sí, quitar")
    assert "Sin función ni unidad" in card.text
    assert pairs(stage, ANA) == []
    with database.transaction(stage.app.engine) as session:
        told = [f"{row.before} {row.after}" for row in session.exec(select(Audit))]
        assert audit.verify(session).broken_at is None
    assert not any("Ana" in line for line in told)


async def test_the_only_person_in_planning_cannot_be_removed(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    card = await open_card(paloma, "Paloma")
    assert "⛔ Suspender" not in [button.text for button in card.buttons()]
    await paloma.forge("ppl:S:1", card)
    assert (await paloma.answer()).text == rejections.SENTENCES["not_yourself"]
    await press(paloma, "✏️ Planeación", "➖ Quitar")
    await paloma.tap("✅ Sí, quitar")
    assert (await paloma.answer()).text == rejections.SENTENCES["last_planning"]
    await stage.enter(PILAR)
    await press(paloma, "✅ Sí, quitar")
    assert pairs(stage, PALOMA) == []
    await paloma.forge("ppl:c:1", card)
    await stage.settled()
    assert (await paloma.answer()).text == ""


async def test_the_list_has_pages_and_shows_names_as_they_are(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    for number in range(9):
        await stage.enter(Part(200 + number, f"<i>Zoé</i> & {number}", Role.OBSERVER))
    await paloma.send("/personas")
    first = await paloma.wait_for("1–8 de 10")
    assert "<i>Zoé</i> & 0" in first.text
    second = await press(paloma, "Siguientes ›")
    assert "9–10 de 10" in second.text and second.id == first.id
    assert "1–8 de 10" in (await press(paloma, "‹ Anteriores")).text


FORGED = """
    ppl ppl: ppl:z:1 ppl:c ppl:c:x ppl:c:999 ppl:w:1:king:0 ppl:w:1:staff:99 ppl:u:1 ppl:X:9999999999999999
    inv inv:staff inv:boss:0 inv:staff:0:99 st st:r st:r:999 st:q st:r:99999999999999999999
"""


async def test_forged_buttons_are_answered_as_stale(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    paloma = await stage.enter(PALOMA)
    shown = await paloma.last()
    for data in FORGED.split():
        await paloma.forge(data, shown)
        assert (await paloma.answer()).text == rejections.SENTENCES["stale_button"], data
    await paloma.forge("ppl:w:1:staff:0", shown)
    assert (await paloma.answer()).text == rejections.SENTENCES["unit_needed"]
    assert not [record for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")]


async def test_status_shows_what_failed_and_tries_it_again(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    await stage.enter(TERE)
    await (tere := await stage.phone(TERE)).block()
    await stage.settled()
    update = {
        "update_id": ASIDE,
        "message": {
            "message_id": 900,
            "date": 1710946800,
            "chat": {"id": PALOMA.telegram_id, "type": "private"},
            "from": {"id": PALOMA.telegram_id, "is_bot": False, "first_name": "Paloma"},
            "text": "/ayuda",
            "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
        },
    }
    now = stage.app.clock.now()
    row = Inbox(
        update_id=ASIDE,
        received_at=now,
        payload=json.dumps(update),
        attempts=3,
        error="Traceback\nRuntimeError: <b>roto",
        set_aside_at=now,
    )
    with database.transaction(stage.app.engine) as session:
        session.add(row)
    await paloma.send("/estado")
    shown = await paloma.wait_for("Estado del asistente")
    assert "apartados: 1" in shown.text and "RuntimeError: <b>roto" in shown.text and tere.name in shown.text
    await paloma.tap(f"🔁 Reintentar n.º {ASIDE}")
    await paloma.wait_for("apartados: ninguno")
    await paloma.wait_for("Esto puedo hacer por usted")
    with database.transaction(stage.app.engine) as session:
        row = session.get_one(Inbox, ASIDE)
    assert row.handled_at and row.payload is None and row.set_aside_at is None


async def test_directors_cannot_use_planning_commands(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    for command in ("/invitar", "/personas", "/estado"):
        await diego.send(command)
        await diego.wait_for(rejections.SENTENCES["not_allowed"])
