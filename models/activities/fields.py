"""Converts an activity's facts between its row and a form, and checks the length of its texts.

No field is named here: the fields are those of `ActivityFacts` and `AttendanceFacts`.
"""

from collections.abc import Iterable
from typing import Any

from models.errors import Rejected
from models.storage.forms import ActivityForm, ClaimedQuantity, Participants, RegisteredFacts
from models.tables.activity import Activity, ActivityFacts, AttendanceFacts

TEXT_LIMIT = 200  # characters, of every text of an activity except its narrative


def columns_of(form: RegisteredFacts) -> dict[str, Any]:
    """Return the values of the row's columns that people fill in."""
    people = form.people or AttendanceFacts()
    return {**form.model_dump(include=_FACTS), **people.model_dump()}


def form_of(
    activity: Activity, claims: Iterable[ClaimedQuantity] = (), documents: Iterable[str] = ()
) -> ActivityForm:
    """Return the form of a draft that corrects the activity, filled with its present facts."""
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
    """Return the facts of the activity's row, without the attendance."""
    return ActivityFacts.model_validate(activity)


def people_of(activity: Activity) -> Participants | None:
    """Return who took part, or None if unknown."""
    return None if activity.participants is None else Participants.model_validate(activity)


def shape_of(activity: Activity) -> dict[str, Any]:
    """Return the row's facts for JSON: days like 2024-03-31, attendance as counts, None if not given."""
    attendance = AttendanceFacts.model_validate(activity)
    return {**facts_of(activity).model_dump(mode="json"), **attendance.model_dump()}


def check_text(field: str, text: str) -> None:
    """Raise `Rejected("text_too_long")` above `TEXT_LIMIT`; `field` is the field's name for people."""
    if len(text) > TEXT_LIMIT:
        raise Rejected("text_too_long", field=field, length=len(text), limit=TEXT_LIMIT)


_FACTS = set(ActivityFacts.model_fields)
