"""The pictures of a unit's quarter for the report: which are shown, in which order, with which captions.

What nobody decided is decided here: pictures that are too dark, too small, or nearly the same as one before
them are left out. What somebody decides is stored as a new row, so that earlier decisions are kept; each is
audited. Functions that store raise `Rejected`, and nothing is changed then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models.activities.reading import find_correctable
from models.calendar import closing
from models.errors import Rejected
from models.evidence.look import LeftOutPicture, alike, unfit
from models.quarter import Quarter
from models.rights import Member
from models.storage import audit
from models.tables.activity import Activity
from models.tables.evidence import Evidence, EvidenceKind
from models.tables.picture import PictureChoice, PictureOrder

LONGEST_CAPTION = 400  # characters


@dataclass(frozen=True)
class ReportPicture:
    """A picture of an activity. `like`: the activity of the picture that it resembles.

    `sent_caption` came with it, `caption` is what somebody wrote for the report.
    """

    evidence_id: int
    activity_id: int
    line_id: int
    kind: EvidenceKind
    copy_sha256: str
    shown: bool
    reason: LeftOutPicture | None
    like: int | None
    caption: str | None
    sent_caption: str | None


def of_activities(session: Session, activity_ids: Sequence[int]) -> list[ReportPicture]:
    """Return the pictures of activities in the report's order: by line, in it as chosen, else by day.

    `activity_ids` are a unit's activities of one quarter, all of them, so that what is there twice is found.
    """
    found = _stored(session, activity_ids)
    chosen = _choices(session, [piece.id or 0 for piece, _ in found])
    order = _order(session, {(activity.line_id, Quarter.of(activity.ends_on)) for _, activity in found})
    found.sort(key=lambda each: (each[1].line_id, order.get(each[0].id or 0, len(order))))
    before: list[Evidence] = []
    pictures = []
    for piece, activity in found:
        choice = chosen.get(piece.id or 0)
        picture = _decided(piece, activity, choice, before)
        if picture.shown:
            before.append(piece)
        pictures.append(picture)
    return pictures


def is_picture(kind: str, media_type: str | None) -> bool:
    """Return whether evidence is a picture that reports can show: a photo, or an image sent as a file."""
    return kind == EvidenceKind.PHOTO or (
        kind == EvidenceKind.DOCUMENT and (media_type or "").startswith("image/")
    )


def _stored(session: Session, activity_ids: Sequence[int]) -> list[tuple[Evidence, Activity]]:
    session.flush()
    rows = session.exec(
        select(Evidence, Activity)
        .join(Activity, col(Activity.id) == col(Evidence.activity_id))
        .where(
            col(Evidence.activity_id).in_(activity_ids),
            col(Evidence.copy_sha256).is_not(None),
            col(Evidence.removed_at).is_(None),
            col(Evidence.refused_at).is_(None),
        )
        .order_by(col(Activity.line_id), col(Activity.ends_on), col(Activity.id), col(Evidence.id))
    ).all()
    return [(piece, owner) for piece, owner in rows if is_picture(piece.kind, piece.media_type)]


def _choices(session: Session, evidence_ids: Sequence[int]) -> dict[int, PictureChoice]:
    rows = session.exec(
        select(PictureChoice)
        .where(col(PictureChoice.evidence_id).in_(evidence_ids))
        .order_by(col(PictureChoice.id))
    ).all()
    return {row.evidence_id: row for row in rows}


def _order(session: Session, lines: Iterable[tuple[int, Quarter]]) -> dict[int, int]:
    """Return the places of pictures that somebody put into an order."""
    places: dict[int, int] = {}
    for line_id, quarter in sorted(lines, key=lambda each: (each[0], each[1].key)):
        row = session.exec(
            select(PictureOrder)
            .where(
                PictureOrder.line_id == line_id,
                PictureOrder.year == quarter.year,
                PictureOrder.quarter == quarter.number,
            )
            .order_by(col(PictureOrder.id).desc())
            .limit(1)
        ).first()
        for evidence_id in row.pictures if row else ():
            places[int(evidence_id)] = len(places)
    return places


def _decided(
    piece: Evidence, activity: Activity, choice: PictureChoice | None, before: Sequence[Evidence]
) -> ReportPicture:
    reason = unfit(piece.width, piece.height, piece.brightness)
    twin = None if reason else next((each for each in before if _repeats(each, piece)), None)
    if twin is not None:
        reason = LeftOutPicture.REPEATED
    if choice is not None and choice.shown is not None:
        reason = None if choice.shown else LeftOutPicture.CHOSEN
    assert piece.copy_sha256 is not None
    return ReportPicture(
        evidence_id=piece.id or 0,
        activity_id=activity.id or 0,
        line_id=activity.line_id,
        kind=piece.kind,
        copy_sha256=piece.copy_sha256,
        shown=reason is None,
        reason=reason,
        like=twin.activity_id if twin is not None and reason is LeftOutPicture.REPEATED else None,
        caption=choice.caption if choice is not None else None,
        sent_caption=piece.caption,
    )


def _repeats(one: Evidence, other: Evidence) -> bool:
    """Return whether two pictures show nearly the same; the same file is evidence of two activities."""
    scans = EvidenceKind.DOCUMENT in (one.kind, other.kind)
    return one.kind == other.kind and alike(one.likeness, other.likeness, scans)


def show(session: Session, evidence_id: int, shown: bool, member: Member, now: datetime) -> None:
    """Have the report show a picture, or not; see `changeable`."""
    piece, _ = changeable(session, evidence_id, member)
    before = _choices(session, [evidence_id]).get(evidence_id)
    _choose(session, piece, before, now, member, shown=shown, caption=before.caption if before else None)


def caption(
    session: Session, evidence_ids: Sequence[int], text: str | None, member: Member, now: datetime
) -> None:
    """Give pictures that caption, or None for the one that is made; see `changeable`.

    Also raises `Rejected`: "caption_too_long", "statement_unreadable".
    """
    said = " ".join((text or "").split())
    check_caption(said)
    for evidence_id in evidence_ids:
        piece, _ = changeable(session, evidence_id, member)
        before = _choices(session, [evidence_id]).get(evidence_id)
        _choose(session, piece, before, now, member, before.shown if before else None, said or None)


def check_caption(said: str) -> None:
    """Raise `Rejected` for a caption that is too long, or no text."""
    if len(said) > LONGEST_CAPTION:
        raise Rejected("statement_too_long", length=len(said), limit=LONGEST_CAPTION)
    if said and sum(each.isalnum() for each in said) < 3:
        raise Rejected("statement_unreadable")


def arrange(session: Session, moved: int, order: Sequence[int], member: Member, now: datetime) -> None:
    """Store the order of all pictures of a line's quarter, after one of them moved; see `changeable`."""
    _, activity = changeable(session, moved, member)
    line_id, quarter = activity.line_id, Quarter.of(activity.ends_on)
    session.add(
        PictureOrder(
            line_id=line_id,
            year=quarter.year,
            quarter=quarter.number,
            pictures=list(order),
            said_by=member.person_id,
            said_at=now,
        )
    )
    session.flush()
    after = {"quarter": quarter.key, "pictures": list(order)}
    actor = audit.person(member.person_id)
    audit.record(session, now, actor, "arrange pictures", f"line:{line_id}", None, after)


def changeable(session: Session, evidence_id: int, member: Member) -> tuple[Evidence, Activity]:
    """Return a picture and its activity, if the person may correct that, and its quarter is not signed.

    Raises `Rejected`: "stale_button", as `find_correctable`, and "quarter_signed".
    """
    piece = session.get(Evidence, evidence_id)
    if piece is None or piece.activity_id is None or piece.removed_at or not piece.copy_sha256:
        raise Rejected("stale_button")
    activity = find_correctable(session, piece.activity_id, member)
    closing.check_unsigned(session, activity.unit_id, Quarter.of(activity.ends_on))
    return piece, activity


def _choose(
    session: Session,
    piece: Evidence,
    before: PictureChoice | None,
    now: datetime,
    member: Member,
    shown: bool | None,
    caption: str | None,
) -> None:
    wanted: dict[str, Any] = {"shown": shown, "caption": caption}
    earlier = {name: getattr(before, name) for name in wanted} if before else dict.fromkeys(wanted)
    if wanted == earlier:
        return
    session.add(PictureChoice(evidence_id=piece.id or 0, said_by=member.person_id, said_at=now, **wanted))
    session.flush()
    actor = audit.person(member.person_id)
    audit.record(session, now, actor, "choose picture", f"evidence:{piece.id}", earlier, wanted)
