"""Deputies: who appoints them, for how long, when it ends, and who is told."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from models.calendar import closing
from models.errors import Rejected
from models.people import absences, deputies, roster
from models.people.absences import Absence
from models.people.appointing import LONGEST
from models.people.invitation import invite, join
from models.programme.view import programmes
from models.quarter import Quarter
from models.quarter_end.reopening import Reopen, reopen
from models.rights import Action, Member
from models.storage import database
from models.storage.draft import Draft
from models.storage.draft import store as store_draft
from models.tables.chat.draft import DraftKind
from models.tables.notice import StandIn
from models.tables.people import Membership, Person, Role
from models.tables.signature import Signature
from tests.handlers.quarter_end.test_signing import ZONE, move, say_all
from tests.support.database.registered_activities import store
from tests.support.database.signed_quarter import known, unit_of
from tests.support.phones.phone import Phone
from tests.support.phones.stage import ANA, DIEGO, PALOMA, TERE, Part, Stage

CARMEN = Part(111, "Carmen Sustituta", Role.STAFF, "juridica")
ELENA = Part(112, "Elena Planeación", Role.PLANNING)
T1 = Quarter(2024, 1)


def now_of(stage: Stage) -> date:
    return stage.app.clock.now().astimezone(ZONE).date()


def who(stage: Stage, session: Session, part: Part) -> Member:
    """Return the person as a member with their current and lent roles, PIN entered."""
    return deputies.deputized(session, known(session, part.telegram_id), now_of(stage))


def mark(stage: Stage, by: Part, deputy: Part, first: date, last: date, director: Part = DIEGO) -> int:
    with database.transaction(stage.app.engine) as session:
        people = {each.telegram_id: each.id for each in session.exec(select(Person)).all()}
        absence = Absence(
            person_id=people[director.telegram_id],
            unit_id=unit_of(session).id,
            first_day=first,
            last_day=last,
            deputy_id=people[deputy.telegram_id],
        )
        made = absences.mark_absent(
            session, absence, who(stage, session, by), now_of(stage), stage.app.clock.now()
        )
        return made.id or 0


def may_sign(stage: Stage, part: Part) -> bool:
    with database.transaction(stage.app.engine) as session:
        return who(stage, session, part).may(Action.SIGN, unit_of(session).id)


def reopened(stage: Stage, by: Part) -> None:
    now = stage.app.clock.now()
    with database.transaction(stage.app.engine) as session:
        member = known(session, by.telegram_id)
        draft = Draft(member.person_id, by.telegram_id, DraftKind.REOPENING, said_at=now, touched_at=now)
        store_draft(session, draft)
        wanted = Reopen(
            unit_id=unit_of(session).id, quarter=T1.key, reason="Faltó un acta", until=now_of(stage)
        )
        reopen(session, draft, wanted, member, now)


async def test_a_deputy_names_no_deputy_and_extends_nothing(stage: Stage) -> None:
    for part in (DIEGO, ANA, CARMEN):
        await stage.enter(part)
    today = now_of(stage)
    mark(stage, DIEGO, ANA, today, today + timedelta(days=5))
    for deputy in (CARMEN, ANA):
        with pytest.raises(Rejected, match="deputy_appoints"):
            mark(stage, ANA, deputy, today, today + timedelta(days=20))
    ana = await stage.phone(ANA)
    await ana.send("/ausencia")
    await ana.tap("➕ Otra ausencia", await ana.wait_for("Ausencias"))
    assert "no nombra suplentes" in ((await ana.answer()).text or "")


async def test_planning_cannot_extend_its_own_deputyship(stage: Stage) -> None:
    for part in (DIEGO, PALOMA, ELENA):
        await stage.enter(part)
    today = now_of(stage)
    mark(stage, PALOMA, PALOMA, today, today + timedelta(days=5))
    with pytest.raises(Rejected, match="deputy_extends"):
        mark(stage, PALOMA, PALOMA, today + timedelta(days=6), today + timedelta(days=20))
    mark(stage, ELENA, PALOMA, today + timedelta(days=6), today + timedelta(days=20))


async def test_an_absence_has_a_longest_length(stage: Stage) -> None:
    diego = await stage.enter(DIEGO)
    await stage.enter(ANA)
    today = now_of(stage)
    with pytest.raises(Rejected, match="absence_too_long"):
        mark(stage, DIEGO, ANA, today, today + timedelta(days=LONGEST))
    await diego.send("/ausencia")
    await diego.wait_for("Son 30 días cuando mucho")
    await diego.send("del 1 de abril al 15 de mayo")
    await diego.wait_for("dura 30 días cuando mucho")
    number = mark(stage, DIEGO, ANA, today, today + timedelta(days=LONGEST - 1))
    with database.transaction(stage.app.engine) as session:  # even if a row has a longer one
        session.get_one(StandIn, number).from_day = today - timedelta(days=LONGEST)
    assert not may_sign(stage, ANA)


@pytest.mark.parametrize("who_changes", [DIEGO, ANA], ids=["director", "deputy"])
@pytest.mark.parametrize("change", ["suspend", "remove", "move"])
async def test_an_absence_ends_with_the_role_and_does_not_resume(
    stage: Stage, who_changes: Part, change: str
) -> None:
    for part in (DIEGO, ANA, PALOMA):
        await stage.enter(part)
    today, now = now_of(stage), stage.app.clock.now()
    number = mark(stage, PALOMA, ANA, today, today + timedelta(days=5))
    assert may_sign(stage, ANA)
    with database.transaction(stage.app.engine) as session:
        planning = known(session, PALOMA.telegram_id).person_id
        person = session.exec(select(Person).where(Person.telegram_id == who_changes.telegram_id)).one()
        post = session.exec(select(Membership).where(Membership.person_id == person.id)).one()
        other = next(unit for unit in programmes(session).years[2024].units if unit.key == "archivo")
        person_id, post_id = person.id or 0, post.id or 0
        if change == "suspend":
            roster.suspend(session, person_id, planning, now)
            roster.reactivate(session, person_id, planning, now)
        elif change == "remove":
            roster.remove_pair(session, post_id, planning, now)
        else:
            roster.change_pair(session, post_id, post.role, other.id, planning, now)
        if change != "suspend":  # the same role given again
            _, code = invite(session, post.role, unit_of(session).id, None, planning, "test", now)
            assert join(session, who_changes.telegram_id, "", code, now)
    assert not may_sign(stage, ANA)
    with database.transaction(stage.app.engine) as session:
        assert session.get_one(StandIn, number).ended_at is not None


async def test_an_open_signature_card_is_refused_after_the_deputyship_ended(stage: Stage) -> None:
    ana, diego, paloma = [await stage.enter(each) for each in (ANA, DIEGO, PALOMA)]
    await move(stage, "2024-04-02 09:00")
    say_all(stage)
    mark(stage, DIEGO, ANA, now_of(stage), now_of(stage))
    await ana.send("/firmar")
    card = await ana.wait_for("Por firmar")
    await paloma.send("/personas")
    await paloma.tap("2 · Diego", await paloma.wait_for("Personas"))
    await paloma.tap("⛔ Suspender", await paloma.wait_for("Desde el"))
    await paloma.tap("✅ Sí, suspender", await paloma.wait_for("¿Suspender"))
    await ana.wait_for("Terminó su suplencia de Diego Director")
    await ana.tap("✅ Firmar", card)
    assert "Su función cambió" in ((await ana.answer()).text or "")
    with database.transaction(stage.app.engine) as session:
        assert session.exec(select(Signature)).all() == []
    assert await diego.messages()


async def test_a_person_who_reopened_a_quarter_cannot_be_deputy_or_sign_there(stage: Stage) -> None:
    for part in (DIEGO, PALOMA, ELENA):
        await stage.enter(part)
    await move(stage, "2024-04-16 09:00")
    today = now_of(stage)
    mark(stage, ELENA, PALOMA, today, today)
    say_all(stage)
    reopened(stage, PALOMA)
    with database.transaction(stage.app.engine) as session:
        assert closing.signed(session, unit_of(session).id, T1) is None
    paloma = await stage.phone(PALOMA)
    await paloma.send("/firmar juridica T1")
    await paloma.tap("✅ Firmar", await paloma.wait_for("Por firmar"))
    assert "Quien reabrió el 1er trimestre 2024" in ((await paloma.answer()).text or "")
    with pytest.raises(Rejected, match="deputy_reopened"):
        mark(stage, ELENA, PALOMA, today + timedelta(days=1), today + timedelta(days=1))


async def test_the_director_is_notified_of_signatures_at_once_and_of_other_acts_together(
    stage: Stage,
) -> None:
    ana, diego, paloma = [await stage.enter(each) for each in (ANA, DIEGO, PALOMA)]
    tere = await stage.enter(TERE)
    number = store(stage.app.engine, by=PALOMA.telegram_id)
    await move(stage, "2024-04-02 09:00")
    await absent(diego, "Ana Juárez")
    await ana.wait_for("usted suple a Diego Director")
    await ana.send("/presentacion")
    await ana.wait_for("Presentación")
    await ana.send("Un trimestre de trabajo parejo en toda la unidad.")
    await ana.tap("✅ Guardar", await ana.wait_for("parejo"))
    await stage.settled()
    await ana.send(f"/actividad_{number}")
    await diego.look()
    say_all(stage)
    await ana.send("/firmar")
    await ana.tap("✅ Firmar", await ana.wait_for("Por firmar"))
    told = await diego.wait_for("Ana Juárez firmó en su lugar")
    assert "1er trimestre 2024" in told.text and "presentación" not in told.text
    await move(stage, "2024-04-02 09:45")
    acts = [each.text for each in await diego.messages() if "hizo esto en su lugar" in each.text]
    assert acts == [
        "🗓 Ana Juárez hizo esto en su lugar en Dirección Jurídica:\n• escribió la presentación del trimestre"
    ]
    await move(stage, "2024-04-02 12:00")
    assert len([each for each in await diego.messages() if "hizo esto en su lugar" in each.text]) == 1
    for phone in (paloma, tere):
        assert not [each for each in await phone.messages() if "en su lugar" in each.text]


async def absent(diego: Phone, deputy: str) -> None:
    await diego.send("/ausencia")
    await diego.wait_for("¿Qué días?")
    await diego.send("del 2 al 5 de abril")
    await diego.tap(deputy, await diego.wait_for("¿Quién suple"))
    await diego.tap("✅ Guardar", await diego.wait_for("Suple:"))
    await diego.wait_for("suple Ana Juárez")
