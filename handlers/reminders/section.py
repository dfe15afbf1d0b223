"""A part of a digest: its text and buttons."""

from dataclasses import dataclass, field

from handlers.chat.context import TurnContext
from handlers.chat.keyboards import Keyboard
from handlers.texts.reminders.reminders import ReminderFacts
from models.programme.view import programmes
from models.progress.progress import progress
from models.progress.status import ProgressStatus
from models.reminders.due_notices import DueNotice
from models.reminders.reminders import Reminder


@dataclass(frozen=True)
class Section:
    text: str
    keyboard: Keyboard = field(default_factory=list)


def told(context: TurnContext, reminder: Reminder) -> ReminderFacts:
    """Return what the texts of a reminder tell of its duties."""
    return ReminderFacts(context.today, reminder.duties, reminder.done, reminder.since)


def status_of(context: TurnContext, due_notice: DueNotice) -> ProgressStatus:
    """Return the progress of the notice's unit, or of the institution."""
    programme = programmes(context.session).years[due_notice.quarter.year]
    return progress(context.session, programme, due_notice.quarter, context.today, due_notice.unit)
