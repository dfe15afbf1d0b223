"""Registering, correcting, withdrawing, settling and undoing that, in any order."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models.activities.correction import correct, current_form
from models.activities.history import HistoryEvent, history
from models.activities.reading import with_entries
from models.activities.registration import register
from models.activities.settlement import settle, take_back
from models.activities.withdrawal import withdraw
from models.errors import Rejected
from models.operations import migrating
from models.programme.view import LineView, programmes
from models.programme_changes.importing import ensure_loaded
from models.progress.origins import origins
from models.progress.tally import Tally, tally
from models.rights import Member
from models.storage import audit, database
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.storage.forms import ActivityForm, ClaimedQuantity, Settling, Withdrawing
from models.tables.activity import Activity, Entry, Revision, Settlement
from models.tables.audit import Audit
from models.tables.chat.draft import DraftKind
from models.tables.evidence import Evidence, EvidenceKind
from models.tables.people import Membership, Person, Role

NOW = datetime(2024, 3, 20, 15, tzinfo=UTC)
TODAY = date(2024, 3, 20)


def prepare(engine: Engine) -> Engine:
    migrating.migrate(engine)
    with database.transaction(engine) as session:
        ensure_loaded(session, None, NOW)
        session.add(Person(id=1, name="Paloma", telegram_id=1, joined_at=NOW))
        session.flush()
        session.add(Membership(person_id=1, role=Role.PLANNING, granted_at=NOW))
    return engine


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = prepare(database.connect(f"sqlite:///{tmp_path_factory.mktemp('correction') / 'avance.db'}"))
    yield engine
    engine.dispose()


class Office:
    """One person in planning; each act is refused or done, as in a turn."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.member = Member(1, 1, "Paloma", ((Role.PLANNING, None),))
        units = {unit.key: unit for unit in programmes(session).years[2024].units}
        lines = units["juridica"].lines[:3] + units["sistemas"].lines[:1]
        self.lines: tuple[LineView, ...] = lines

    def draft(self, kind: DraftKind) -> Draft:
        draft = Draft(person_id=1, chat_id=1, kind=kind, said_at=NOW, touched_at=NOW)
        draft_rows.store(self.session, draft)
        return draft

    def filled(self, line: int, quantities: list[tuple[int, int]], day: int) -> ActivityForm:
        """A content on the n-th line: (quantity, of it pending) of its targets."""
        chosen = self.lines[line]
        claims = tuple(
            ClaimedQuantity(
                target_id=target.id, quantity=max(given), pending=min(given) if target.counts_when else 0
            )
            for target, given in zip(chosen.targets, quantities, strict=False)
        )
        on = TODAY - timedelta(days=day)
        return ActivityForm(
            unit_id=chosen.unit_id,
            line_id=chosen.id,
            claims=claims,
            starts_on=on,
            ends_on=on,
            narrative="Se hizo.",
        )

    def register(self, filled: ActivityForm) -> int:
        return register(self.session, self.draft(DraftKind.ACTIVITY), filled, self.member, TODAY, NOW)

    def correct(self, number: int, filled: ActivityForm, **more: object) -> Activity:
        version = self.session.get_one(Activity, number).version
        wanted = filled.model_copy(update={"activity_id": number, "version": version, **more})
        draft = self.draft(DraftKind.CORRECTION)
        return correct(self.session, draft, wanted, self.member, TODAY, NOW + timedelta(minutes=1))

    def withdraw(self, number: int) -> None:
        version = self.session.get_one(Activity, number).version
        wanted = Withdrawing(activity_id=number, version=version, reason="Duplicada")
        withdraw(self.session, self.draft(DraftKind.WITHDRAWAL), wanted, self.member, NOW)

    def settle(self, entry_id: int, quantity: int, day: int) -> None:
        wanted = Settling(entry_id=entry_id, quantity=quantity, counts_on=TODAY - timedelta(days=day))
        settle(self.session, self.draft(DraftKind.SETTLEMENT), wanted, self.member, TODAY, NOW)
        self.session.flush()

    def check(self) -> None:
        """The tally, and each line's origins, against plain loops over what stands."""
        programme = programmes(self.session).years[2024]
        for on in (TODAY, TODAY - timedelta(days=4)):
            counts, standing = tally(self.session, programme.id, on), self.standing(on)
            for target in (target for line in self.lines for target in line.targets):
                assert counts.counted.get(target.id, 0) == standing.counted.get(target.id, 0)
                assert counts.pending.get(target.id, 0) == standing.pending.get(target.id, 0)
            for line in self.lines:
                found = origins(self.session, line, on, size=1000).origins
                shown = sum(each.counted for each in found)
                targets = [target.id for target in line.counting_targets]
                assert shown == sum(counts.counted.get(target, 0) for target in targets)

    def standing(self, on: date) -> Tally:
        result = Tally()
        for activity in self.session.exec(select(Activity)).all():
            if activity.withdrawn_at is not None or activity.ends_on > on:
                continue
            for claim in current_form(self.session, activity).claims:
                target, settled = claim.target_id, self.settled(activity, claim.target_id, on)
                counted = claim.quantity - claim.pending + settled
                result.counted[target] = result.counted.get(target, 0) + counted
                result.pending[target] = result.pending.get(target, 0) + claim.pending - settled
        return result

    def settled(self, activity: Activity, target_id: int, on: date) -> int:
        parts = self.session.exec(
            select(Settlement.quantity)
            .join(Entry, col(Entry.id) == col(Settlement.entry_id))
            .where(
                Entry.activity_id == activity.id,
                Entry.target_id == target_id,
                Settlement.counts_on <= on,
                col(Settlement.undone_at).is_(None),
            )
        ).all()
        return sum(parts)


few = st.integers(0, 5)
contents = st.tuples(st.integers(0, 3), st.lists(st.tuples(few, few), min_size=2, max_size=2), few)
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("register"), st.just(0), contents),
        st.tuples(st.just("correct"), few, contents),
        st.tuples(st.just("withdraw"), few, contents),
        st.tuples(st.just("settle"), few, contents),
        st.tuples(st.just("take back"), few, contents),
    ),
    max_size=25,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(deeds)
def test_progress_is_the_sum_of_the_current_versions(
    sqlite: Engine, sequence: list[tuple[str, int, tuple[int, list[tuple[int, int]], int]]]
) -> None:
    with Session(sqlite) as session:
        office = Office(session)
        numbers, refused = [office.register(office.filled(0, [(2, 0), (5, 3)], 3))], 0
        for what, which, (line, quantities, day) in sequence:
            number = numbers[which % len(numbers)]
            entries = session.exec(select(Entry).order_by(col(Entry.id))).all()
            settlements = session.exec(select(Settlement).order_by(col(Settlement.id))).all()
            try:
                with database.savepoint(session):
                    if what == "register":
                        numbers.append(office.register(office.filled(line, quantities, day)))
                    elif what == "correct":
                        office.correct(number, office.filled(line, quantities, day))
                    elif what == "withdraw":
                        office.withdraw(number)
                    elif what == "settle":
                        office.settle(entries[which % len(entries)].id or 0, 1 + line, day)
                    elif settlements:
                        take_back(session, settlements[which % len(settlements)].id or 0, office.member, NOW)
            except Rejected:
                refused += 1
            office.check()
        for number in numbers:
            activity = session.get_one(Activity, number)
            kept = session.exec(select(Revision).where(Revision.activity_id == number)).all()
            assert activity.version == len(kept) + 1
            told = [each.what for each in history(session, activity)]
            assert (
                told.count(HistoryEvent.CORRECTED) == len(kept) and told.count(HistoryEvent.REGISTERED) == 1
            )
        session.rollback()


def test_corrections_and_refusals_are_the_same_on_both_engines(engine: Engine) -> None:
    prepare(engine)
    with database.transaction(engine) as session:
        office = Office(session)
        original = office.filled(0, [(2, 0), (5, 3)], 3).model_copy(update={"documents": ("A/1", "A/2")})
        number = office.register(original)
        session.add_all(_photograph(number, each) for each in (1, 2))
        session.flush()
        before = current_form(session, session.get_one(Activity, number)).facts()
        assert before == original.facts()
        entry = session.exec(select(Entry).where(Entry.quantity == 5)).one()
        office.settle(entry.id or 0, 2, 1)
        for reason, changed in (
            ("nothing_changed", original),
            ("below_settled", office.filled(0, [(2, 0), (5, 1)], 3)),
            ("below_settled", office.filled(1, [(2, 0)], 3)),
            ("settled_before_new_days", office.filled(0, [(2, 0), (5, 3)], 0)),
            ("day_in_future", office.filled(0, [(2, 0), (5, 3)], -1)),
            ("draft_incomplete", original.model_copy(update={"narrative": None})),
        ):
            with pytest.raises(Rejected, match=reason), database.savepoint(session):
                office.correct(number, changed)
        with pytest.raises(Rejected, match="corrected_meanwhile"), database.savepoint(session):
            office.correct(number, original, version=7, place="Sala")
        activity = office.correct(number, original, place="Sala", documents=("A/2", "B/1"), removed=(1,))
        assert activity.version == 2
        after = current_form(session, activity)
        assert (after.place, after.documents) == ("Sala", ("A/2", "B/1"))
        revision = session.exec(select(Revision)).one()
        assert revision.content == {**before, "evidence": [1, 2]}
        assert session.get_one(Evidence, 1).removed_by == 1
        office.withdraw(number)
        with pytest.raises(Rejected, match="activity_withdrawn"), database.savepoint(session):
            office.correct(number, original)
    with database.transaction(engine) as session:
        assert audit.verify(session).broken_at is None
        changes = session.exec(select(Audit).where(Audit.action == "correct")).one()
        assert changes.before is not None and changes.before["evidence"] == [1, 2]
        assert changes.after is not None and changes.after["evidence"] == [2]


def test_a_cancelled_settlement_survives_a_change_of_line(engine: Engine) -> None:
    """The settlement is kept, and so is its entry: it counts nothing and is not shown."""
    prepare(engine)
    with database.transaction(engine) as session:
        office = Office(session)
        number = office.register(office.filled(0, [(2, 0), (5, 3)], 3))
        entry = session.exec(select(Entry).where(Entry.quantity == 5)).one()
        office.settle(entry.id or 0, 2, 1)
        take_back(session, session.exec(select(Settlement.id)).one() or 0, office.member, NOW)
        activity = office.correct(number, office.filled(1, [(4, 0)], 3))
        office.check()
        (view,) = with_entries(session, [activity])
        assert [(each.quantity, each.pending) for each in view.entries] == [(4, 0)]
        assert [each.quantity for each in current_form(session, activity).claims] == [4]
        assert session.get_one(Entry, entry.id).quantity == 0
        office.correct(number, office.filled(0, [(1, 0), (3, 3)], 3))
        office.check()
        assert session.get_one(Entry, entry.id).pending == 3


def _photograph(activity_id: int, number: int) -> Evidence:
    return Evidence(
        id=number, activity_id=activity_id, kind=EvidenceKind.PHOTO, received_at=NOW, fetched_at=NOW
    )
