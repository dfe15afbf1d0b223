"""Activities given back to their authors."""

from sqlmodel import Session, col, select

from models.activity import Activity
from models.quarter import Quarter
from models.review import Return


def open_return(session: Session, activity_id: int) -> Return | None:
    """The return of that activity that nobody answered yet."""
    session.flush()
    return session.exec(
        select(Return)
        .where(Return.activity_id == activity_id, col(Return.settled_at).is_(None))
        .order_by(col(Return.id).desc())
        .limit(1)
    ).first()


def open_returns(session: Session, unit_id: int, quarter: Quarter) -> list[Return]:
    """What of the unit's quarter (by the activity's last day) was returned and not answered, oldest first."""
    session.flush()
    return list(
        session.exec(
            select(Return)
            .join(Activity, col(Activity.id) == col(Return.activity_id))
            .where(
                Activity.unit_id == unit_id,
                col(Activity.ends_on).between(quarter.first_day, quarter.last_day),
                col(Activity.withdrawn_at).is_(None),
                col(Return.settled_at).is_(None),
            )
            .order_by(col(Return.id))
        ).all()
    )
