"""Returns: who may return what, what resolves it, and which activities are unreviewed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models.activities import returning
from models.activities.registration import undo
from models.activities.returning import Returning
from models.activities.withdrawal import withdraw
from models.errors import Rejected
from models.quarter import Quarter
from models.rights import Member
from models.storage.database import transaction
from models.storage.forms import Withdrawing
from models.tables.activity import Activity
from models.tables.chat.draft import DraftKind
from models.tables.people import Membership, Role
from models.tables.review import Return
from models.tables.signature import Signature
from tests.models.activities.reviewing import (
    ANA,
    DELIA,
    DIEGO,
    NOW,
    PALOMA,
    TODAY,
    activity,
    draft,
    juridica,
    person,
    prepare,
    refusal,
)

T1 = Quarter(2024, 1)


def give_back(session: Session, number: int, by: int = DIEGO, version: int = 1) -> Return:
    wanted = Returning(activity_id=number, version=version, field="days", reason="No coincide")
    return returning.give_back(
        session, draft(session, DraftKind.RETURN, by), wanted, person(session, by), NOW
    )


@pytest.mark.parametrize(
    ("author", "by", "reason"),
    [
        (ANA, DIEGO, ""),
        (ANA, PALOMA, ""),
        (DIEGO, DELIA, ""),
        (DIEGO, PALOMA, ""),
        (PALOMA, DIEGO, ""),
        (DIEGO, DIEGO, "own_entry"),
        (PALOMA, PALOMA, "own_entry"),
        (DIEGO, ANA, "not_yours_to_review"),
        (ANA, ANA, "not_yours_to_review"),
    ],
)
def test_who_may_return_whose_activity(engine: Engine, author: int, by: int, reason: str) -> None:
    prepare(engine)
    with transaction(engine) as session:
        number = activity(session, 2, by=author).id or 0
        if reason:
            assert refusal(lambda: give_back(session, number, by)) == reason
        else:
            assert give_back(session, number, by).returned_by == by
        assert len(returning.open_returns(session, juridica(session).id, T1)) == (not reason)


def test_a_director_of_another_unit_cannot_return_it(engine: Engine) -> None:
    prepare(engine)
    with transaction(engine) as session:
        number = activity(session, 2).id or 0
        elsewhere = Member(DELIA, DELIA, "Delia", ((Role.DIRECTOR, juridica(session).id + 1),))
        assert (
            refusal(lambda: returning.find_returnable(session, number, elsewhere, NOW)) == "activity_unknown"
        )


def test_one_of_several_concurrent_returns_succeeds(engine: Engine) -> None:
    prepare(engine)
    with transaction(engine) as session:
        number = activity(session, 2).id or 0
    people = [DIEGO, DELIA, PALOMA]
    together = Barrier(len(people))

    def attempt(by: int) -> str:
        together.wait()
        try:
            with transaction(engine) as session:
                give_back(session, number, by)
        except Rejected as refused:
            return refused.reason
        return "done"

    with ThreadPoolExecutor(len(people)) as threads:
        assert sorted(threads.map(attempt, people)) == ["already_returned", "already_returned", "done"]
    with transaction(engine) as session:
        assert len(session.exec(select(Return)).all()) == 1


def test_only_the_version_that_was_shown_can_be_accepted(engine: Engine) -> None:
    prepare(engine)
    with transaction(engine) as session:
        done = activity(session, 2)
        done.version = 2
        session.flush()
        assert refusal(lambda: give_back(session, done.id or 0)) == "corrected_meanwhile"
        director = person(session, DIEGO)
        assert refusal(lambda: returning.take_back(session, done.id or 0, director, NOW)) == "not_returned"


def test_withdrawn_activities_have_no_open_returns(engine: Engine) -> None:
    prepare(engine)
    with transaction(engine) as session:
        withdrawn, undone = activity(session, 2), activity(session, 2)
        for each in (withdrawn, undone):
            give_back(session, each.id or 0)
        wanted = Withdrawing(activity_id=withdrawn.id or 0, version=1, reason="Duplicada")
        ana = person(session, ANA)
        withdraw(session, draft(session, DraftKind.WITHDRAWAL, ANA), wanted, ana, NOW)
        undo(session, undone.id or 0, ana, NOW)
        assert [each.settled_at for each in session.exec(select(Return)).all()] == [NOW, NOW]
        assert refusal(lambda: give_back(session, withdrawn.id or 0)) == "activity_withdrawn"


def test_open_returns_are_those_of_the_quarter_of_the_last_day(engine: Engine) -> None:
    prepare(engine)
    with transaction(engine) as session:
        numbers = [activity(session, 2, on=on).id or 0 for on in (date(2024, 1, 1), date(2024, 3, 31))]
        numbers.append(activity(session, 2, on=date(2024, 4, 1)).id or 0)
        for number in numbers:
            give_back(session, number)
        unit_id = juridica(session).id
        found = [returning.open_returns(session, unit_id, quarter) for quarter in (T1, T1.next)]
        assert [[each.activity_id for each in part] for part in found] == [numbers[:2], numbers[2:]]
        assert returning.open_returns(session, unit_id + 1, T1) == []


def test_after_the_close_returns_are_taken_back_but_not_made(engine: Engine) -> None:
    prepare(engine)
    with transaction(engine) as session:
        number = activity(session, 2).id or 0
        director, later = person(session, DIEGO), NOW + timedelta(days=30)
        assert (
            refusal(lambda: returning.find_returnable(session, number, director, later)) == "quarter_closed"
        )
        give_back(session, number)
        returning.take_back(session, number, director, later)  # otherwise it could never be signed
        assert returning.open_return(session, number) is None


def test_activities_that_a_director_registered_as_director_are_unreviewed(engine: Engine) -> None:
    prepare(engine)
    with transaction(engine) as session:
        own, hers, before = (
            activity(session, 2, by=DIEGO),
            activity(session, 2),
            activity(session, 2, by=DIEGO),
        )
        before.registered_at = NOW - timedelta(days=1)  # somebody else was director then
        void = activity(session, 2, by=DIEGO)
        void.withdrawn_at = NOW
        everything = [own, hers, before, void]
        assert returning.unreviewed(session, everything) == {own.id}
        session.exec(select(Membership).where(Membership.person_id == DIEGO)).one().ended_at = (
            NOW + timedelta(1)
        )
        assert returning.unreviewed(session, everything) == {own.id}  # that does not make it reviewed
        planning = person(session, PALOMA)
        assert (
            refusal(lambda: returning.let_stand(session, hers.id or 0, 1, planning, NOW))
            == "nothing_to_review"
        )
        returning.let_stand(session, own.id or 0, 1, planning, NOW)
        assert returning.unreviewed(session, everything) == set()
        session.get_one(Activity, own.id).version = 2
        assert returning.unreviewed(session, everything) == {own.id}
        delia = person(session, DELIA)
        assert refusal(lambda: returning.let_stand(session, own.id or 0, 2, delia, NOW)) == "not_allowed"
        give_back(session, own.id or 0, PALOMA, version=2)
        assert (
            refusal(lambda: returning.let_stand(session, own.id or 0, 2, planning, NOW)) == "already_returned"
        )
    assert TODAY in T1


def test_a_signed_quarter_has_no_unreviewed_activities(engine: Engine) -> None:
    prepare(engine)
    with transaction(engine) as session:
        number, unit_id = activity(session, 2).id or 0, juridica(session).id
        given = give_back(session, number)
        session.add(
            Signature(
                unit_id=unit_id,
                year=2024,
                quarter=1,
                snapshot="{}",
                sha256="0",
                signed_by=DIEGO,
                signed_at=NOW,
            )
        )
        planning = person(session, PALOMA)
        for deed in (
            lambda: returning.find_returnable(session, number, planning, NOW),
            lambda: returning.take_back(session, number, planning, NOW),
            lambda: returning.let_stand(session, number, 1, planning, NOW),
        ):
            assert refusal(deed) == "signed_already"
        assert given.settled_at is None
