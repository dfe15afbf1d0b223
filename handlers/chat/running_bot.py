"""What handlers know about the running program."""

from dataclasses import dataclass
from pathlib import Path

from handlers.chat.fairness import Queues
from handlers.chat.taps import Taps


@dataclass
class RunningBot:
    """A part of the unit of work (`models.storage.unit_of_work`), put there by the program."""

    username: str = ""  # the bot's name at Telegram
    data_dir: Path | None = None
    manual_url: str = ""  # where the manual is; empty: it is sent as a file
    taps: Taps | None = None
    queues: Queues | None = None
