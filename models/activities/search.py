"""Looking for activities: by document number, or among the latest by any test of their narrative."""

from collections.abc import Callable, Collection, Sequence

from sqlmodel import Session, col, select

from models.activities.reading import ActivityView, Wanted, find, page
from models.errors import Rejected
from models.rights import Member
from models.tables.activity import Activity, ActivityKind, DocumentNumber

LATEST = 400  # activities that are looked through, from the newest day back


def with_documents(session: Session, numbers: Collection[str], member: Member) -> tuple[list[Activity], bool]:
    """Return the activities that name one of those numbers and that the person may read, newest day first.

    And whether others name one.
    """
    session.flush()
    ids = session.exec(
        select(DocumentNumber.activity_id)
        .join(Activity, col(Activity.id) == col(DocumentNumber.activity_id))
        .where(
            col(DocumentNumber.number).in_(numbers),
            col(Activity.withdrawn_at).is_(None),
            col(Activity.kind) == ActivityKind.ACTIVITY,
        )
        .order_by(col(Activity.ends_on).desc(), col(Activity.id).desc())
        .limit(50)
    ).all()
    found = []
    for activity_id in dict.fromkeys(ids):
        try:
            found.append(find(session, activity_id, member))
        except Rejected:
            continue
    return found, len(found) < len(set(ids))


def best(
    session: Session, wanted: Wanted, score: Callable[[ActivityView], int], most: int
) -> Sequence[ActivityView]:
    """Return the activities of the highest score above nothing, newest day first, at most so many."""
    views = [each for each in page(session, wanted, 0, LATEST) if each.activity.withdrawn_at is None]
    scores = {each.activity.id: score(each) for each in views}
    highest = max(scores.values(), default=0)
    return [each for each in views if highest and scores[each.activity.id] == highest][:most]
