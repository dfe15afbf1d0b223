"""The states of a row of evidence, on both engines."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from bot.settings import BUNDLED_PROGRAMME
from models.evidence.keeping import GIVEN_UP_AFTER, WAITS, ask_again, due, end
from models.evidence.outcome import Failed, Kept, News, OutcomeKind, Refused
from models.operations.retention import unnamed
from models.programme_changes.importing import ensure_loaded
from models.storage import database
from models.tables.activity import Activity
from models.tables.audit import Audit
from models.tables.chat.draft import DraftRow
from models.tables.evidence import Evidence, EvidenceKind
from models.tables.people import Person
from tests.support.database import registered_activities
from tests.support.phones.stage import MORNING

KEPT = Kept("a" * 64, 10, "application/pdf")


@pytest.fixture
def with_draft(engine: Engine) -> Engine:
    """A programme, one person (1) and their open draft (1)."""
    with database.transaction(engine) as session:
        ensure_loaded(session, Path(BUNDLED_PROGRAMME), MORNING)
        session.add(Person(name="Ana", telegram_id=101, joined_at=MORNING))
        session.flush()
    new_draft(engine)
    return engine


def new_draft(engine: Engine, **content: Any) -> int:
    with database.transaction(engine) as session:
        begun = DraftRow(
            person_id=1, chat_id=101, step="card", content=content, said_at=MORNING, touched_at=MORNING
        )
        session.add(begun)
        session.flush()
        return begun.id or 0


def attach(engine: Engine, draft_id: int | None = 1, **given: Any) -> int:
    given = {"file_id": "F", "retry_at": MORNING, "kind": EvidenceKind.DOCUMENT, **given}
    with database.transaction(engine) as session:
        piece = Evidence(draft_id=draft_id, chat_id=101, added_by=1, received_at=MORNING, **given)
        session.add(piece)
        session.flush()
        return piece.id or 0


def row(session: Session, number: int) -> Evidence:
    found = session.get(Evidence, number)
    assert found is not None
    return found


def test_due_files_come_in_order_without_those_being_fetched(with_draft: Engine) -> None:
    later, first = attach(with_draft, retry_at=MORNING + timedelta(seconds=1)), attach(with_draft)
    attach(with_draft, retry_at=MORNING + timedelta(hours=1), attempts=5)
    attach(with_draft, retry_at=None)
    attach(with_draft, removed_at=MORNING)
    with database.transaction(with_draft) as session:
        now = MORNING + timedelta(minutes=1)
        assert [each.evidence_id for each in due(session, now, [], 5)] == [first, later]
        assert [each.evidence_id for each in due(session, now, [first], 5)] == [later]
        assert [each.evidence_id for each in due(session, now, [], 1)] == [first]


@pytest.mark.parametrize(("attempts", "hours"), [(0, 2), (3, 2), (6, 48), (9, 48)])
def test_a_file_due_later_than_its_wait_allows_is_due_now(
    with_draft: Engine, attempts: int, hours: int
) -> None:
    """It was put off while the clock was ahead."""
    number = attach(with_draft, retry_at=MORNING + timedelta(hours=hours), attempts=attempts)
    with database.transaction(with_draft) as session:
        assert [each.evidence_id for each in due(session, MORNING, [], 5)] == [number]


def test_waits_grow_and_after_fourteen_days_only_a_request_retries(with_draft: Engine) -> None:
    number, now, told, waited = attach(with_draft), MORNING, [], []
    with database.transaction(with_draft) as session:
        while (retry_at := row(session, number).retry_at) is not None:
            now = retry_at
            news = end(session, number, Failed(), now)
            told += [news.what] if isinstance(news, News) else []
            if (next_at := row(session, number).retry_at) is not None:
                waited.append(next_at - now)
        assert told == [OutcomeKind.MISSING, OutcomeKind.GIVEN_UP]
        assert [each // timedelta(seconds=5) for each in waited[:7]] == [
            each // timedelta(seconds=5) for each in WAITS
        ]
        assert set(waited[6:]) == {timedelta(days=1)}
        assert now - MORNING >= GIVEN_UP_AFTER
        ask_again(session, number, now)
        assert [each.evidence_id for each in due(session, now, [], 5)] == [number]
        news = end(session, number, KEPT, now)
        assert isinstance(news, News) and news.what is OutcomeKind.ARRIVED
    with database.transaction(with_draft) as session:
        said = select(Audit.action).where(Audit.subject == f"evidence:{number}").order_by(col(Audit.seq))
        actions = session.exec(said).all()
        assert list(actions) == ["miss evidence", "give up evidence", "keep evidence"]


def test_failures_not_caused_by_the_file_are_not_counted(with_draft: Engine) -> None:
    number = attach(with_draft)
    with database.transaction(with_draft) as session:
        for _ in range(20):
            assert end(session, number, Failed(MORNING + timedelta(hours=1)), MORNING) is None
        found = row(session, number)
        assert (found.attempts, found.missing_at) == (0, None)
        assert found.retry_at == MORNING + timedelta(hours=1)


def test_the_card_is_updated_only_if_it_changes(with_draft: Engine) -> None:
    def card_due(session: Session) -> bool:
        begun = session.get(DraftRow, 1)
        assert begun is not None
        session.refresh(begun)
        asked = begun.card_due_at is not None
        begun.card_due_at = None
        session.flush()
        return asked

    numbers = [attach(with_draft) for _ in range(3)]
    with database.transaction(with_draft) as session:
        end(session, numbers[0], KEPT, MORNING)
        assert not card_due(session)
        end(session, numbers[1], KEPT, MORNING)
        assert card_due(session)  # repeated
        end(session, numbers[2], Refused("program"), MORNING)
        assert card_due(session)


def test_a_removed_or_refused_file_makes_no_other_repeated(with_draft: Engine) -> None:
    first, second = attach(with_draft), attach(with_draft)
    with database.transaction(with_draft) as session:
        end(session, first, KEPT, MORNING)
        row(session, first).removed_at = MORNING
        session.flush()
        assert end(session, second, KEPT, MORNING) is None
        assert row(session, second).refused_at is None


def test_the_same_content_in_another_activity_of_the_unit_is_reported(with_draft: Engine) -> None:
    ours = registered_activities.store(with_draft, "juridica")
    others = registered_activities.store(with_draft, "sistemas")
    unit_id = registered_activities.line_of(with_draft, "juridica", 2).unit_id
    for number in (ours, others):
        attach(with_draft, None, activity_id=number, sha256=KEPT.sha256, fetched_at=MORNING, retry_at=None)
    ours_again = attach(with_draft, new_draft(with_draft, unit_id=unit_id))
    of_withdrawn = attach(with_draft, new_draft(with_draft, unit_id=unit_id))
    of_nobody = attach(with_draft, new_draft(with_draft))
    corrected = attach(with_draft, new_draft(with_draft, unit_id=unit_id, activity_id=ours))
    with database.transaction(with_draft) as session:
        news = end(session, ours_again, KEPT, MORNING)
        assert isinstance(news, News) and (news.what, news.other_id) == (OutcomeKind.ELSEWHERE, ours)
        assert end(session, of_nobody, KEPT, MORNING) is None
        repeated = end(session, corrected, KEPT, MORNING)
        assert isinstance(repeated, News) and repeated.what is OutcomeKind.REPEATED
        activity = session.get(Activity, ours)
        assert activity is not None
        activity.withdrawn_at = MORNING
        session.flush()
        assert end(session, of_withdrawn, KEPT, MORNING) is None


def test_the_sender_is_not_told_about_cancelled_drafts(with_draft: Engine) -> None:
    number = attach(with_draft)
    with database.transaction(with_draft) as session:
        begun = session.get(DraftRow, 1)
        assert begun is not None
        begun.cancelled_at = MORNING
        session.flush()
        assert end(session, number, Refused("program"), MORNING) is None
        assert row(session, number).refused_at == MORNING


def test_a_deleted_row_is_not_reported(with_draft: Engine) -> None:
    with database.transaction(with_draft) as session:
        assert end(session, 99, KEPT, MORNING) is None


def test_files_named_by_a_row_are_known(with_draft: Engine) -> None:
    hashes = [f"{number:064x}" for number in range(1200)]
    attach(with_draft, sha256=hashes[3], copy_sha256=hashes[1100])
    attach(with_draft, sha256=hashes[700], removed_at=MORNING)
    with database.transaction(with_draft) as session:
        assert set(hashes) - unnamed(session, hashes) == {hashes[3], hashes[700], hashes[1100]}
        assert session.exec(select(Evidence).where(col(Evidence.sha256) == hashes[3])).one()
