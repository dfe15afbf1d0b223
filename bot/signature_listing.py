"""What `signatures` prints: the JSON that scripts rely on, and aligned text of the same."""

from typing import Any

from sqlmodel import Session

from bot.listing import aligned, as_text
from models import closing, signing
from models.activity_detail import names
from models.programme import Unit
from models.quarter import Quarter


def shape(session: Session, unit_id: int | None) -> dict[str, Any]:
    """`{signatures: [{id, unit, quarter, sha256, signed_at, signed_by, in_place_of, holds, intact}]}`."""
    found = signing.signatures(session, unit_id)
    people = names(session, [number for each in found for number in (each.signed_by, each.in_place_of)])
    listed = []
    for each in found:
        quarter = Quarter(each.year, each.quarter)
        in_force = closing.signed(session, each.unit_id, quarter)
        listed.append(
            {
                "id": each.id,
                "unit": session.get_one(Unit, each.unit_id).key,
                "quarter": quarter.key,
                "sha256": each.sha256,
                "signed_at": each.signed_at.isoformat(timespec="seconds"),
                "signed_by": people.get(each.signed_by),
                "in_place_of": people.get(each.in_place_of),
                "holds": in_force is not None and in_force.id == each.id,
                "intact": signing.verify(session, each),
            }
        )
    return {"signatures": listed}


def text(shape: dict[str, Any], as_json: bool) -> str:
    """One line a signature."""
    if as_json:
        return as_text(shape)
    rows = [
        (
            str(each["id"]),
            each["unit"],
            each["quarter"],
            each["signed_at"],
            each["signed_by"] or "",
            "in force" if each["holds"] else "reopened",
            "intact" if each["intact"] else "ALTERED",
            each["sha256"],
        )
        for each in shape["signatures"]
    ]
    return aligned(rows) if rows else "No signatures."
