"""Every command and verb × every role, over HTTP. The table is written by hand."""

from dataclasses import dataclass

import pytest
from sqlmodel import select

from handlers.routes import CONVERSATIONS
from handlers.texts import general, rejections
from handlers.texts.people import access
from models.rights import RIGHTS, Action
from models.storage import database
from models.tables.people import Person
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, DIEGO, OLGA, PALOMA, SAUL, TERE, Stage

GROUP = -700
CAST = {
    "staff": ANA,
    "director": DIEGO,
    "planning": PALOMA,
    "observer": OLGA,
    "stranger": SAUL,
    "suspended": TERE,
}
LINKED = "staff director planning observer"
ANYBODY = f"{LINKED} stranger suspended"
CAPTURES = "staff director planning"
DENIED, STALE = rejections.SENTENCES["not_allowed"], rejections.SENTENCES["stale_button"]
UNKNOWN = rejections.SENTENCES["activity_unknown"]


@dataclass(frozen=True)
class Row:
    """A command or verb, what is typed or pressed, the roles that may use it, and part of the answer."""

    endpoint: str
    said: str
    who: str
    answer: str
    in_groups: bool = False


MATRIX = [
    Row("cancelar", "/cancelar", LINKED, "nada a medias"),
    Row("registrar", "/registrar", CAPTURES, "¿"),
    Row("avance", "/avance juridica", LINKED, "Dirección Jurídica", in_groups=True),
    Row("actividades", "/actividades", LINKED, "actividad"),
    Row("actividad", "/actividad_999", LINKED, UNKNOWN),
    Row("observacion", "/observacion", "director planning", "¿De qué"),
    Row("presentacion", "/presentacion juridica", "director planning", "Presentación"),
    Row("pendientes", "/pendientes juridica", LINKED, "Pendientes", in_groups=True),
    Row("calendario", "/calendario", LINKED, "Calendario", in_groups=True),
    Row("firmar", "/firmar", "director", "Todavía no termina ningún trimestre"),
    Row("informe", "/informe", "director planning observer", "nforme"),
    Row("verificar", "/verificar AAAA-BBBB-CCCC", ANYBODY, "Ningún informe firmado"),
    Row("reabrir", "/reabrir", "planning", "¿De qué órgano administrativo"),
    Row("ausencia", "/ausencia", "director planning", "usencia"),
    Row("programa", "/programa", "planning", "Programa 2024"),
    Row("contactos", "/contactos", LINKED, "Titulares"),
    Row("invitar", "/invitar", "planning", "¿Qué función"),
    Row("personas", "/personas", "planning", "Personas"),
    Row("estado", "/estado", "planning", "Estado del asistente"),
    Row("recordatorios", "/recordatorios", LINKED, "Recordatorios"),
    Row("pin", "/pin", "director planning", "no se usa PIN"),
    Row("privacidad", "/privacidad", LINKED, "aviso de privacidad"),
    Row("misdatos", "/misdatos", LINKED, "lo que se guarda sobre usted"),
    Row("ayuda", "/ayuda", LINKED, "Esto puedo hacer"),
    Row("help", "/help", LINKED, "Pruébelo"),
    Row("manual", "/manual", LINKED, "manual"),
    Row("settings", "/settings", LINKED, "Sus ajustes"),
    Row("ajustes", "/ajustes", LINKED, "Sus ajustes"),
    Row("start", "/start", LINKED, "Su acceso:"),
    Row("d", "d:999:1:x", CAPTURES, STALE),
    Row("new", "new", CAPTURES, "¿"),
    Row("open", "open:999", CAPTURES, STALE),
    Row("regnow", "regnow:999:1", CAPTURES, STALE),
    Row("revive", "revive:999", CAPTURES, STALE),
    Row("all", "all:999", CAPTURES, STALE),
    Row("undo", "undo:999", CAPTURES, rejections.SENTENCES["not_yours"]),
    Row("settle", "settle:999", CAPTURES, STALE),
    Row("reask", "reask:1:x", CAPTURES, STALE),
    Row("p", "p:w:2024-T1", LINKED, "1er trimestre 2024", in_groups=True),
    Row("pic", "pic:999:2024-T1", LINKED, STALE, in_groups=True),
    Row("rep", "rep:v:999:2024-T1", "director planning observer", STALE),
    Row("acts", "acts:l:u:0:0:2024:0", LINKED, "actividad"),
    Row("try", "try", CAPTURES, "Práctica"),
    Row("tried", "tried", CAPTURES, "práctica"),
    Row("cmd", "cmd:ayuda", LINKED, "Esto puedo hacer por usted"),
    Row("hist", "hist:999:0:u:0:0:2024:0", LINKED, UNKNOWN),
    Row("ev", "ev:999", LINKED, UNKNOWN),
    Row("foto", "foto:a:999", CAPTURES, UNKNOWN),
    Row("evr", "evr:999", CAPTURES, UNKNOWN),
    Row("fix", "fix:999", CAPTURES, UNKNOWN),
    Row("void", "void:999", CAPTURES, UNKNOWN),
    Row("unsets", "unsets:999", CAPTURES, UNKNOWN),
    Row("unset", "unset:999", CAPTURES, UNKNOWN),
    Row("act", "act:v:999:u:0:0:2024:0", LINKED, UNKNOWN),
    Row("still", "still:999:2024-T1", CAPTURES, STALE),
    Row("obs", "obs:999:2024-T1", "director planning", STALE),
    Row("obsu", "obsu:999:2024-T1", "director planning", STALE),
    Row("pres", "pres:999:2024-T1", "director planning", STALE),
    Row("ret", "ret:999", "director planning", UNKNOWN),
    Row("unret", "unret:999", "director planning", UNKNOWN),
    Row("rev", "rev:999:1", "planning", UNKNOWN),
    Row("due", "due:w:2024-T1", LINKED, "SESAECH", in_groups=True),
    Row("reg", "reg:999", CAPTURES, rejections.SENTENCES["line_gone"]),
    Row("cal", "cal:v:0:2024-T1", LINKED, "Calendario", in_groups=True),
    Row("calm", "calm:2024-T9", "planning", STALE),
    Row("calr", "calr:2024-04-01", "planning", rejections.SENTENCES["already_working_day"]),
    Row("cala", "cala", "planning", "¿Qué día?"),
    Row("sign", "sign:999:2024-T1", "director", STALE),
    Row("reopen", "reopen:999:2024-T1", "planning", STALE),
    Row("noreopen", "noreopen:999", "planning", STALE),
    Row("abs", "abs:e:999", "director planning", STALE),
    Row("ack", "ack:1:2024-T4", "director planning", STALE),
    Row("keys", "keys:on", LINKED, "los tres botones quedan debajo"),
    Row("rem", "rem:v", LINKED, "Recordatorios"),
    Row("prog", "prog:w:2024", "planning", "Programa 2024"),
    Row("adj", "adj:99999", "planning", rejections.SENTENCES["line_gone"]),
    Row("inv", "inv:x", "planning", "Invitación cancelada"),
    Row("ppl", "ppl:l:0", "planning", "Personas"),
    Row("prv", "prv:0123456789abcdef", LINKED, rejections.SENTENCES["notice_changed"]),
    Row("pinq", "pinq:x:999", LINKED, STALE),
    Row("st", "st:v", "planning", "Estado del asistente"),
]


def is_command(row: Row) -> bool:
    return row.said.startswith("/")


async def incoming(stage: Stage, phone: Phone, row: Row, chat: int | None = None) -> str:
    """Wait for what comes to the phone: a message, an edit, or an alert."""
    if is_command(row):
        await phone.send(row.said, chat=chat)
    else:
        shown = [each for each in await phone.messages() if each.from_bot and chat in (None, each.chat)]
        await phone.forge(row.said, shown[-1])
    await stage.settled()
    return await phone.reaction(0) or ""


async def come_in(stage: Stage, role: str) -> Phone:
    part = CAST[role]
    if role == "stranger":
        phone = await stage.phone(part)
        await phone.send("hola")
        await phone.wait_for(general.STRANGER)
        return phone
    phone = await stage.enter(part)
    if role == "suspended":
        with database.transaction(stage.app.engine) as session:
            person = session.exec(select(Person).where(Person.telegram_id == part.telegram_id)).one()
            person.suspended_at = stage.app.clock.now()
        await phone.send("hola")
        await phone.wait_for(general.STRANGER)
    return phone


def shut_out(role: str, row: Row) -> str:
    """Nothing is answered; but somebody suspended with an open card is told by an alert."""
    return access.SUSPENDED if (role, row.endpoint) == ("suspended", "d") else ""


def test_every_command_and_verb_is_in_the_table() -> None:
    assert {row.endpoint for row in MATRIX if is_command(row)} == set(CONVERSATIONS.commands)
    assert {row.endpoint for row in MATRIX if not is_command(row)} == set(CONVERSATIONS.callbacks)
    assert not set(CONVERSATIONS.commands) & set(CONVERSATIONS.callbacks)


@pytest.mark.parametrize("role", CAST)
async def test_each_role_is_answered_as_the_table_says(stage: Stage, role: str) -> None:
    phone = await come_in(stage, role)
    for row in MATRIX:
        said = await incoming(stage, phone, row)
        if role in row.who.split():
            assert row.answer in said and DENIED not in said, row
        elif role in ("stranger", "suspended"):
            assert said == shut_out(role, row), row
        else:
            assert said == DENIED, row


@pytest.mark.parametrize("role", CAST)
async def test_each_role_is_answered_in_groups_as_the_table_says(stage: Stage, role: str) -> None:
    phone = await come_in(stage, role)
    paloma = phone if role == "planning" else await stage.enter(PALOMA)
    stage.world.add_group(GROUP, "Grupo", list({phone.user_id, paloma.user_id}))
    await paloma.send("/avance", chat=GROUP)
    await stage.settled()
    for row in MATRIX:
        said = await incoming(stage, phone, row, GROUP)
        if role in ("stranger", "suspended"):
            assert said == shut_out(role, row), row
        elif row.in_groups:
            assert row.answer in said, row
        else:
            assert said == general.PRIVATE_ONLY, row


async def test_an_endpoint_without_a_right_is_denied(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    paloma = await stage.enter(PALOMA)
    monkeypatch.delitem(RIGHTS, Action.WATCH)
    await paloma.send("/estado")
    await paloma.wait_for(DENIED)
