"""Every way in which a file becomes evidence of a registered activity follows the same rule.

A file is accepted while its quarter is not signed, the activity is not withdrawn, and the sender may capture
in its unit.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from models.operations import migrating
from models.quarter import Quarter
from models.storage import database
from models.tables.activity import Activity
from models.tables.evidence import Evidence
from models.tables.people import Membership, Person, Role
from models.tables.programme import Unit
from models.tables.signature import Reopening, Signature
from tests.support.database.signed_quarter import signed, unit_of
from tests.support.phones.batch_handler import Desk, Raw

ANA, DIEGO, PALOMA = 101, 102, 103
T1 = Quarter(2024, 1)
TOLD = "Hoy 1 acta de la primera sesión del Órgano de Gobierno"
ALBUM = {"media_group_id": "77"}


def desk_with_activity(folder: Path) -> tuple[Desk, Raw]:
    """Return a desk with Ana's activity 1, which has one photograph of an album, and its message."""
    engine = database.connect(f"sqlite:///{folder / 'avance.db'}")
    migrating.migrate(engine)
    desk = Desk(engine)
    for who, role, unit in ((ANA, Role.STAFF, "juridica"), (DIEGO, Role.DIRECTOR, "juridica")):
        desk.link(who, role, unit)
    desk.link(PALOMA, Role.PLANNING)
    told = desk.message(ANA, TOLD, file="first", **ALBUM)
    desk.take(told)
    desk.take(desk.tap(ANA, desk.button("✅ Registrar")))
    assert [each.activity_id for each in desk.rows(Evidence)] == [1]
    return desk, told


Begun = Callable[[Desk, Raw], Callable[[], list[Raw]]]


def reply_to_card(desk: Desk, told: Raw) -> Callable[[], list[Raw]]:
    answered = desk.answering("✅ Registrada n.º 1")
    return lambda: [desk.message(ANA, file="way", reply=answered)]


def reply_to_own_message(desk: Desk, told: Raw) -> Callable[[], list[Raw]]:
    return lambda: [desk.message(ANA, file="way", reply=told["message"])]


def rest_of_the_album(desk: Desk, told: Raw) -> Callable[[], list[Raw]]:
    return lambda: [desk.message(ANA, file="way", **ALBUM)]


def button_of_a_file(desk: Desk, told: Raw) -> Callable[[], list[Raw]]:
    desk.take(desk.message(ANA, file="way"))
    data = desk.button("n.º 1 · ")
    return lambda: [desk.tap(ANA, data)]


def correction(desk: Desk, told: Raw) -> Callable[[], list[Raw]]:
    """Send a file to an open correction and confirm it."""
    desk.take(desk.tap(ANA, "fix:1"))
    data = desk.button("✅")
    desk.take(desk.message(ANA, file="way", reply=desk.answering(data=data)))
    return lambda: [desk.tap(ANA, data)]


def edited_caption(desk: Desk, told: Raw) -> Callable[[], list[Raw]]:
    """Edit the caption, which opens a correction; send a file to it and confirm it."""
    desk.take(desk.edit(told, TOLD.replace("1 acta", "2 actas")))
    data = desk.button("✅")
    desk.take(desk.message(ANA, file="way", reply=desk.answering(data=data)))
    return lambda: [desk.tap(ANA, data)]


WAYS = {
    each.__name__: each
    for each in (
        reply_to_card,
        reply_to_own_message,
        rest_of_the_album,
        button_of_a_file,
        correction,
        edited_caption,
    )
}


def nothing(desk: Desk) -> None:
    pass


def sign(desk: Desk) -> None:
    desk.now = desk.now.replace(month=4, day=2)
    with database.transaction(desk.engine) as session:
        signed(session, DIEGO, unit_of(session), T1, desk.now)


def reopen(desk: Desk) -> None:
    sign(desk)
    with database.transaction(desk.engine) as session:
        signature = session.exec(select(Signature)).one()
        planning = session.exec(select(Person.id).where(Person.telegram_id == PALOMA)).one()
        session.add(
            Reopening(
                unit_id=signature.unit_id,
                year=2024,
                quarter=1,
                signature_id=signature.id,
                reason="Falta algo",
                until=date(2024, 4, 30),
                reopened_by=planning or 0,
                reopened_at=desk.now,
            )
        )


def close(desk: Desk) -> None:
    """Move the clock past the close; nobody signed."""
    desk.now = desk.now.replace(month=5, day=20)


def withdraw(desk: Desk) -> None:
    with database.transaction(desk.engine) as session:
        activity = session.get_one(Activity, 1)
        activity.withdrawn_at, activity.withdrawn_by = desk.now, activity.registered_by


def suspend(desk: Desk) -> None:
    with database.transaction(desk.engine) as session:
        session.exec(select(Person).where(Person.telegram_id == ANA)).one().suspended_at = desk.now


def transfer(desk: Desk) -> None:
    with database.transaction(desk.engine) as session:
        move(session, "sistemas", desk)


def move(session: Session, unit: str, desk: Desk) -> None:
    person = session.exec(select(Person.id).where(Person.telegram_id == ANA)).one() or 0
    session.exec(select(Membership).where(Membership.person_id == person)).one().ended_at = desk.now
    placed = session.exec(select(Unit.id).where(Unit.key == unit)).one()
    session.add(Membership(person_id=person, role=Role.STAFF, unit_id=placed, granted_at=desk.now))


TAKEN = {nothing, reopen}
CLOSED = {"correction", "edited_caption"}  # ways that change the activity, which a closed quarter refuses


@pytest.mark.parametrize("state", [nothing, sign, reopen, close, withdraw, suspend, transfer])
@pytest.mark.parametrize("way", WAYS)
def test_evidence_is_accepted_until_the_signature_whatever_way_it_comes(
    tmp_path: Path, way: str, state: Callable[[Desk], None]
) -> None:
    desk, told = desk_with_activity(tmp_path)
    updates = WAYS[way](desk, told)
    state(desk)
    said = desk.take(*updates())
    with Session(desk.engine) as session:
        of_activity = session.exec(
            select(Evidence.file_id).where(Evidence.activity_id == 1).order_by(col(Evidence.id))
        ).all()
    taken = state in TAKEN or (state is close and way not in CLOSED)
    assert of_activity == (["first", "way"] if taken else ["first"])
    assert said or desk.answers or (taken and way == "rest_of_the_album"), (
        "an album is told by its card alone"
    )


def test_only_people_who_capture_in_the_unit_may_fetch_missing_files_again(tmp_path: Path) -> None:
    for number, (state, taken) in enumerate(
        [(nothing, True), (sign, True), (withdraw, False), (transfer, False)]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        desk, _ = desk_with_activity(folder)
        with database.transaction(desk.engine) as session:
            session.get_one(Evidence, 1).retry_at = None
        state(desk)
        desk.take(desk.tap(ANA, "evr:1"))
        assert (desk.rows(Evidence)[0].retry_at is not None) is taken, state.__name__
