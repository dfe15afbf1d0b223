"""Until when a quarter accepts changes, minute by minute, on both engines."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models.calendar import calendar, closing
from models.errors import Rejected
from models.programme_changes.importing import ensure_loaded
from models.quarter import Quarter
from models.quarter_end.reopening import Reopen, closed_quarters, reopen
from models.storage import database
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.tables.agenda import CloseMove
from models.tables.chat.draft import DraftKind
from models.tables.people import Membership, Person, Role
from models.tables.signature import Signature
from tests.support.database.signed_quarter import known, signed, unit_of

ZONE = ZoneInfo("America/Mexico_City")
T1, T2 = Quarter(2024, 1), Quarter(2024, 2)
DIRECTOR, PLANNING = 1, 2
MARCH = date(2024, 3, 13)


def at(text: str) -> datetime:
    """Return a moment of 2024 in local time: "04-05 23:59:59"."""
    return datetime.fromisoformat(f"2024-{text}").replace(tzinfo=ZONE).astimezone(UTC)


@pytest.fixture
def loaded(engine: Engine) -> Engine:
    now = at("01-08 09:00")
    with database.transaction(engine) as session:
        ensure_loaded(session, None, now)
        unit_id = unit_of(session).id
        for number, role, unit in ((DIRECTOR, Role.DIRECTOR, unit_id), (PLANNING, Role.PLANNING, None)):
            session.add(Person(id=number, name=role.value, telegram_id=number, joined_at=now))
            session.flush()
            session.add(Membership(person_id=number, role=role, unit_id=unit, granted_at=now))
    return engine


def refusal(session: Session, day: date, said: str, confirmed: str | None = None) -> str | None:
    """Return why a message of that time, confirmed at once or later, is refused for that day."""
    try:
        closing.check_open(session, unit_of(session).id, day, at(said), at(confirmed or said))
    except Rejected as rejected:
        return rejected.reason
    return None


def sign(session: Session, quarter: Quarter, when: str) -> Signature:
    return signed(session, DIRECTOR, unit_of(session), quarter, at(when))


def reopened(session: Session, quarter: Quarter, when: str, until: date) -> None:
    planning = known(session, PLANNING)
    draft = Draft(planning.person_id, PLANNING, DraftKind.REOPENING, said_at=at(when), touched_at=at(when))
    draft_rows.store(session, draft)
    wanted = Reopen(unit_id=unit_of(session).id, quarter=quarter.key, reason="Faltó un acta", until=until)
    reopen(session, draft, wanted, planning, at(when))


CLOSE = [  # 2024-T1 closes at the end of Friday 5 April; noon of the next working day is Monday's
    ("03-13 10:00", None, None),
    ("03-31 23:59:59", None, None),
    ("04-05 23:59:59", None, None),
    ("04-06 00:00:00", None, "quarter_closed"),
    ("04-05 23:59:59", "04-06 00:00:00", None),
    ("04-05 23:59:59", "04-08 11:59:59", None),
    ("04-05 23:59:59", "04-08 12:00:00", "quarter_closed"),
    ("04-06 00:00:00", "04-08 09:00:00", "quarter_closed"),
    ("03-13 10:00", "05-02 09:00", "quarter_closed"),
]


@pytest.mark.parametrize(("said", "confirmed", "reason"), CLOSE)
def test_messages_before_the_close_are_in_time(
    loaded: Engine, said: str, confirmed: str | None, reason: str | None
) -> None:
    with database.transaction(loaded) as session:
        assert refusal(session, MARCH, said, confirmed) == reason


def test_the_close_may_be_moved(loaded: Engine) -> None:
    with database.transaction(loaded) as session:
        move = CloseMove(
            year=2024, quarter=1, closes_on=date(2024, 4, 12), reason="x", made_at=at("04-01 09:00")
        )
        session.add(move)
        calendar.touch(session)
        assert refusal(session, MARCH, "04-12 23:59:59") is None
        assert refusal(session, MARCH, "04-12 23:59:59", "04-15 11:59") is None
        assert refusal(session, MARCH, "04-13 00:00") == "quarter_closed"


def test_a_signature_closes_at_once_and_only_that_quarter_of_that_unit(loaded: Engine) -> None:
    with database.transaction(loaded) as session:
        sign(session, T1, "04-02 09:00")
        assert refusal(session, MARCH, "04-01 23:00", "04-02 09:01") == "quarter_signed"
        assert refusal(session, date(2024, 4, 2), "04-02 09:01") is None
        other = unit_of(session, "sistemas").id
        closing.check_open(session, other, MARCH, at("04-02 09:01"), at("04-02 09:01"))


def test_a_reopened_quarter_is_open_until_the_end_of_its_last_day(loaded: Engine) -> None:
    with database.transaction(loaded) as session:
        first = sign(session, T1, "04-02 09:00")
        reopened(session, T1, "04-10 09:00", date(2024, 4, 12))
        assert closing.signed(session, unit_of(session).id, T1) is None
        assert refusal(session, MARCH, "04-12 23:59:59") is None
        assert refusal(session, MARCH, "04-12 23:59:59", "04-15 11:59:59") is None
        assert refusal(session, MARCH, "04-12 23:59:59", "04-15 12:00") == "quarter_closed"
        assert refusal(session, MARCH, "04-13 00:00") == "quarter_closed"
        second = sign(session, T1, "04-11 09:00")
        assert second.id != first.id and closing.signed(session, unit_of(session).id, T1) == second
        assert refusal(session, MARCH, "04-11 09:01") == "quarter_signed"
        reopened(session, T1, "04-11 10:00", date(2024, 4, 11))
        assert closing.signed(session, unit_of(session).id, T1) is None


def test_reopened_before_its_close_it_stays_open_until_the_close(loaded: Engine) -> None:
    with database.transaction(loaded) as session:
        sign(session, T1, "04-02 09:00")
        reopened(session, T1, "04-03 09:00", date(2024, 4, 3))
        assert refusal(session, MARCH, "04-05 23:59:59") is None
        assert refusal(session, MARCH, "04-06 00:00") == "quarter_closed"


def test_an_unsigned_closed_quarter_can_be_reopened(loaded: Engine) -> None:
    with database.transaction(loaded) as session:
        with pytest.raises(Rejected, match="not_closed"), database.savepoint(session):
            reopened(session, T1, "04-05 09:00", date(2024, 4, 9))
        for until in (date(2024, 4, 9), date(2024, 7, 1)):
            with pytest.raises(Rejected, match="reopening_end_unfit"), database.savepoint(session):
                reopened(session, T1, "04-10 09:00", until)
        reopened(session, T1, "04-10 09:00", date(2024, 4, 10))
        assert refusal(session, MARCH, "04-10 23:59") is None


def test_two_quarters_can_be_open_at_once(loaded: Engine) -> None:
    """In July the second quarter is still open, the first only if it was reopened."""
    with database.transaction(loaded) as session:
        unit = unit_of(session)
        reopened(session, T1, "07-02 09:00", date(2024, 7, 3))
        sign(session, T2, "07-02 10:00")
        assert refusal(session, MARCH, "07-03 12:00") is None
        assert refusal(session, date(2024, 6, 5), "07-03 12:00") == "quarter_signed"
        assert refusal(session, date(2024, 7, 3), "07-03 12:00") is None
        assert closed_quarters(session, unit.id, at("07-03 12:00")) == [T2]
        assert closed_quarters(session, unit.id, at("07-08 12:00")) == [T2, T1]


def test_before_its_last_day_no_quarter_is_signed(loaded: Engine) -> None:
    with database.transaction(loaded) as session:
        with pytest.raises(Rejected, match="quarter_not_ended"), database.savepoint(session):
            sign(session, T1, "03-30 23:59:59")
        sign(session, T1, "03-31 00:00")
        with pytest.raises(Rejected, match="already_signed"), database.savepoint(session):
            sign(session, T1, "03-31 00:01")
        assert refusal(session, MARCH, "03-31 08:00") == "quarter_signed"


def test_the_grace_period_ends_on_the_next_working_day(loaded: Engine) -> None:
    """The fourth quarter closes on 8 January; days off extend the grace period."""
    day = date(2024, 12, 20)
    with database.transaction(loaded) as session:
        assert refusal(session, day, "12-31 23:59") is None
        quarter = Quarter.of(day)
        until = closing.deadline(session, unit_of(session).id, quarter)
        local = until.said_before.astimezone(ZONE)
        assert local.date() == until.last_day + timedelta(days=1) and (local.hour, local.minute) == (0, 0)
        assert until.confirmed_before.astimezone(ZONE).hour == 12
