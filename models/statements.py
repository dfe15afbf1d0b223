"""What stands of a unit's statements on its quarter: standstills, observations, the presentation.

Of each the newest row holds and the earlier ones are kept; an empty text takes a statement back.
"""

from typing import TypeVar

from sqlmodel import Session, col, select

from models.quarter import Quarter
from models.statement import Observation, Presentation, Standstill

OfLine = TypeVar("OfLine", Standstill, Observation)


def standstill(session: Session, line_id: int, quarter: Quarter) -> Standstill | None:
    """Why nothing moved on the line in that quarter, where that was said and not taken back."""
    found = _newest(session, Standstill, [line_id], quarter).get(line_id)
    return found if found and found.reason else None


def standstills(session: Session, line_ids: list[int], quarter: Quarter) -> dict[int, Standstill]:
    """The same of several lines, in one look-up."""
    found = _newest(session, Standstill, line_ids, quarter)
    return {line_id: each for line_id, each in found.items() if each.reason}


def observation(session: Session, line_id: int, quarter: Quarter) -> Observation | None:
    """What the report says beside the line's percentage, where something stands."""
    found = _newest(session, Observation, [line_id], quarter).get(line_id)
    return found if found and found.text else None


def observations(session: Session, line_ids: list[int], quarter: Quarter) -> dict[int, Observation]:
    """The same of several lines, in one look-up."""
    found = _newest(session, Observation, line_ids, quarter)
    return {line_id: each for line_id, each in found.items() if each.text}


def presentation(session: Session, unit_id: int, quarter: Quarter) -> Presentation | None:
    """The unit's narrative of its quarter, where one stands."""
    session.flush()
    found = session.exec(
        select(Presentation)
        .where(
            Presentation.unit_id == unit_id,
            Presentation.year == quarter.year,
            Presentation.quarter == quarter.number,
        )
        .order_by(col(Presentation.id).desc())
        .limit(1)
    ).first()
    return found if found and found.text else None


def _newest(session: Session, kind: type[OfLine], line_ids: list[int], quarter: Quarter) -> dict[int, OfLine]:
    """The newest row of each line, taken back or not."""
    session.flush()
    rows = session.exec(
        select(kind)
        .where(col(kind.line_id).in_(line_ids), kind.year == quarter.year, kind.quarter == quarter.number)
        .order_by(col(kind.id))
    ).all()
    return {row.line_id: row for row in rows}
