"""Units that nobody can sign are said in `/estado` and `doctor`, and told to planning once."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from bot.doctor import contents
from handlers.people import signer_news
from models.people import roster
from models.people.signers import Unsignable, without_signer
from models.programme.view import programmes
from models.storage import database
from models.tables.notice import StandIn
from models.tables.people import Membership, Person, Role
from tests.handlers.reminders.ticking import ANA, DIEGO, PALOMA, local, people, person_id
from tests.support.database.signed_quarter import unit_of
from tests.support.phones.stage import PALOMA as PLANNER
from tests.support.phones.stage import SAUL, TERE, Stage

DAY = local("04-02").date()


@pytest.fixture
def peopled(engine: Engine) -> Engine:
    return people(engine)


def post_of(session: Session, telegram_id: int) -> Membership:
    number = person_id(session, telegram_id)
    return session.exec(select(Membership).where(Membership.person_id == number)).one()


def why(session: Session, key: str = "juridica") -> Unsignable | None:
    found = without_signer(session, DAY)
    return next((each.why for each in found if each.unit.key == key), None)


def told(engine: Engine, at: datetime) -> list[str]:
    """Return what planning is told at that moment, until nothing is left."""
    said = []
    for _ in range(5):
        with database.transaction(engine) as session:
            if not signer_news.tell(session, at):
                break
            from models.storage.unit_of_work import work_of

            said += [each.payload["text"] for each in work_of(session).outbox]
    return said


def absent(session: Session, deputy: int) -> StandIn:
    director, other = post_of(session, DIEGO), post_of(session, deputy)
    row = StandIn(
        person_id=director.person_id,
        unit_id=director.unit_id or 0,
        deputy_id=other.person_id,
        from_day=DAY,
        to_day=DAY,
        made_at=local("04-01"),
        director_post=director.id,
        deputy_post=other.id,
    )
    session.add(row)
    session.flush()
    return row


def test_a_unit_whose_director_was_removed_is_told_once_until_it_has_another(peopled: Engine) -> None:
    with database.transaction(peopled) as session:
        assert why(session) is None
    before = told(peopled, local("04-02"))
    assert not any("Jurídica" in each for each in before)
    with database.transaction(peopled) as session:
        me = person_id(session, PALOMA)
        roster.remove_pair(session, post_of(session, DIEGO).id or 0, me, local("04-02"))
        assert why(session) is Unsignable.NO_DIRECTOR
        check = contents.programme(session, programmes(session), local("04-02"))
        assert "nobody can sign for 2 units: " in check.said and "juridica (no-director)" in check.said
        assert check.way_out is not None and "/invitar" in check.way_out
    assert told(peopled, local("04-02", 20)) == []  # not at night
    (news,) = told(peopled, local("04-02"))
    assert "Nadie puede firmar Dirección Jurídica: no tiene titular" in news and "/invitar" in news
    assert told(peopled, local("04-03")) == []
    with database.transaction(peopled) as session:
        unit, person = unit_of(session), person_id(session, DIEGO)
        again = Membership(person_id=person, role=Role.DIRECTOR, unit_id=unit.id, granted_at=local("04-03"))
        session.add(again)
        session.flush()
        assert why(session) is None
        roster.remove_pair(session, again.id or 0, person_id(session, PALOMA), local("04-03"))
    assert len(told(peopled, local("04-04"))) == 1


def test_an_absent_director_whose_deputy_lost_their_role_is_told(peopled: Engine) -> None:
    with database.transaction(peopled) as session:
        absent(session, ANA)
        assert why(session) is None
        roster.suspend(session, person_id(session, ANA), person_id(session, PALOMA), local("04-02"))
        assert why(session) is Unsignable.ABSENT
    (news,) = told(peopled, local("04-02"))
    assert "Dirección Jurídica: su titular está ausente y nadie le suple" in news


def test_an_absence_that_the_director_ended_needs_no_deputy(peopled: Engine) -> None:
    with database.transaction(peopled) as session:
        absent(session, ANA).ended_at = local("04-02")
        session.flush()
        assert why(session) is None


def test_a_director_who_blocked_the_bot_cannot_sign(peopled: Engine) -> None:
    with database.transaction(peopled) as session:
        session.exec(select(Person).where(Person.telegram_id == DIEGO)).one().unreachable_at = local("04-01")
        session.flush()
        assert why(session) is Unsignable.UNREACHABLE
        absent(session, ANA)
        assert why(session) is None


async def test_the_status_names_the_units_and_planning_is_told_from_the_next_day(stage: Stage) -> None:
    paloma = await stage.enter(PLANNER)
    await stage.enter(TERE)
    await stage.enter(SAUL)
    await paloma.send("/estado")
    shown = await paloma.wait_for("Estado del asistente")
    assert shown.text.count("Nadie puede firmar") == 6
    assert not any("que nadie puede firmar" in each.text for each in await paloma.messages())
    await stage.move_to(datetime(2024, 3, 21, 9, 30, tzinfo=ZoneInfo("America/Mexico_City")))
    news = await paloma.wait_for("Unidades que nadie puede firmar")
    assert "Transparencia: no tiene titular" in news.text and news.text.count("Nadie puede firmar") == 2
