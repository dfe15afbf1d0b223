"""When what was put off is due, also after the clock went back."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import Mapped

SLACK = timedelta(seconds=10)  # of a clock that is put right by a little, and of what is rounded up


def is_due(moment: Mapped[Any], now: datetime, longest: timedelta) -> ColumnElement[bool]:
    """Whether the moment has come, or lies further ahead than anything is put off, which is `longest`.

    Such a moment was written while the clock was ahead: waiting for it would take as long as the clock had
    been wrong.
    """
    return or_(moment <= now, moment > now + longest + SLACK)
