"""Checks of the database and the evidence store after kills."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from sqlmodel import Session, col, func, select

from models.evidence.keeping import REPEATED
from models.storage import audit
from models.tables.activity import Activity
from models.tables.chat.draft import DraftKind, DraftRow
from models.tables.chat.inbox import Inbox
from models.tables.chat.outbox import Outbox
from models.tables.evidence import Evidence
from tests.support.persistent_people.work import Sent, Work, key_of
from tests.support.phones.phone import Phone

UNSENT = col(Outbox.sent_at).is_(None) & col(Outbox.dropped_at).is_(None)
# What was said nevertheless: by a later edit, or as a new message where a card tapped meanwhile was deleted.
_SAID_OTHERWISE = ("replaced by a later edit", "refused, and sent in a simpler form")


def check_works(session: Session, works: list[Work]) -> None:
    """Check that exactly the confirmed activities are stored, each once, in its last version."""
    registered = {work.key: work for work in works if work.registered is not None}
    activities = session.exec(select(Activity)).all()
    stored_keys = Counter(key_of(each.narrative) for each in activities)
    assert stored_keys == Counter(list(registered)), (stored_keys, registered)
    for activity in activities:
        work = registered[key_of(activity.narrative)]
        stored = activity.id, activity.version, activity.narrative, activity.withdrawn_at is not None
        known = work.number, work.version, work.narrative, work.voided
        assert stored == known, (stored, known)
    begun = DraftRow.kind == DraftKind.ACTIVITY, col(DraftRow.merged_into).is_(None)
    cancelled = session.exec(select(DraftRow).where(*begun, col(DraftRow.cancelled_at).is_not(None))).all()
    over = (DraftRow.registered_at, DraftRow.cancelled_at, DraftRow.expired_at)
    left_open = session.exec(select(DraftRow).where(*(col(each).is_(None) for each in over))).all()
    left = Counter(key_of(str(each.content["narrative"])) for each in cancelled)
    known_left = Counter(work.key for work in works if work.registered is None or work.given_back)
    assert left == known_left, (left, known_left)
    assert not left_open, left_open


def check_rows(session: Session) -> None:
    """Check that every update was handled, every message sent, and the audit chain is intact."""
    first, last, count, handled = session.exec(
        select(
            func.min(Inbox.update_id),
            func.max(Inbox.update_id),
            func.count(),
            func.count(col(Inbox.handled_at)),
        )
    ).one()
    assert count == handled == last - first + 1, "an update was acknowledged and is in no row, or in vain"
    assert not session.exec(select(Outbox).where(UNSENT)).all()
    failed = col(Outbox.error).is_not(None) & col(Outbox.error).not_in(_SAID_OTHERWISE)
    refused = session.exec(select(Outbox).where(failed)).all()
    assert not refused, [(each.method, each.payload, each.error) for each in refused]
    verdict = audit.verify(session)
    assert verdict.broken_at is None, verdict


def check_log(log: Path) -> None:
    """Check that no exception was logged."""
    text = log.read_text()
    assert "Traceback" not in text, text[text.index("Traceback") - 500 :][:3000]


async def check_sent(rows: list[Evidence], phone: Phone, works: list[Work], store: Path) -> None:
    """Check that each thing a person sent is one row, of the right activity, in an allowed state.

    `rows` are all rows of the person's chat.
    """
    meant = {
        sent.message.id: (0 if work.given_back else work.number, sent) for work in works for sent in work.sent
    }
    meant |= {sent.message.id: (0, sent) for work in works for sent in work.let_go}
    stored, known = Counter(row.message_id or 0 for row in rows), Counter(list(meant))
    assert stored == known, (stored - known, [meant[each] for each in known - stored])
    for row in rows:
        number, sent = meant[row.message_id or 0]
        assert (row.activity_id or 0, row.album) == (number, sent.message.album), (row, number, sent)
        if sent.message.location is None:
            content = sent.content if sent.content is not None else await phone.fetch(sent.message)
            check_state(row, rows, sent, content)
            check_files(row, store)


def check_state(row: Evidence, rows: Iterable[Evidence], sent: Sent, content: bytes) -> None:
    """Check that the file is stored as sent, refused for a valid reason, known to be missing, or due."""
    sha256 = hashlib.sha256(content).hexdigest()
    if row.fetched_at is not None:
        assert (row.sha256, row.bytes) == (sha256, len(content)), row
        assert not sent.program and row.missing_at is None and row.retry_at is None, row
        assert row.reason is None and (row.copy_sha256 is not None) == (row.media_type == "image/jpeg"), row
    elif row.refused_at is not None:
        home = row.activity_id or row.draft_id
        twins = [each for each in rows if (each.activity_id or each.draft_id) == home and each is not row]
        repeated = any(each.fetched_at and each.sha256 == sha256 for each in twins)
        assert (row.reason == REPEATED and repeated) or (row.reason == "program" and sent.program), row
    else:
        assert row.missing_at is not None or row.retry_at is not None, row


def check_files(row: Evidence, store: Path) -> None:
    """Check that the row's files are in the store, with the content of their hash."""
    for sha256 in filter(None, (row.sha256, row.copy_sha256)):
        assert hashlib.sha256((store / sha256[:2] / sha256).read_bytes()).hexdigest() == sha256, row


def orphans(session: Session, store: Path) -> set[str]:
    """Return the names of files in the store that no row names, including partly written ones."""
    named = {*session.exec(select(Evidence.sha256)), *session.exec(select(Evidence.copy_sha256))}
    return {each.name for each in store.rglob("*") if each.is_file()} - {each or "" for each in named}


def unregistered(session: Session) -> list[Evidence]:
    """Return the evidence rows without an activity."""
    return list(session.exec(select(Evidence).where(col(Evidence.activity_id).is_(None))).all())


def evidence_of(session: Session, chat_id: int) -> list[Evidence]:
    return list(session.exec(select(Evidence).where(Evidence.chat_id == chat_id)).all())


def due(session: Session) -> list[Evidence]:
    """Return the evidence rows that are still to be fetched."""
    return list(session.exec(select(Evidence).where(col(Evidence.retry_at).is_not(None))).all())
