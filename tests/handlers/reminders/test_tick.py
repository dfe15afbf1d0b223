"""The tick on both engines: exactly once, in order, and cheap when nothing is due."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, event
from sqlmodel import col, select

from handlers.reminders.tick import tick
from handlers.routes import CONVERSATIONS
from models.chain import anchor
from models.storage import database
from models.storage.unit_of_work import work_of
from models.tables.chat.outbox import Outbox
from models.tables.notice import Acknowledgement, Notice, NoticeKind, Preference, StandIn
from models.tables.people import Membership, Person, Role
from models.tables.signature import Signature
from tests.handlers.reminders.ticking import (
    ANA,
    ARTURO,
    DIEGO,
    LONG_AGO,
    OLGA,
    PALOMA,
    kinds,
    local,
    people,
    person_id,
    ticked,
)
from tests.models.quarter_end import owing


@pytest.fixture
def peopled(engine: Engine) -> Engine:
    return people(engine)


class Crash(Exception):
    """Raised in place of the death of the process before the commit."""


@given(
    ticks=st.lists(
        st.tuples(st.integers(0, 30), st.sampled_from([9, 10, 17]), st.booleans()), min_size=1, max_size=8
    )
)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_each_reminder_is_sent_once_in_any_order_of_ticks_and_crashes(
    peopled: Engine, ticks: list[tuple[int, int, bool]]
) -> None:
    with database.transaction(peopled) as session:
        session.execute(delete(Notice))
        session.execute(delete(Outbox))
    told: Counter[tuple[int, str, str]] = Counter()
    for days, hour, crashes in ticks:
        now = local("03-15", hour) + timedelta(days=days)
        if crashes:
            with suppress(Crash), database.transaction(peopled) as session:
                tick(session, now, CONVERSATIONS)
                raise Crash
        for chat_id, text in ticked(peopled, now):
            for kind in kinds([(chat_id, text)], chat_id):
                about = {"weekly": f"{now.isocalendar().week}", "summary": "T1"}.get(kind, f"{now:%m-%d}")
                told[chat_id, kind, about] += 1
    assert all(count == 1 for count in told.values()), told
    with database.transaction(peopled) as session:
        stored = session.exec(select(Outbox)).all()
    assert len(stored) == len({(row.chat_id, row.payload, row.created_at.date()) for row in stored})


JUMPS = [timedelta(), timedelta(hours=-2), timedelta(hours=2), timedelta(days=2), timedelta(days=-2)]


@given(steps=st.lists(st.tuples(st.integers(1, 30), st.sampled_from(JUMPS)), max_size=6), late=st.booleans())
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_after_clock_jumps_each_reminder_is_sent_exactly_once(
    peopled: Engine, steps: list[tuple[int, timedelta]], late: bool
) -> None:
    """The clock is wrong by a jump in each step for some hours, then right for a week after the close."""
    with database.transaction(peopled) as session:
        for table in (Notice, Outbox, Preference):
            session.execute(delete(table))
        if late:  # no quiet hours, so that a jump back over midnight reaches the evening before
            for chat_id in (ANA, DIEGO, PALOMA):
                session.add(Preference(person_id=person_id(session, chat_id), from_hour=0, to_hour=24))
    now, told = local("04-01"), Counter[tuple[int, str, str]]()
    wrong: list[datetime] = []
    for hours, jump in steps:
        now += timedelta(hours=hours)
        wrong.append(now + jump)
    right = [local(f"04-{day}", hour) for day in range(16, 20) for hour in (9, 16)]
    for moment in (*wrong, *right):
        for chat_id, text in ticked(peopled, moment):
            for kind in kinds([(chat_id, text)], chat_id):
                told[
                    chat_id, kind, {"weekly": f"{moment:%W}", "summary": "T1"}.get(kind, f"{moment:%m-%d}")
                ] += 1
    assert max(told.values()) == 1, told
    days = {day for chat_id, kind, day in told if (chat_id, kind) == (DIEGO, "overdue")}
    assert days >= {"04-16", "04-17", "04-18", "04-19"}
    assert (PALOMA, "weekly", "16") in told


def test_a_clock_two_days_ahead_repeats_no_reminder(peopled: Engine) -> None:
    ticked(peopled, local("04-05", 17))
    assert "overdue" in kinds(ticked(peopled, local("04-10")), DIEGO)
    said = [kinds(ticked(peopled, local("04-08", hour)), DIEGO) for hour in range(9, 18)]
    assert said == [[]] * 6 + [["overdue"]] + [[]] * 2
    assert kinds(ticked(peopled, local("04-09")), DIEGO) == ["overdue"]
    assert kinds(ticked(peopled, local("04-10")), DIEGO) == []


def test_two_concurrent_ticks_send_a_reminder_once(peopled: Engine) -> None:
    barrier = threading.Barrier(2)
    said: list[tuple[int, str]] = []

    def run() -> None:
        barrier.wait()
        said.extend(ticked(peopled, local("03-25")))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(chat_id for chat_id, _ in said) == {ANA: 1, DIEGO: 1, PALOMA: 1, OLGA: 1}


def test_one_message_holds_all_that_is_due_to_a_person(peopled: Engine) -> None:
    said = ticked(peopled, local("03-25"))
    assert [chat_id for chat_id, _ in said] == [DIEGO, ANA, PALOMA, OLGA]
    assert kinds(said, DIEGO) == ["morning", "weekly"]
    assert kinds(said, ANA) == ["morning"]
    assert kinds(said, PALOMA) == ["weekly", "head"]
    assert kinds(said, OLGA) == ["head"]


def test_the_chain_head_is_sent_once_a_week_and_cannot_be_switched_off(peopled: Engine) -> None:
    with database.transaction(peopled) as session:
        for chat_id in (PALOMA, OLGA):
            off = {kind.value: "off" for kind in NoticeKind}
            session.add(Preference(person_id=person_id(session, chat_id), loudness=off))
    with database.reading(peopled) as session:
        head = str(anchor.newest(session))
    said = ticked(peopled, local("03-25"))
    assert {chat_id: text for chat_id, text in said if head in text}.keys() == {PALOMA, OLGA}
    assert "head" not in [
        kind for day in ("03-26", "03-29") for kind in all_kinds(ticked(peopled, local(day)))
    ]
    assert kinds(ticked(peopled, local("04-02")), OLGA) == ["head"]


def all_kinds(said: list[tuple[int, str]]) -> list[str]:
    return [kind for chat_id, _ in said for kind in kinds(said, chat_id)]


def test_duties_are_sent_to_the_role_that_completes_them(peopled: Engine) -> None:
    said = dict(ticked(peopled, local("03-22")))
    assert "presentación" in said[DIEGO]
    assert "presentación" not in said[ANA]
    assert "<b>1</b> Actas: nada registrado" in said[ANA]


def test_no_reminders_once_everything_is_done(peopled: Engine) -> None:
    with database.transaction(peopled) as session:
        unit = owing.Unit(session)
        unit.register(1, "2024-03-13", 4)
        unit.register(4, "2024-03-13", 4)
        unit.observe(4)
        unit.present()
    ticked(peopled, local("03-19"))
    assert ticked(peopled, local("03-22")) == []
    assert ticked(peopled, local("03-22", 12)) == []
    ticked(peopled, local("04-01"))
    said = ticked(peopled, local("04-05"))
    assert [chat_id for chat_id, _ in said] == [DIEGO]
    assert "Falta la firma" in said[0][1]


def test_the_escalation_ends_when_somebody_takes_charge(peopled: Engine) -> None:
    ticked(peopled, local("04-05", 17))
    assert "overdue" in kinds(ticked(peopled, local("04-08")), DIEGO)
    said = ticked(peopled, local("04-09"))
    assert (kinds(said, DIEGO), kinds(said, PALOMA)) == (["overdue"], ["overdue units"])
    assert [chat_id for chat_id, _ in said] == [DIEGO, PALOMA]
    with database.transaction(peopled) as session:
        unit = owing.Unit(session).view
        row = Acknowledgement(
            unit_id=unit.id,
            year=2024,
            quarter=1,
            person_id=person_id(session, PALOMA),
            acknowledged_at=local("04-09", 10),
        )
        session.add(row)
    said = ticked(peopled, local("04-10"))
    assert kinds(said, DIEGO) == []
    assert "Archivo" in said[0][1] and "Jurídica" not in said[0][1]  # nobody took charge of the other unit


def test_a_signature_ends_the_escalation(peopled: Engine) -> None:
    with database.transaction(peopled) as session:
        owing.Unit(session).sign()
        owing.Unit(session, "archivo").sign()
    ticked(peopled, local("04-05", 17))
    ticked(peopled, local("04-08"))
    assert ticked(peopled, local("04-09")) == []


def test_the_summary_of_the_close_is_the_page_of_avance_with_sign(peopled: Engine) -> None:
    ticked(peopled, local("04-05"))
    with database.transaction(peopled) as session:
        while tick(session, local("04-05", 17), CONVERSATIONS):
            pass
        sayings = {each.chat_id: each.payload for each in work_of(session).outbox}
    assert set(sayings) == {DIEGO, PALOMA, OLGA}
    sign = sayings[DIEGO]["reply_markup"]["inline_keyboard"][0][0]
    assert sign["text"] == "🖊 Firmar" and sign["callback_data"].startswith("sign:")
    assert "Dirección Jurídica" in sayings[DIEGO]["text"]
    assert "reply_markup" not in sayings[OLGA]
    assert sayings[OLGA]["text"] == sayings[PALOMA]["text"]


def test_an_unreachable_person_gets_current_reminders_when_back(peopled: Engine) -> None:
    def reach(chat_id: int, now: datetime | None) -> None:
        with database.transaction(peopled) as session:
            person = session.exec(select(Person).where(Person.telegram_id == chat_id)).one()
            person.unreachable_at = now

    reach(ANA, local("03-20"))
    reach(DIEGO, local("03-20"))
    ticked(peopled, local("03-29"))
    reach(ANA, None)
    assert kinds(ticked(peopled, local("04-02")), ANA) == ["morning"]
    ticked(peopled, local("04-08"))
    reach(DIEGO, None)
    assert kinds(ticked(peopled, local("04-22")), DIEGO) == ["weekly", "overdue"]


def test_a_deputy_gets_the_directors_reminders(peopled: Engine) -> None:
    with database.transaction(peopled) as session:
        absence = StandIn(
            person_id=person_id(session, DIEGO),
            unit_id=owing.Unit(session).view.id,
            deputy_id=person_id(session, ANA),
            from_day=date(2024, 4, 8),
            to_day=date(2024, 4, 8),
            made_at=LONG_AGO,
        )
        session.add(absence)
    assert "summary" in kinds(ticked(peopled, local("04-05", 17)), DIEGO)
    said = ticked(peopled, local("04-08"))
    assert kinds(said, DIEGO) == []
    assert "overdue" in kinds(said, ANA)
    assert "overdue" in kinds(ticked(peopled, local("04-09")), DIEGO)


def test_silent_kinds_come_without_a_sound(peopled: Engine) -> None:
    with database.transaction(peopled) as session:
        loudness = {"weekly": "silent"}
        session.add(Preference(person_id=person_id(session, PALOMA), loudness=loudness))
        session.add(Preference(person_id=person_id(session, DIEGO), loudness=loudness))
    with database.transaction(peopled) as session:
        while tick(session, local("03-25"), CONVERSATIONS):
            pass
        silent = {each.chat_id: each.payload.get("disable_notification") for each in work_of(session).outbox}
    assert silent == {
        DIEGO: None,
        ANA: None,
        PALOMA: True,
        OLGA: True,
    }  # one section with a sound is enough


def test_a_changed_preference_applies_from_the_next_tick(peopled: Engine) -> None:
    with database.transaction(peopled) as session:
        session.add(Preference(person_id=person_id(session, ANA), from_hour=12))
    assert ANA not in dict(ticked(peopled, local("03-22")))
    with database.transaction(peopled) as session:
        row = session.exec(select(Preference)).one()
        row.from_hour = 8
    assert ANA in dict(ticked(peopled, local("03-22")))


def test_a_message_that_cannot_be_made_does_not_delay_others(peopled: Engine) -> None:
    """An altered snapshot cannot be read, so neither its unit's digest nor the institution's can be made."""
    with database.transaction(peopled) as session:
        unit = owing.Unit(session, "archivo").view
        person = Person(name="Arturo", telegram_id=ARTURO, joined_at=LONG_AGO)
        session.add(person)
        session.flush()
        pair: dict[str, Any] = {"role": Role.DIRECTOR, "unit_id": unit.id, "granted_at": LONG_AGO}
        session.add(Membership(person_id=person.id or 0, **pair))
        broken: dict[str, Any] = {
            "snapshot": "{",
            "sha256": "",
            "signed_by": person.id,
            "signed_at": LONG_AGO,
        }
        session.add(Signature(unit_id=unit.id, year=2024, quarter=1, **broken))
    assert set(dict(ticked(peopled, local("04-01")))) == {ANA, DIEGO, OLGA}
    with database.transaction(peopled) as session:
        session.execute(delete(Signature))
    assert set(dict(ticked(peopled, local("04-01", 10)))) == {ARTURO, PALOMA}


@contextmanager
def counted() -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield statements
    event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    ("now", "most"), [(local("03-25", 12), 12), (local("04-12", 12), 16), (local("03-24", 12), 6)]
)
def test_an_idle_tick_makes_few_queries(peopled: Engine, now: datetime, most: int) -> None:
    """On a working day, in the week after a close, on a Sunday.

    Each tick queries the deputies, the absences that ended and are to be notified, and the open
    cards that are to be pointed out.
    """
    ticked(peopled, now)
    with counted() as statements, database.transaction(peopled) as session:
        assert tick(session, now + timedelta(minutes=1), CONVERSATIONS) is False
    asked = [each for each in statements if each.lstrip().startswith(("SELECT", "INSERT", "UPDATE"))]
    assert len(asked) <= most, asked
    assert not any("entry" in each for each in asked)  # no duties are computed
    with database.transaction(peopled) as session:
        assert session.exec(select(Notice).where(col(Notice.told_at) > now)).all() == []
