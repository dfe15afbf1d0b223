"""Joining by a code, strangers, and people who block the bot."""

from sqlmodel import select

from handlers.texts import general
from handlers.texts.people import access
from models.storage import database
from models.tables.chat.inbox import Inbox
from models.tables.chat.outbox import Outbox
from models.tables.people import Person, Role
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, DIEGO, OLGA, PALOMA, Part, Stage

DAY = 24 * 3600
GROUP = -500


async def heard_after(stage: Stage, phone: Phone, text: str, chat: int | None = None) -> list[str]:
    """Send one text and return what the bot answers, once nothing is pending."""
    before = {(each.chat, each.id) for each in await phone.messages()}
    await phone.send(text, chat=chat)
    await stage.settled()
    await phone.settled()
    return [
        each.text for each in await phone.messages() if each.from_bot and (each.chat, each.id) not in before
    ]


def person(stage: Stage, part: Part) -> Person:
    with database.transaction(stage.app.engine) as session:
        return session.exec(select(Person).where(Person.telegram_id == part.telegram_id)).one()


async def test_joining_is_answered_with_a_welcome_first_steps_and_a_menu(stage: Stage) -> None:
    ana, olga = await stage.phone(ANA), await stage.phone(OLGA)
    (welcome,) = await heard_after(stage, ana, f"/start {stage.invite(ANA)}")
    assert "Ana Juárez" in welcome and "Enlace de la Dirección Jurídica" in welcome
    assert "escríbame qué se hizo" in welcome
    (welcome,) = await heard_after(stage, olga, f"/start {stage.invite(OLGA)}")
    assert "/avance" in welcome and "/registrar" not in welcome
    everybodys = ["avance", "actividades", "pendientes", "calendario", "recordatorios", "cancelar", "ayuda"]
    anas, olgas = list(await ana.commands()), list(await olga.commands())
    assert [each for each in anas if each in everybodys] == everybodys
    assert [each for each in olgas if each in everybodys] == everybodys
    assert anas[0] == "registrar" and "informe" not in anas
    assert "informe" in olgas and "registrar" not in olgas and "personas" not in olgas


async def test_the_invitation_code_is_stored_nowhere(stage: Stage) -> None:
    ana, code = await stage.phone(ANA), stage.invite(ANA)
    await heard_after(stage, ana, f"/start {code}")
    with database.transaction(stage.app.engine) as session:
        assert [row.payload for row in session.exec(select(Inbox))] == [None]
        assert code not in "".join(row.payload for row in session.exec(select(Outbox)))


async def test_a_second_invitation_adds_a_role(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    both = Part(DIEGO.telegram_id, "Otro", Role.STAFF, "sistemas")
    (said,) = await heard_after(stage, diego, f"/start {stage.invite(both)}")
    assert "Enlace de " in said
    (said,) = await heard_after(stage, diego, "/start")
    assert "Diego Director" in said and "Titular de la Dirección Jurídica; Enlace de" in said
    assert await heard_after(stage, diego, f"/start {stage.invite(both)}") == [
        access.already_so(Role.STAFF, "Dirección de Sistemas Electrónicos y Plataforma Digital")
    ]


async def test_a_linked_person_is_told_that_the_code_was_used(stage: Stage) -> None:
    diego, code = await stage.enter(DIEGO), stage.invite(ANA)
    await heard_after(stage, await stage.phone(ANA), f"/start {code}")
    assert await heard_after(stage, diego, f"/start {code}") == [access.UNUSABLE_CODE]
    for _ in range(4):
        await heard_after(stage, diego, "/start NADA")
    assert await heard_after(stage, diego, f"/start {stage.invite(DIEGO)}") == [access.TOO_MANY_CODES]


async def test_a_stranger_is_answered_once_a_day(stage: Stage) -> None:
    stranger = await stage.phone(ANA)
    assert await heard_after(stage, stranger, "/start") == [general.STRANGER]
    assert await heard_after(stage, stranger, "/avance") == []
    assert await heard_after(stage, stranger, "hola") == []
    assert await stranger.commands() == {}
    stage.world.advance(DAY)
    assert await heard_after(stage, stranger, "hola") == [general.STRANGER]


async def test_wrong_codes_are_answered_like_any_text_until_the_limit(stage: Stage) -> None:
    stranger = await stage.phone(ANA)
    await heard_after(stage, stranger, "hola")
    for _ in range(5):
        assert await heard_after(stage, stranger, "/start EQUIVOCADO") == [general.STRANGER]
    code = stage.invite(ANA)
    assert await heard_after(stage, stranger, f"/start {code}") == []
    stage.world.advance(DAY)
    (welcome,) = await heard_after(stage, stranger, f"/start {code}")
    assert "Ana Juárez" in welcome


async def test_a_strangers_code_is_ignored_in_groups(stage: Stage) -> None:
    stranger, diego = await stage.phone(ANA), await stage.enter(DIEGO)
    stage.world.add_group(GROUP, "Grupo", [ANA.telegram_id, DIEGO.telegram_id])
    code = stage.invite(ANA)
    for text in ("/start", "/avance", f"/start {code}"):
        assert await heard_after(stage, stranger, text, GROUP) == []
    assert await heard_after(stage, diego, "/registrar", GROUP) == [general.PRIVATE_ONLY]
    assert await heard_after(stage, diego, "/avance juridica", GROUP) != []
    (welcome,) = await heard_after(stage, stranger, f"/start {code}")
    assert "Ana Juárez" in welcome


async def test_a_suspended_person_cannot_use_open_buttons(stage: Stage) -> None:
    ana = await stage.enter(ANA)
    await ana.send("/registrar")
    await ana.wait_for("línea de acción")
    with database.transaction(stage.app.engine) as session:
        session.get_one(Person, person(stage, ANA).id).suspended_at = stage.app.clock.now()
    before = await ana.last()
    await ana.tap("1 · ")
    assert "Su acceso está suspendido" in (await ana.answer()).text
    for data in ("p:?", "acts:0", "zzz"):
        await ana.forge(data, before)
        assert (await ana.answer()).text == ""
    await stage.settled()
    assert await ana.last() == before
    assert await heard_after(stage, ana, f"/start {stage.invite(ANA)}") == [general.STRANGER]
    assert await heard_after(stage, ana, "/avance") == []


async def test_a_person_who_blocks_the_bot_is_unreachable_until_they_return(stage: Stage) -> None:
    paloma = await stage.enter(PALOMA)
    await paloma.block()
    await stage.settled()
    assert person(stage, PALOMA).unreachable_at is not None
    await paloma.unblock()
    await stage.settled()
    assert person(stage, PALOMA).unreachable_at is None
