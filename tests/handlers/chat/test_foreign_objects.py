"""People of nine kinds press every button and send every command, about their own unit and another.

Over HTTP. Nobody reads private texts, and rows change only as the role allows. `test_matrix` checks which
commands and buttons each role may use.
"""

import re
from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

import pytest
from sqlmodel import Session, select

from handlers.routes import CONVERSATIONS
from handlers.texts import general
from handlers.texts.people import access
from handlers.texts.quarter_end import verifying
from handlers.updates.callback_data import expression, forms, parts
from models.reminders.preferences import Loudness
from models.storage import database
from models.tables.notice import NoticeKind, StandIn
from models.tables.people import Membership, Person, Role
from models.tables.report import ReportFormat
from tests.handlers.chat.test_matrix import MATRIX, is_command
from tests.support.database import two_units
from tests.support.database.two_units import QUARTER, Things
from tests.support.phones.phone import Phone
from tests.support.phones.stage import Part, Stage

OWN, FOREIGN = "juridica", "archivo"
MINE, THEIRS = "PROPIO", "AJENO"
ROLES = {
    "stranger": None,
    "invited": None,
    "former": Role.STAFF,
    "suspended": Role.DIRECTOR,
    "staff": Role.STAFF,
    "director": Role.DIRECTOR,
    "deputy": Role.STAFF,
    "planning": Role.PLANNING,
    "observer": Role.OBSERVER,
}
OUTSIDE = ("stranger", "invited", "former", "suspended")
IN_UNIT = ("staff", "director", "deputy")
LISTING = "{unit}:{line}:2024:0"
BOTH = ("m", "u")  # scope of a list: one's own activities, or the units'
ASKED = [  # lists of a person, of days, of days on which something was registered
    f"{whose}:{{unit}}:{{line}}:{when}:0"
    for whose in (*BOTH, "p:1")
    for when in ("2024", "20240201-20240229", "r20240201-20240229")
]
PRIVATE = ("S", "K", "A", "n", "f", "k", "s", "a", "c")  # steps on a person's card; those that undo come last
TAPS = [
    *(f"d:{{draft}}:1:{operation}{value}" for operation in ("b", "ok", "x", "p", "t") for value in (":", "")),
    "d:{draft}:1:v", "d:{draft}:1:v:{line}", "d:{draft}:1:e", "d:{draft}:1:e:days", "d:{draft}:1:p~2",
    "regnow:{draft}:1", "revive:{draft}",
    "new", "open", "open:{draft}", "all:{draft}", "undo:{activity}", "settle:{entry}", "reask:{unit}:{q}",
    "reask:{unit}:{q}:{activity}", "reask:{unit}:{q}:0:{line}",
    "p:=", "p:u:{unit}:{q}", "p:l:{line}:{q}", "p:uo:{unit}:{q}", "p:lo:{line}:1:{q}", "p:lo:{line}:1:{q}~2",
    "p:n:{unit}:1:{q}", "p:k:{unit}:{line}:{q}", "p:w:{q}~2", "p:o:{q}", "p:wo:{q}",
    "pic:{unit}:2024-T9", "pic:{unit}:{q}",
    "rep:v:{unit}:{q}", "rep:f:{unit}:{q}", "rep:t:{unit}:{q}", "rep:j:{line}:{q}", "rep:j:{line}:{q}:no",
    "rep:p:{unit}:{q}", "foto:a:{activity}", "foto:v:{evidence}", "foto:s:{evidence}", "foto:t:{evidence}",
    "foto:t:{evidence}:no", "foto:m:{evidence}:up", "foto:m:{evidence}:down",
    *(f"foto:c:{{evidence}}:{scope}" for scope in ("one", "activity", "line")),
    *(f"rep:{way}:{{unit}}:{{q}}:{kind}" for way in "ms" for kind in ReportFormat),
    "cmd:avance", *(f"acts:{step}:{asked}" for step in "lc" for asked in ASKED),
    *(f"{head}:{asked}" for head in ("act:v:{activity}", "hist:{activity}:0") for asked in ASKED),
    "acts:=", *(f"acts:{step}:{whose}:{LISTING}" for step in "lc" for whose in BOTH),
    "acts:l:u:{unit}:0:{q}:0", "acts:l:u:0:{line}:2024:0", "acts:c:u:{unit}:0:2024:0",
    "acts:c:u:0:0:2024:0~2",
    *(f"act:v:{{activity}}:{whose}:{LISTING}" for whose in BOTH), "act:v:{activity}:u:0:0:2024:0",
    *(f"hist:{{activity}}:0:{whose}:{LISTING}" for whose in BOTH), "hist:{activity}:0:u:0:0:2024:0",
    "ev:{activity}", "evr:{activity}", "fix:{activity}", "fix:{activity}:days", "void:{activity}",
    "unsets:{activity}", "unset:{settlement}", "ret:{activity}",
    "unret:{activity}", "rev:{activity}:1", "still:{bare_line}:{q}", "still:{bare_line}:{q}:no",
    "obs:{line}:{q}", "obsu:{unit}:{q}", "pres:{unit}:{q}",
    "due:=", *(f"due:{view}:{{q}}" for view in "wol"), "due:s:{q}~2", "due:u:{unit}:{q}:0",
    "due:e:{line}:{q}:0", "due:p:{line}:{q}:0",
    "reg:{line}", "cal:=", "cal:v:{unit}:{q}", "cal:r:{q}", "calm:{q}", "cala", "calr:2024-05-10",
    "sign:{unit}:", "sign:{unit}:{q}", "reopen:{unit}:{q}", "reopen:{unit}:{q}:{request}",
    "noreopen:{request}", "abs:n", "abs:e:{stand_in}", "ack:{unit}:{q}",
    *(f"rem:{step}" for step in "vzhp"), "rem:h:8", "rem:h:8:16", "rem:p:2024-03-21", "rem:p:0",
    *(f"rem:l:{kind}:{loudness}" for kind in NoticeKind for loudness in Loudness),
    "prog:u:{unit}:2024", "prog:l:{line}", "prog:w:2024~2", "prog:x:2024", "adj:{target}",
    *(f"inv:{role}:0" for role in Role), *(f"inv:{role}:0:{{unit}}" for role in Role),
    "inv:n", "inv:x", "inv:l:0", "inv:r:{invitation}",
    "ppl:l:0", *(f"ppl:{step}:{{person}}" for step in PRIVATE), *(f"ppl:{step}:{{pair}}" for step in "mrx"),
    *(f"ppl:u:{{pair}}:{role}" for role in Role), *(f"ppl:u:{{pair}}:{role}:0" for role in Role),
    *(f"ppl:w:{{pair}}:{role}:{{unit}}" for role in Role), "ppl:w:{pair}:planning:0", "ppl:X:{pair}",
    "ppl:F:{person}", "prv:0123456789abcdef", "try", "tried", "keys:off", "keys:on",
    "st:v", "st:a", "st:r:1", "st:m:1", "pinq:x:1", "pinq:f:1",
    "/actividades {key}~1", "/informe {key}~1", "/observacion {key}~1", "/firmar {key}~2",
    "/programa {key}~1", "/personas~2", "/start {key}~1", "/registrar {key}~1",
]  # fmt: skip
SAID = [
    *(row.said for row in MATRIX if is_command(row)),
    "/avance {key}", "/avance {key} 1", "/actividades {key}", "/actividad_{activity}",
    "/pendientes {key}", "/calendario {key}", "/observacion {key} 1", "/presentacion {key}",
    "/firmar {key}", "/informe {key}", "/reabrir {key}", "/programa {key}",
    "/invitar enlace {key} Eva", "¿qué hizo {key} en marzo?",
]  # fmt: skip


def test_every_command_and_verb_has_a_case() -> None:
    commands = {said.split()[0].partition("_")[0][1:] for said in SAID if said.startswith("/")}
    assert commands | {"actividad"} == set(CONVERSATIONS.commands)


@pytest.mark.parametrize("verb", CONVERSATIONS.callbacks)
def test_every_form_of_every_button_has_a_case(verb: str) -> None:
    """The forms are those that the program declares; other data are refused before any handler."""
    pressed_here = [_filled(tap) for tap in TAPS if re.split("[:~]", tap)[0] == verb]
    assert untried(verb, pressed_here) == []


@pytest.mark.parametrize("tap", [each for each in TAPS if not each.startswith("/") and "T9" not in each])
def test_the_data_of_existing_buttons_stays_valid(tap: str) -> None:
    data = _filled(tap)
    assert CONVERSATIONS.callbacks[re.split("[:~]", tap)[0]].data.unpack(data).pack() == data


def test_a_form_without_a_case_is_noticed() -> None:
    assert untried("ppl", ["ppl:c:1", "ppl:l:0"])[:2] == ["ppl:s:#", "ppl:S:#"]


def untried(verb: str, tried: list[str]) -> list[str]:
    """Return the forms of the verb's buttons that none of the data in `tried` has."""
    return [
        variant
        for variant in variants(verb)
        if not any(re.fullmatch(expression(variant), each) for each in tried)
    ]


def variants(verb: str) -> Iterator[str]:
    """Return every form of the verb's buttons: each choice of words, with and without optional parts."""
    for form in forms(CONVERSATIONS.callbacks[verb].data):
        choices = [[*(["", *part.kind.forms] if part.empty else part.kind.forms)] for part in parts(form)]
        optional = sum(part.optional for part in parts(form))
        for size in range(len(choices) - optional, len(choices) + 1):
            for chosen in product(*choices[:size]):
                yield ":".join([form.head, *chosen])


def _filled(tap: str) -> str:
    """Return the data with numbers in place of the placeholders, without the page."""
    return re.sub(r"\{\w+\}", "1", tap.replace("{q}", QUARTER)).partition("~")[0]


@pytest.mark.parametrize("kind", ROLES)
async def test_nobody_reads_or_changes_what_their_role_does_not_allow(stage: Stage, kind: str) -> None:
    own = two_units.place(stage.app.engine, OWN, MINE)
    foreign = two_units.place(stage.app.engine, FOREIGN, THEIRS)
    phone = await come_in(stage, kind, own)
    before = two_units.rows(stage.app.engine)
    incoming = await try_everything(stage, phone, [foreign, own])
    touched = two_units.changed(before, two_units.rows(stage.app.engine))

    assert stage.world.updates.count() == 0
    assert not any(general.SET_ASIDE in each for each in incoming)
    # `/contactos` names the directors of all units to everybody who is linked.
    guarded_texts = [each for each in incoming if not each.startswith("Titulares")]
    assert any(THEIRS in each for each in guarded_texts) == (kind == "planning")
    assert any(MINE in each for each in guarded_texts) == (kind in (*IN_UNIT, "planning"))
    if kind in (*OUTSIDE, "observer"):
        assert touched == set()
    if kind in OUTSIDE:
        assert set(incoming) <= {"", general.STRANGER, access.SUSPENDED, str(verifying.UNKNOWN)}
    if kind in IN_UNIT:
        assert not {table for table, _ in touched} & KEPT
        assert not touched & rows_of(foreign)


# Tables that staff and directors never change by a tap alone.
KEPT = {
    "person", "membership", "invitation", "programme", "unit", "programme_unit", "line", "target",
    "adjustment", "close_move", "day_off", "reopening", "signature",
}  # fmt: skip


def rows_of(things: Things) -> set[tuple[str, str]]:
    """Return the rows of one unit's objects."""
    found = {
        "activity": things.activity,
        "entry": things.entry,
        "settlement": things.settlement,
        "evidence": things.evidence,
        "draft": things.draft,
        "stand_in": things.stand_in,
        "reopening_request": things.request,
    }
    return {(table, f"[{number}]") for table, number in found.items()}


async def come_in(stage: Stage, kind: str, own: Things) -> Phone:
    """Link a person of that kind, with a message of the bot's to press buttons on."""
    role = ROLES[kind]
    part = Part(900, "Ana", role or Role.STAFF, OWN if role is None or role.has_unit else None)
    if role is not None:
        phone = await stage.enter(part)
    else:
        phone = await stage.phone(part)
        if kind == "invited":
            stage.invite(part)
        await phone.send("hola")
    await stage.settled()
    with database.transaction(stage.app.engine) as session:
        person = session.exec(select(Person).where(Person.telegram_id == part.telegram_id)).first()
        if person is not None:
            _become(session, kind, person, own, stage.app.clock.now())
    return phone


def _become(session: Session, kind: str, person: Person, own: Things, now: Any) -> None:
    if kind == "suspended":
        person.suspended_at = now
    elif kind == "former":
        for pair in session.exec(select(Membership).where(Membership.person_id == person.id)).all():
            pair.ended_at = now
    elif kind == "deputy":
        row = StandIn(
            person_id=own.person,
            unit_id=own.unit,
            deputy_id=person.id or 0,
            from_day=date(2024, 3, 1),
            to_day=date(2024, 3, 31),
            made_at=now,
        )
        session.add(row)


async def try_everything(stage: Stage, phone: Phone, units: list[Things]) -> list[str]:
    """Try every tap and command about each unit's objects; return all texts that came back."""
    message = (await phone.messages())[-1]
    seen = len(phone.events)
    for things in units:
        values = {**vars(things), "q": QUARTER}
        for said in SAID:
            await phone.send(said.format(**values))
        for tap in TAPS:
            await phone.forge(tap.format(**values), message)
        await stage.settled()
    await phone.look()
    return [_words(event) for event in phone.events[seen:]]


def _words(event: dict[str, Any]) -> str:
    if event["kind"] == "answer":
        return str(event["text"])
    if event["kind"] in ("message", "edited") and event["message"]["from_bot"]:
        file = event["message"]["media"] or {}
        labels = [key["text"] for row in event["message"]["keyboard"] for key in row]
        return " ".join([event["message"]["text"], str(file.get("name") or ""), *labels]).strip()
    return ""
