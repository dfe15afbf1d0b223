"""Invitations: single use, expiry, limited attempts, and what is stored."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from models.errors import Rejected
from models.operations.migrating import migrate
from models.people import invitation
from models.people.invitation import Joined
from models.rights import member
from models.storage import keys
from models.storage.database import connect, transaction
from models.tables.audit import Audit
from models.tables.people import Invitation, Membership, Person, Role, Stranger
from models.tables.programme import Unit

NOW = datetime(2024, 3, 20, 15, tzinfo=UTC)
ANA, BETO = 111, 222


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = connect(f"sqlite:///{tmp_path / 'test.db'}")
    keys.bind(engine, b"k" * keys.LENGTH)
    migrate(engine)
    with transaction(engine) as session:
        session.add(Unit(id=1, key="juridica", name="Dirección Jurídica"))
    yield engine
    engine.dispose()


def invite(engine: Engine, role: Role = Role.STAFF, unit_id: int | None = 1, name: str | None = None) -> str:
    with transaction(engine) as session:
        return invitation.invite(session, role, unit_id, name, None, "command line", NOW)[1]


def join(engine: Engine, telegram_id: int, code: str, now: datetime = NOW) -> Joined | None:
    with transaction(engine) as session:
        return invitation.join(session, telegram_id, "De Telegram", code, now)


def test_a_code_links_the_account_once(engine: Engine) -> None:
    code = invite(engine, name="  Ana   López ")
    joined = join(engine, ANA, code.lower())
    assert joined is not None
    assert (joined.person.name, joined.role, joined.is_new_person) == ("Ana López", Role.STAFF, True)
    assert join(engine, BETO, code) is None
    with transaction(engine) as session:
        ana = member(session, ANA)
        assert ana is not None and ana.pairs == ((Role.STAFF, 1),)
        assert member(session, BETO) is None


def test_only_the_hash_is_stored_and_the_name_moves_to_the_person(engine: Engine) -> None:
    code = invite(engine, name="Ana López")
    join(engine, ANA, code)
    with transaction(engine) as session:
        stored = session.exec(select(Invitation)).one()
        assert code not in stored.model_dump_json()
        assert stored.name is None
        told = [
            f"{row.actor} {row.action} {row.before} {row.after}"
            for row in session.exec(select(Audit).where(Audit.action != "write"))
        ]
    assert len(told) == 2
    assert all("Ana" not in line and code not in line and str(ANA) not in line for line in told)


def test_a_code_works_until_the_seventh_day_and_not_after(engine: Engine) -> None:
    first, second = invite(engine), invite(engine)
    assert join(engine, ANA, first, NOW + timedelta(days=7, seconds=-1)) is not None
    assert join(engine, BETO, second, NOW + timedelta(days=7)) is None


def test_a_second_invitation_adds_a_pair_and_keeps_the_name(engine: Engine) -> None:
    join(engine, ANA, invite(engine, name="Ana López"))
    joined = join(engine, ANA, invite(engine, Role.PLANNING, None, "Otro nombre"))
    assert joined is not None and not joined.is_new_person and joined.is_new_pair
    again = join(engine, ANA, invite(engine, Role.PLANNING, None))
    assert again is not None and not again.is_new_pair
    with transaction(engine) as session:
        ana = member(session, ANA)
    assert ana is not None and ana.name == "Ana López"
    assert ana.pairs == ((Role.STAFF, 1), (Role.PLANNING, None))


def test_after_five_failures_no_code_is_tried_until_a_day_has_passed(engine: Engine) -> None:
    code = invite(engine)
    for _ in range(5):
        assert join(engine, ANA, "EQUIVOCADO") is None
    assert join(engine, ANA, code, NOW + timedelta(hours=23, minutes=59)) is None
    assert join(engine, BETO, invite(engine)) is not None
    assert join(engine, ANA, code, NOW + timedelta(hours=24)) is not None
    with transaction(engine) as session:
        assert session.exec(select(Stranger)).all() == []


def test_a_suspended_person_cannot_use_a_code_and_the_code_stays_valid(engine: Engine) -> None:
    joined = join(engine, ANA, invite(engine))
    assert joined is not None
    with transaction(engine) as session:
        session.get_one(Person, joined.person.id).suspended_at = NOW
    code = invite(engine, Role.PLANNING, None)
    assert join(engine, ANA, code) is None
    assert join(engine, BETO, code) is not None


def test_a_person_who_lost_every_pair_can_be_invited_again(engine: Engine) -> None:
    join(engine, ANA, invite(engine))
    with transaction(engine) as session:
        session.exec(select(Membership)).one().ended_at = NOW
    with transaction(engine) as session:
        assert member(session, ANA) is None
    joined = join(engine, ANA, invite(engine))
    assert joined is not None and not joined.is_new_person and joined.is_new_pair


@pytest.mark.parametrize(
    ("role", "unit_id", "reason"),
    [
        (Role.STAFF, None, "unit_needed"),
        (Role.DIRECTOR, None, "unit_needed"),
        (Role.OBSERVER, 1, "unit_not_needed"),
    ],
)
def test_role_and_unit_must_go_together(engine: Engine, role: Role, unit_id: int | None, reason: str) -> None:
    with pytest.raises(Rejected, match=reason):
        invite(engine, role, unit_id)


def test_codes_do_not_repeat_and_have_no_letters_that_look_alike(engine: Engine) -> None:
    codes = {invite(engine) for _ in range(50)}
    assert len(codes) == 50
    assert all(len(code) == 20 and not set(code) & set("ILO01") for code in codes)
