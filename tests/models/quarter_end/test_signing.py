"""A signature keeps what was signed byte for byte, whatever is done afterwards."""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from models.activities.correction import correct, current_form
from models.activities.registration import register
from models.activities.settlement import settle
from models.activities.withdrawal import withdraw
from models.errors import Rejected
from models.operations import migrating
from models.programme.view import programmes, touch
from models.programme_changes.importing import apply, ensure_loaded
from models.programme_changes.rows import stored
from models.progress import progress as standings
from models.progress.snapshot_reading import read, restore
from models.progress.status import UnitStatus
from models.quarter import Quarter
from models.quarter_end import signing
from models.quarter_end.reopening import Reopen, reopen
from models.quarter_end.since_signed import Since, changes_after_signature
from models.quarter_end.snapshot import canonical, digest, snapshot
from models.storage import audit, database
from models.storage import draft as draft_rows
from models.storage.draft import Draft
from models.storage.forms import ActivityForm, ClaimedQuantity, Settling, Withdrawing
from models.tables.activity import Activity, Entry
from models.tables.chat.draft import DraftKind
from models.tables.evidence import Evidence, EvidenceKind
from models.tables.people import Membership, Person, Role
from models.tables.programme import Adjustment, Programme
from models.tables.signature import Signature
from models.tables.statement import Observation, Presentation
from tests.support.database.first_quarter_rows import store_first_quarter
from tests.support.database.signed_quarter import known, signed, unit_of

DIRECTOR, PLANNING = 1, 2
T1, T2 = Quarter(2024, 1), Quarter(2024, 2)
BEGUN = datetime(2024, 1, 8, 15, tzinfo=UTC)
SIGNED_AT = datetime(2024, 4, 2, 15, tzinfo=UTC)
LATER = datetime(2024, 4, 10, 15, tzinfo=UTC)
TODAY = LATER.date()


def prepare(engine: Engine) -> Engine:
    migrating.migrate(engine)
    with database.transaction(engine) as session:
        ensure_loaded(session, None, BEGUN)
        unit_id = unit_of(session).id
        for number, role, unit in ((DIRECTOR, Role.DIRECTOR, unit_id), (PLANNING, Role.PLANNING, None)):
            session.add(Person(id=number, name=role.value, telegram_id=number, joined_at=BEGUN))
            session.flush()
            session.add(Membership(person_id=number, role=role, unit_id=unit, granted_at=BEGUN))
        store_first_quarter(session)
        session.flush()
        mine = select(Activity.id).where(Activity.unit_id == unit_id).order_by(col(Activity.id))
        for place, activity_id in enumerate(session.exec(mine).all()):
            session.add(_photograph(activity_id or 0, f"{place:064x}" if place % 2 else None))
    return engine


def _photograph(activity_id: int, sha256: str | None) -> Evidence:
    return Evidence(activity_id=activity_id, kind=EvidenceKind.PHOTO, sha256=sha256, received_at=BEGUN)


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = prepare(database.connect(f"sqlite:///{tmp_path_factory.mktemp('signing') / 'avance.db'}"))
    yield engine
    engine.dispose()


def draft(session: Session, kind: DraftKind, now: datetime = LATER) -> Draft:
    begun = Draft(PLANNING, PLANNING, kind, said_at=now, touched_at=now)
    draft_rows.store(session, begun)
    return begun


def reopened(session: Session, quarter: Quarter = T1, now: datetime = LATER) -> None:
    until = now.date() + timedelta(days=20)
    wanted = Reopen(unit_id=unit_of(session).id, quarter=quarter.key, reason="Faltó algo", until=until)
    reopen(session, draft(session, DraftKind.REOPENING, now), wanted, known(session, PLANNING), now)


def stood(session: Session, quarter: Quarter = T1, today: date = TODAY) -> UnitStatus:
    programme = programmes(session).years[2024]
    return standings.progress(session, programme, quarter, today, unit_of(session)).units[0]


class Afterwards:
    """Everything that can happen to a quarter after it was signed; a number chooses the object."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.planning = known(session, PLANNING)

    def activity(self, which: int) -> Activity:
        mine = select(Activity).where(Activity.unit_id == unit_of(self.session).id).order_by(col(Activity.id))
        found = self.session.exec(mine).all()
        return found[which % len(found)]

    def register(self, which: int) -> None:
        line = unit_of(self.session).lines[which % 3]
        claims = (ClaimedQuantity(target_id=line.targets[0].id, quantity=1 + which),)
        day = date(2024, 3, 1) + timedelta(days=which)
        filled = ActivityForm(
            unit_id=line.unit_id, line_id=line.id, claims=claims, starts_on=day, ends_on=day, narrative="Más."
        )
        begun = draft(self.session, DraftKind.ACTIVITY)
        register(self.session, begun, filled, self.planning, TODAY, LATER)

    def correct(self, which: int) -> None:
        activity = self.activity(which)
        filled = current_form(self.session, activity)
        claims = tuple(each.model_copy(update={"quantity": each.quantity + 1}) for each in filled.claims)
        changed = filled.model_copy(update={"claims": claims, "narrative": f"{filled.narrative} ({which})"})
        begun = draft(self.session, DraftKind.CORRECTION)
        correct(self.session, begun, changed, self.planning, TODAY, LATER)

    def withdraw(self, which: int) -> None:
        activity = self.activity(which)
        wanted = Withdrawing(activity_id=activity.id or 0, version=activity.version, reason="Duplicada")
        withdraw(self.session, draft(self.session, DraftKind.WITHDRAWAL), wanted, self.planning, LATER)

    def settle(self, which: int) -> None:
        entries = self.session.exec(select(Entry).where(Entry.pending > 0).order_by(col(Entry.id))).all()
        wanted = Settling(
            entry_id=entries[which % len(entries)].id or 0, quantity=1, counts_on=date(2024, 3, 31)
        )
        begun = draft(self.session, DraftKind.SETTLEMENT)
        settle(self.session, begun, wanted, self.planning, TODAY, LATER)

    def adjust(self, which: int) -> None:
        """Of a day within the quarter."""
        target = unit_of(self.session).lines[which % 3].targets[0]
        amount, day = target.terms[0].amount + 1 + which, date(2024, 2, 1)
        self.session.add(
            Adjustment(target_id=target.id, adjusted_on=day, amount=amount, reason="x", made_at=LATER)
        )
        self.session.flush()
        touch(self.session, self.session.exec(select(Programme)).one())

    def rename(self, which: int) -> None:
        file = stored(self.session, 2024)
        assert file is not None
        units = []
        for unit in file.units:
            lines = tuple(line.model_copy(update={"title": f"Otra {which}"}) for line in unit.lines)
            changed = {"lines": lines, "name": f"Dirección {which}", "objective": f"Otro {which}"}
            units.append(unit.model_copy(update=changed) if unit.key == "juridica" else unit)
        apply(self.session, file.model_copy(update={"units": tuple(units)}), now=LATER, actor="command line")

    def fetch(self, which: int) -> None:
        for each in self.session.exec(select(Evidence).where(col(Evidence.sha256).is_(None))).all():
            each.sha256, each.copy_sha256 = f"{which:064x}", f"{which:064x}"
        self.session.flush()

    def state(self, which: int) -> None:
        unit, when = unit_of(self.session), {"year": 2024, "quarter": 1}
        line = unit.lines[which % len(unit.lines)]
        self.session.add(Observation(line_id=line.id, text=f"Otra {which}", said_at=LATER, **when))
        self.session.add(Presentation(unit_id=unit.id, text=f"Otra {which}", said_at=LATER, **when))
        self.session.flush()

    def do(self, what: str, which: int) -> None:
        """Refused where the quarter is signed, or an earlier deed took it away."""
        with suppress(Rejected), database.savepoint(self.session):
            getattr(self, what)(which)


EDITS = ("register", "correct", "withdraw", "settle", "adjust", "rename", "fetch", "state")
sequences = st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 9)), min_size=1, max_size=8)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(sequences, st.booleans())
def test_a_signed_snapshot_never_changes(
    sqlite: Engine, sequence: list[tuple[str, int]], with_reopening: bool
) -> None:
    with Session(sqlite) as session:
        signature = signed(session, DIRECTOR, unit_of(session), T1, SIGNED_AT)
        kept, sha256, figures = signature.snapshot, signature.sha256, stood(session)
        if with_reopening:
            reopened(session)
        afterwards = Afterwards(session)
        for what, which in sequence:
            afterwards.do(what, which)
        row = session.execute(text("SELECT snapshot, sha256 FROM signature")).one()
        assert row == (kept, sha256) and digest(row.snapshot) == sha256
        if not with_reopening:
            now = stood(session)
            assert (now.lines, now.exact, now.unit) == (figures.lines, figures.exact, figures.unit)
        session.rollback()


@pytest.mark.parametrize("what", EDITS)
def test_each_of_the_changes_would_alter_an_unsigned_snapshot(sqlite: Engine, what: str) -> None:
    """Otherwise the test above would hold for nothing."""
    with Session(sqlite) as session:
        unit = unit_of(session)
        first = signed(session, DIRECTOR, unit, T1, SIGNED_AT)
        reopened(session)
        getattr(Afterwards(session), what)(0)
        again = snapshot(session, programmes(session).years[2024], unit_of(session), T1)
        assert digest(again) != first.sha256
        session.rollback()


def test_the_same_data_give_the_same_bytes_on_both_engines(sqlite: Engine, postgres_url: str) -> None:
    found = []
    postgresql = prepare(database.connect(postgres_url))
    for engine in (sqlite, postgresql):
        with Session(engine) as session:
            programme, unit = programmes(session).years[2024], unit_of(session)
            texts = {snapshot(session, programme, unit, T1) for _ in range(2)}
            found.append(texts)
            session.rollback()
    postgresql.dispose()
    assert found[0] == found[1] and len(found[0]) == 1


def test_a_snapshot_reads_back_as_signed(sqlite: Engine) -> None:
    with Session(sqlite) as session:
        live = stood(session)
        signature = signed(session, DIRECTOR, unit_of(session), T1, SIGNED_AT)
        again = restore(signature.snapshot)
        assert again.lines == tuple(live.lines) and (again.exact, again.signal) == (live.exact, live.signal)
        content = read(signature.snapshot)
        assert canonical(content) == signature.snapshot
        first = content["lines"][0]
        assert (first["exact"], first["shown"], first["signal"]) == ("9/14", "64", "green")
        acuerdos = first["targets"][1]
        assert (acuerdos["programmed"], acuerdos["counted"], acuerdos["pending"]) == ("12", "9", "3")
        quarter = [each for line in content["lines"] for each in line["activities"]]
        mine = session.exec(select(Activity).where(Activity.unit_id == unit_of(session).id)).all()
        assert {each["id"] for each in quarter} == {each.id for each in mine if each.ends_on in T1}
        assert {len(each["evidence"]) for each in quarter} == {1}
        counted = sum(Fraction(each["counted"]) for each in first["origins"])
        assert counted == sum(Fraction(each["counted"]) for each in first["targets"])
        session.rollback()


def test_a_correction_of_an_earlier_quarter_is_noted_beside_the_signed_figure(engine: Engine) -> None:
    """The first quarter is reopened while the second is signed: the second stays as it is."""
    prepare(engine)
    july = datetime(2024, 7, 2, 15, tzinfo=UTC)
    with database.transaction(engine) as session:
        signature = signed(session, DIRECTOR, unit_of(session), T2, july)
        before = stood(session, T2, july.date())
        reopened(session, T1, july)
        Afterwards(session).adjust(0)
        activity = Afterwards(session).activity(0)
        filled = current_form(session, activity)
        claims = tuple(each.model_copy(update={"quantity": each.quantity + 1}) for each in filled.claims)
        begun = draft(session, DraftKind.CORRECTION, july)
        changed = filled.model_copy(update={"claims": claims})
        now = july + timedelta(hours=1)
        correct(session, begun, changed, known(session, PLANNING), july.date(), now)
        after = stood(session, T2, july.date())
        assert (after.exact, after.lines) == (before.exact, before.lines)
        assert after.signed is not None and after.signed.live.exact != after.exact
        changes = changes_after_signature(
            session, after.unit.id, T2, signature.signed_at - timedelta(days=84)
        )
        assert changes == {Since.CORRECTED: 1, Since.ADJUSTED: 1}
        assert changes_after_signature(session, after.unit.id, T2, now) == {}


def test_a_forged_snapshot_is_detected(engine: Engine) -> None:
    prepare(engine)
    with database.transaction(engine) as session:
        number = signed(session, DIRECTOR, unit_of(session), T1, SIGNED_AT).id
    with database.transaction(engine) as session:
        signature = session.get_one(Signature, number)
        assert signing.verify(session, signature) and audit.verify(session).broken_at is None
        content = json.loads(signature.snapshot) | {"presentation": "Otra"}
        signature.snapshot = canonical(content)
        assert not signing.verify(session, signature)
        signature.sha256 = digest(signature.snapshot)
        assert not signing.verify(session, signature)
