"""Logs why updates could not be received or handled."""

import logging

from telegram.error import Conflict, TelegramError

from models.storage.refusal import note

log = logging.getLogger(__name__)


def log_failure(error: Exception, pause: float) -> None:
    """Log one line with the seconds until the next try, and a traceback if the error is our own."""
    if isinstance(error, Conflict):
        log.warning(
            "Another program polls with this token; stop it, since only one may; again in %s s", pause
        )
    elif isinstance(error, TelegramError):
        log.warning("Telegram does not answer (%s); again in %s s", error.message, pause)
    else:
        note(log, f"Nothing was acknowledged; again in {pause} s", error)
