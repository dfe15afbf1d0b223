"""Whether a postponed moment is due, even if the clock went back."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Mapped

SLACK = timedelta(seconds=10)  # of a clock that is put right by a little, and of what is rounded up


def is_due(moment: Mapped[Any], now: datetime, longest: timedelta) -> ColumnElement[bool]:
    """Return whether the moment has passed, or is further ahead than `longest`.

    A moment further ahead was stored while the clock was fast; waiting for it would take too long.
    """
    return or_(moment <= now, moment > now + longest + SLACK)
