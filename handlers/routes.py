"""All conversations, in the order of the command menu and of `/ayuda`."""

from handlers.activities import (
    activities,
    activity,
    correction,
    evidence,
    history,
    review,
    settlement,
    withdrawal,
)
from handlers.activity_form import closed
from handlers.answers import activities as activity_answers
from handlers.answers import comparison, counts, participants, quarter, search, signals, silence, waiting
from handlers.answers import help as help_answers
from handlers.answers import people as people_answers
from handlers.answers import progress as progress_answers
from handlers.chat import command_buttons, help, settings, status
from handlers.chat.conversations import Conversations
from handlers.messages import capture, open_cards, practice, room, split_message
from handlers.people import (
    access,
    contacts,
    deputies,
    invite,
    naming,
    own_data,
    people,
    pins,
    privacy,
)
from handlers.programme import adjustment_flow, import_flow, programme
from handlers.progress import picture, progress
from handlers.quarter_end import (
    calendar,
    deadlines,
    duty_buttons,
    no_activity,
    observation,
    pictures,
    presentation,
    refusing,
    reopening,
    report,
    signing,
    verifying,
)
from handlers.reminders import reminders

CONVERSATIONS = Conversations.of(
    capture.CONVERSATION,
    progress.CONVERSATION,
    picture.CONVERSATION,
    activities.CONVERSATION,
    activity.CONVERSATION,
    evidence.CONVERSATION,
    history.CONVERSATION,
    correction.CONVERSATION,
    withdrawal.CONVERSATION,
    settlement.CONVERSATION,
    review.CONVERSATION,
    deadlines.CONVERSATION,
    duty_buttons.CONVERSATION,
    calendar.CONVERSATION,
    no_activity.CONVERSATION,
    observation.CONVERSATION,
    presentation.CONVERSATION,
    pictures.CONVERSATION,
    signing.CONVERSATION,
    report.CONVERSATION,
    verifying.CONVERSATION,
    closed.CONVERSATION,
    reopening.CONVERSATION,
    refusing.CONVERSATION,
    deputies.CONVERSATION,
    programme.CONVERSATION,
    adjustment_flow.CONVERSATION,
    import_flow.CONVERSATION,
    contacts.CONVERSATION,
    invite.CONVERSATION,
    people.CONVERSATION,
    naming.CONVERSATION,
    status.CONVERSATION,
    reminders.CONVERSATION,
    pins.CONVERSATION,
    privacy.CONVERSATION,
    own_data.CONVERSATION,
    room.CONVERSATION,
    open_cards.CONVERSATION,
    split_message.CONVERSATION,
    practice.CONVERSATION,
    help.CONVERSATION,
    settings.CONVERSATION,
    command_buttons.CONVERSATION,
    access.CONVERSATION,
    progress_answers.CONVERSATION,
    counts.CONVERSATION,
    comparison.CONVERSATION,
    signals.CONVERSATION,
    silence.CONVERSATION,
    waiting.CONVERSATION,
    participants.CONVERSATION,
    activity_answers.CONVERSATION,
    search.CONVERSATION,
    quarter.CONVERSATION,
    people_answers.CONVERSATION,
    help_answers.CONVERSATION,
)
