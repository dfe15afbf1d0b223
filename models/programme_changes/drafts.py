"""The forms of drafts that change a programme: the import of a file, and an adjustment."""

from datetime import date
from typing import Any

from models.errors import Rejected
from models.programme.view import Plan
from models.storage.forms import FormState

REASON_LIMIT = 300  # characters
LETTER_LIMIT = 80


class AdjustmentTerms(FormState):
    """The day from which an adjustment is in force, its reason, and the number of the official letter."""

    since: date | None = None
    reason: str | None = None
    letter: str | None = None


class Importing(AdjustmentTerms):
    """The form of a file that may be a programme.

    `reading` is its content in the form of `models.programme_file.reading`, once the file is fetched;
    `revision` is that of the stored programme it was compared with, so that it is not applied to a later one.
    """

    name: str
    caption: str | None = None
    reading: dict[str, Any] | None = None
    revision: int = 0


class Adjusting(AdjustmentTerms):
    """The form of an adjustment. `amount` is scaled by the target's decimals; `plan`: 4 quarters, or even."""

    target_id: int
    amount: int | None = None
    plan: Plan | None = None


def check_reason(text: str) -> str:
    """Return the reason on one line. Raises `Rejected("adjustment_reason_unreadable")`."""
    reason = " ".join(text.split())
    if len(reason) > REASON_LIMIT or not any(character.isalpha() for character in reason):
        raise Rejected("adjustment_reason_unreadable", limit=REASON_LIMIT)
    return reason


def check_letter(text: str) -> str:
    """Return the letter's number. Raises `Rejected("letter_unreadable")`."""
    letter = " ".join(text.split())
    if len(letter) > LETTER_LIMIT or not any(character.isalnum() for character in letter):
        raise Rejected("letter_unreadable", limit=LETTER_LIMIT)
    return letter


def check_since(day: date, year: int) -> date:
    """Return the day. Raises `Rejected("since_outside_year")` if it is not in the programme's year."""
    if day.year != year:
        raise Rejected("since_outside_year", year=year)
    return day
