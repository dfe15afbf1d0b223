"""The programme's privacy notice, and who accepted which version of it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.errors import Rejected
from models.programme.view import programmes
from models.storage import audit
from models.tables.people import PrivacyAcceptance

SHORT = 8  # digits of the hash that name a version without a name


@dataclass(frozen=True)
class PrivacyNotice:
    """The notice, its version's name, and its SHA-256, which another word in it changes."""

    text: str
    version: str
    sha256: str


def notice(session: Session) -> PrivacyNotice | None:
    """Return the notice of the newest programme, or None if it has none."""
    programme = programmes(session).newest()
    text = programme.institution.get("privacy_notice") if programme else None
    if programme is None or not text:
        return None
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return PrivacyNotice(text, programme.privacy_version or sha256[:SHORT], sha256)


def note_shown(session: Session, person_id: int, shown: PrivacyNotice, now: datetime) -> PrivacyAcceptance:
    """Store that the person was shown this notice, unless it is stored; return the row."""
    row = session.exec(
        select(PrivacyAcceptance).where(
            PrivacyAcceptance.person_id == person_id, PrivacyAcceptance.notice_sha256 == shown.sha256
        )
    ).first()
    if row is None:
        row = PrivacyAcceptance(
            person_id=person_id, notice_sha256=shown.sha256, version=shown.version, shown_at=now
        )
        session.add(row)
        session.flush()
        said = {"version": shown.version}
        audit.record(session, now, "bot", "show privacy notice", audit.person(person_id), None, said)
    return row


def accept(session: Session, person_id: int, sha256: str, now: datetime) -> PrivacyAcceptance:
    """Store that the person accepts the notice whose hash begins so; audited.

    Raises `Rejected`: "notice_changed" if it is not the present one, "notice_accepted" if they did before.
    """
    present = notice(session)
    if present is None or not present.sha256.startswith(sha256):
        raise Rejected("notice_changed")
    row = note_shown(session, person_id, present, now)
    if row.accepted_at is not None:
        raise Rejected("notice_accepted")
    row.accepted_at = now
    session.flush()
    said = {"version": row.version}
    actor = audit.person(person_id)
    audit.record(session, now, actor, "accept privacy notice", actor, None, said)
    return row


def accepted(session: Session, person_id: int) -> list[PrivacyAcceptance]:
    """Return what the person was shown and accepted, oldest first."""
    query = select(PrivacyAcceptance).where(PrivacyAcceptance.person_id == person_id)
    return list(session.exec(query.order_by(col(PrivacyAcceptance.id))).all())
