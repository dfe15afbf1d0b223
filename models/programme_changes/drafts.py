"""What the drafts hold that change a programme: a file to be imported, an adjustment to be made."""

from datetime import date
from typing import Any

from models.errors import Rejected
from models.programme.view import Plan
from models.storage.forms import FormState

REASON_LIMIT = 300  # characters
LETTER_LIMIT = 80


class AdjustmentTerms(FormState):
    """What an adjustment needs: the day from which it holds, why, and the number of the official letter."""

    since: date | None = None
    reason: str | None = None
    letter: str | None = None


class Importing(AdjustmentTerms):
    """A draft of a file that may be a programme.

    `reading` is what it holds, as `models.programme_file.reading` has it, once the file is fetched;
    `revision` the stored programme's, so that nothing is applied to another than the one that was compared.
    """

    name: str
    caption: str | None = None
    reading: dict[str, Any] | None = None
    revision: int = 0


class Adjusting(AdjustmentTerms):
    """A draft of another amount of a target, scaled by its decimals. `plan`: 4 quarters, or None: evenly."""

    target_id: int
    amount: int | None = None
    plan: Plan | None = None


def check_reason(text: str) -> str:
    """The reason on one line. Raises `Rejected("adjustment_reason_unreadable")`."""
    reason = " ".join(text.split())
    if len(reason) > REASON_LIMIT or not any(character.isalpha() for character in reason):
        raise Rejected("adjustment_reason_unreadable", limit=REASON_LIMIT)
    return reason


def check_letter(text: str) -> str:
    """The letter's number. Raises `Rejected("letter_unreadable")`."""
    letter = " ".join(text.split())
    if len(letter) > LETTER_LIMIT or not any(character.isalnum() for character in letter):
        raise Rejected("letter_unreadable", limit=LETTER_LIMIT)
    return letter


def check_since(day: date, year: int) -> date:
    """A change holds from a day of the programme's year. Raises `Rejected("since_outside_year")`."""
    if day.year != year:
        raise Rejected("since_outside_year", year=year)
    return day
