"""What a version of an activity says, as columns of its row and back, and what its texts may be.

Nothing here names a single field: they are those of `ActivityFacts` and `AttendanceFacts`.
"""

from collections.abc import Iterable
from typing import Any

from models.errors import Rejected
from models.storage.forms import ActivityForm, ClaimedQuantity, Participants, RegisteredFacts
from models.tables.activity import Activity, ActivityFacts, AttendanceFacts

TEXT_LIMIT = 200  # characters of any text of an activity but its narrative


def columns_of(form: RegisteredFacts) -> dict[str, Any]:
    """The values of the row's columns that a person tells."""
    people = form.people or AttendanceFacts()
    return {**form.model_dump(include=_FACTS), **people.model_dump()}


def form_of(
    activity: Activity, claims: Iterable[ClaimedQuantity] = (), documents: Iterable[str] = ()
) -> ActivityForm:
    """What an activity says, in the form of a draft that would correct it."""
    return ActivityForm(
        activity_id=activity.id,
        version=activity.version,
        unit_id=activity.unit_id,
        line_id=activity.line_id,
        claims=tuple(claims),
        people=people_of(activity),
        documents=tuple(documents),
        **facts_of(activity).model_dump(),
    )


def facts_of(activity: Activity) -> ActivityFacts:
    """The facts of its own row, without who took part."""
    return ActivityFacts.model_validate(activity)


def people_of(activity: Activity) -> Participants | None:
    """Who took part, where that is known."""
    return None if activity.participants is None else Participants.model_validate(activity)


def shape_of(activity: Activity) -> dict[str, Any]:
    """The facts of the row as JSON: days as 2024-03-31, who took part as counts, null what is not said."""
    attendance = AttendanceFacts.model_validate(activity)
    return {**facts_of(activity).model_dump(mode="json"), **attendance.model_dump()}


def check_text(field: str, text: str) -> None:
    """Raise `Rejected("text_too_long")` where no more of it is kept; `field` is how people call it."""
    if len(text) > TEXT_LIMIT:
        raise Rejected("text_too_long", field=field, length=len(text), limit=TEXT_LIMIT)


_FACTS = set(ActivityFacts.model_fields)
