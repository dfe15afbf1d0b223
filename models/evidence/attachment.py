"""Evidence sent with messages, of a draft or of the activity that the draft became."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, update
from sqlmodel import Session, SQLModel, col

from models.bounds import FILES
from models.calendar import closing
from models.errors import Rejected
from models.quarter import Quarter
from models.rights import Action, Member
from models.storage import audit, bot_account
from models.storage.unit_of_work import Left, work_of
from models.tables.activity import Activity
from models.tables.evidence import Evidence, EvidenceKind

LARGEST = 20 * 1024 * 1024  # bytes that Telegram lets a bot fetch


_STANDING = col(Evidence.removed_at).is_(None), col(Evidence.refused_at).is_(None)


@dataclass(frozen=True)
class Attachment:
    """A file stored at Telegram (`file_id`), or a location. `bytes` is its size by Telegram, if known."""

    kind: EvidenceKind
    file_id: str | None = None
    name: str | None = None
    media_type: str | None = None
    bytes: int | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Sent:
    """The message that brought an attachment, and its sender."""

    chat_id: int
    message_id: int
    album: str | None
    caption: str | None
    person_id: int


def check_room(
    session: Session, more: int, *, draft_id: int | None = None, activity_id: int | None = None
) -> None:
    """Raise `Rejected("no_room")` if a card or activity would have more files than `FILES`."""
    mine = (
        col(Evidence.draft_id) == draft_id
        if activity_id is None
        else col(Evidence.activity_id) == activity_id
    )
    session.flush()
    there = session.execute(
        select(func.count()).select_from(
            select(col(Evidence.id)).where(mine, *_STANDING).limit(FILES).subquery()
        )
    ).scalar_one()
    if there + more > FILES:
        raise Rejected("no_room", limit=FILES, card=f"a{activity_id}" if activity_id else f"d{draft_id}")


def attach(
    session: Session,
    attachment: Attachment,
    sent: Sent,
    now: datetime,
    *,
    draft_id: int | None = None,
    activity_id: int | None = None,
) -> None:
    """Store evidence; its file is fetched as soon as the transaction is committed.

    Raises `Rejected("no_room")`.
    """
    check_room(session, 1, draft_id=draft_id, activity_id=activity_id)
    session.add(
        Evidence(
            draft_id=draft_id,
            activity_id=activity_id,
            added_by=sent.person_id,
            chat_id=sent.chat_id,
            message_id=sent.message_id,
            album=sent.album,
            caption=sent.caption,
            received_at=now,
            retry_at=now if attachment.file_id else None,
            **vars(attachment),
        )
    )
    session.flush()
    work_of(session).left.add(Left.EVIDENCE)


@dataclass(frozen=True)
class Gathered:
    """How many pieces there are of each kind, and how many could not be fetched so far."""

    counts: Counter[EvidenceKind]
    missing: int = 0

    def __bool__(self) -> bool:
        return bool(self.counts)


NOTHING = Gathered(Counter())


def check_captures(session: Session, activity_id: int, member: Member) -> Activity:
    """Return the activity if it is not withdrawn and the person may capture in its unit.

    Raises `Rejected`: "activity_unknown", "not_allowed", "activity_withdrawn".
    """
    activity = session.get(Activity, activity_id)
    if activity is None:
        raise Rejected("activity_unknown")
    member.require(Action.CAPTURE, activity.unit_id)
    if activity.withdrawn_at is not None:
        raise Rejected("activity_withdrawn")
    return activity


def check_changeable(session: Session, activity_id: int, member: Member) -> Activity:
    """Return the activity if its evidence may be changed, in whatever way.

    A closed quarter that is not signed still accepts evidence, which changes no figure. Raises `Rejected` as
    `check_captures`, and "quarter_signed".
    """
    activity = check_captures(session, activity_id, member)
    closing.check_unsigned(session, activity.unit_id, Quarter.of(activity.ends_on))
    return activity


def attach_to_activity(
    session: Session, activity_id: int, attachment: Attachment, sent: Sent, member: Member, now: datetime
) -> Activity:
    """Store evidence of a registered activity, by anybody who may capture in its unit; audited."""
    activity = check_changeable(session, activity_id, member)
    attach(session, attachment, sent, now, draft_id=activity.draft_id, activity_id=activity_id)
    after = {"kind": attachment.kind, "message": sent.message_id}
    actor = audit.person(member.person_id)
    audit.record(session, now, actor, "add evidence", f"activity:{activity_id}", None, after)
    return activity


def give_to_activity(
    session: Session, draft_id: int, activity: Activity, member: Member, now: datetime
) -> Gathered:
    """Move the files of a draft to a registered activity; audited. Returns them.

    Raises `Rejected` as `check_changeable`, and "no_room" if they do not fit.
    """
    number = activity.id or 0
    check_changeable(session, number, member)
    given = gathered(session, draft_id=draft_id)
    check_room(session, given.counts.total(), draft_id=activity.draft_id, activity_id=number)
    move(session, draft_id, activity.draft_id or draft_id, number)
    actor = audit.person(member.person_id)
    after = {"pieces": given.counts.total()}
    audit.record(session, now, actor, "add evidence", f"activity:{number}", None, after)
    return given


def move_to_activity(session: Session, draft_id: int, activity_id: int) -> None:
    """Move the evidence of a registered draft to its activity."""
    session.execute(
        update(Evidence).where(col(Evidence.draft_id) == draft_id).values(activity_id=activity_id)
    )


def move(session: Session, from_draft: int, to_draft: int, activity_id: int | None = None) -> None:
    """Move the evidence of a draft to the one it was merged into."""
    values = {"draft_id": to_draft, "activity_id": activity_id}
    session.execute(update(Evidence).where(col(Evidence.draft_id) == from_draft).values(**values))


def take_out(session: Session, piece: Evidence, to_draft: int, member: Member, now: datetime) -> None:
    """Move a file, with the others of its album in the same place, to another draft.

    Audited if it was evidence of a registered activity; see `check_changeable`.
    """
    same = col(Evidence.id) == piece.id
    if piece.album is not None:
        same = (col(Evidence.chat_id) == piece.chat_id) & (col(Evidence.album) == piece.album)
    here = same & (col(Evidence.draft_id) == piece.draft_id)
    numbers = list(session.scalars(select(col(Evidence.id)).where(here).order_by(col(Evidence.id))))
    activity_id = piece.activity_id
    session.execute(update(Evidence).where(here).values(draft_id=to_draft, activity_id=None))
    if activity_id is not None:
        actor = audit.person(member.person_id)
        before = {"evidence": numbers}
        audit.record(session, now, actor, "take out evidence", f"activity:{activity_id}", before, None)


def take_back(session: Session, activity_id: int, to_draft: int, member: Member, now: datetime) -> None:
    """Move the files of an activity that was undone to the draft that takes its place; audited."""
    mine = col(Evidence.activity_id) == activity_id
    session.flush()
    numbers = list(session.scalars(select(col(Evidence.id)).where(mine).order_by(col(Evidence.id))))
    if numbers:
        session.execute(update(Evidence).where(mine).values(draft_id=to_draft, activity_id=None))
        actor, before = audit.person(member.person_id), {"evidence": numbers}
        audit.record(session, now, actor, "take out evidence", f"activity:{activity_id}", before, None)


def remove(session: Session, evidence_id: int, draft_id: int, member: Member, now: datetime) -> None:
    """Remove a piece from an unregistered draft. Raises `Rejected("stale_button")` if it is gone."""
    piece = session.get(Evidence, evidence_id)
    if piece is None or piece.draft_id != draft_id or piece.removed_at is not None:
        raise Rejected("stale_button")
    piece.removed_at, piece.removed_by = now, member.person_id
    session.flush()


_TABLE = SQLModel.metadata.tables["evidence"]
_STANDS = _TABLE.c.removed_at.is_(None) & _TABLE.c.refused_at.is_(None)
_COUNTS = select(_TABLE.c.kind, func.count(), func.count(_TABLE.c.missing_at).label("missing")).group_by(
    _TABLE.c.kind
)
_OF_DRAFT = _COUNTS.where(_STANDS, _TABLE.c.draft_id == bindparam("owner"))
_OF_ACTIVITY = _COUNTS.where(_STANDS, _TABLE.c.activity_id == bindparam("owner"))


def gathered(session: Session, *, draft_id: int | None = None, activity_id: int | None = None) -> Gathered:
    """Return the counts of evidence of a draft or an activity."""
    statement, owner = (_OF_DRAFT, draft_id) if activity_id is None else (_OF_ACTIVITY, activity_id)
    session.flush()
    rows = session.connection().execute(statement, {"owner": owner}).all()
    counts = Counter({EvidenceKind(kind): number for kind, number, _ in rows})
    return Gathered(counts, sum(missing for _, _, missing in rows))


def pieces(
    session: Session, *, draft_id: int | None = None, activity_id: int | None = None
) -> Sequence[Evidence]:
    """Return the evidence of a draft or an activity, in order of arrival, without removed pieces."""
    if activity_id is None:
        mine = col(Evidence.draft_id) == draft_id
    else:
        mine = col(Evidence.activity_id) == activity_id
    return session.scalars(select(Evidence).where(mine, *_STANDING).order_by(col(Evidence.id))).all()


def received(session: Session, activity_id: int) -> Sequence[Evidence]:
    """Return an activity's evidence in order of arrival, with refused files, without removed ones."""
    return session.scalars(
        select(Evidence)
        .where(col(Evidence.activity_id) == activity_id, col(Evidence.removed_at).is_(None))
        .order_by(col(Evidence.id))
    ).all()


def find(session: Session, evidence_id: int) -> Evidence | None:
    """Return the piece of evidence with that number, or None."""
    return session.get(Evidence, evidence_id)


def of_message(session: Session, chat_id: int, message_id: int) -> Evidence | None:
    """Return the evidence that a message brought, or None."""
    return session.scalars(
        select(Evidence)
        .where(
            col(Evidence.chat_id) == chat_id,
            col(Evidence.message_id) == message_id,
            col(Evidence.received_at) >= bot_account.since(session),
        )
        .limit(1)
    ).first()


def newest_of_albums(session: Session, draft_id: int, albums: Collection[str]) -> int | None:
    """Return the number of the last message of those albums that joined the draft, or None."""
    return session.scalars(
        select(func.max(Evidence.message_id)).where(
            col(Evidence.draft_id) == draft_id, col(Evidence.album).in_(albums)
        )
    ).first()


def of_album(session: Session, chat_id: int, album: str) -> Evidence | None:
    """Return the first piece of that album, or None."""
    return session.scalars(
        select(Evidence)
        .where(col(Evidence.chat_id) == chat_id, col(Evidence.album) == album)
        .order_by(col(Evidence.id))
        .limit(1)
    ).first()


def refused_of(session: Session, draft_id: int) -> Evidence | None:
    """Return a refused file of the draft, or None."""
    query = select(Evidence).where(col(Evidence.draft_id) == draft_id, col(Evidence.refused_at).is_not(None))
    return session.execute(query.limit(1)).scalars().first()
