"""What handlers may want to know of the program that runs them."""

from dataclasses import dataclass
from pathlib import Path

from handlers.chat.fairness import Queues
from handlers.chat.taps import Taps


@dataclass
class RunningBot:
    """A part of the unit of work (`models.storage.unit_of_work`), put there by whoever begins it."""

    username: str = ""  # of the bot at Telegram
    data_dir: Path | None = None
    taps: Taps | None = None
    queues: Queues | None = None
