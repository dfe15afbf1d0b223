"""`/recordatorios`: hours, pause, and which kinds make a sound; and the buttons below reminders."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.chat.context import TurnContext
from handlers.chat.conversations import Callback, Command, Conversation
from handlers.chat.keyboards import Keyboard, button, rows
from handlers.progress import quarter_query
from handlers.progress.buttons import Attend
from handlers.texts.reminders import preferences as texts
from handlers.texts.reminders import reminders as digest_texts
from handlers.updates.callback_data import CallbackData
from models.calendar.calendar import calendar
from models.errors import Rejected
from models.people import roster
from models.quarter_end import overdue
from models.reminders import preferences, reminders
from models.reminders.preferences import Loudness
from models.rights import Action, Member
from models.tables.notice import NoticeKind
from models.tables.people import Role
from spanish.reading.days import read_days
from spanish.writing.folding import fold

KINDS = {
    Role.STAFF: {NoticeKind.MORNING, NoticeKind.MOVED},
    Role.DIRECTOR: set(NoticeKind) - {NoticeKind.HEAD},
    Role.PLANNING: {NoticeKind.WEEKLY, NoticeKind.OVERDUE, NoticeKind.SUMMARY},
    Role.OBSERVER: {NoticeKind.SUMMARY},
}
NEXT = {Loudness.LOUD: Loudness.SILENT, Loudness.SILENT: Loudness.OFF, Loudness.OFF: Loudness.LOUD}
PAUSES = (1, 7, 14, 30)  # days from today
_HOURS = re.compile(r"(?:de |desde (?:las )?)?(\d{1,2})(?::00)? ?(?:a|-|hasta)(?: las)? ?(\d{1,2})(?::00)?")
_UNTIL = re.compile(r"(?:pausa )?(?:hasta )(?:el )?(.+)")


@dataclass(frozen=True)
class ReminderData(CallbackData, verb="rem"):
    """The buttons of `/recordatorios` and of reminders."""


@dataclass(frozen=True)
class ShowPreferences(ReminderData, prefix="v"):
    pass


@dataclass(frozen=True)
class PutOff(ReminderData, prefix="z"):
    """«Recuérdeme mañana»: remind the person again tomorrow."""


@dataclass(frozen=True)
class SetHours(ReminderData, prefix="h"):
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True)
class AskPause(ReminderData, prefix="p"):
    pass


@dataclass(frozen=True)
class EndPause(ReminderData, prefix="p:0"):
    pass


@dataclass(frozen=True)
class PauseUntil(ReminderData, prefix="p"):
    day: date


@dataclass(frozen=True)
class SetLoudness(ReminderData, prefix="l"):
    kind: NoticeKind
    loudness: Loudness


def ask(context: TurnContext) -> None:
    """`/recordatorios`; with arguments: `/recordatorios 8 a 16`, `/recordatorios hasta 15 de abril`."""
    said = fold(context.incoming.arguments)
    if found := _HOURS.fullmatch(said):
        preferences.set_hours(
            context.session, context.member.person_id, int(found[1]), int(found[2]), context.now
        )
    elif found := _UNTIL.fullmatch(said):
        _pause(context, read_days(found[1], context.today)[1])
    context.say(*_card(context))


def press(context: TurnContext, data: ReminderData) -> None:
    """Handle a button of the preferences or of a digest."""
    match data:
        case ShowPreferences():
            _show(context)
        case PutOff():
            _put_off(context)
        case SetHours(first, last):
            _set_hours(context, first, last)
        case AskPause():
            _ask_pause(context)
        case EndPause():
            _pause(context, None)
            _show(context)
        case PauseUntil(day):
            _pause(context, day)
            _show(context)
        case SetLoudness(kind, loudness):
            _set_loudness(context, kind, loudness)


def attend(context: TurnContext, data: Attend) -> None:
    """«Lo atiendo»: record that the person takes charge, and write it under the message."""
    quarter = data.quarter
    quarter_query.programme_of(context, quarter)
    taken = overdue.acknowledge(context.session, data.unit_id, quarter, context.member, context.now)
    name = roster.person_name(context.session, taken.person_id) or ""
    at = taken.acknowledged_at.astimezone(context.zone)
    unit = next(each for each in context.programmes.years[quarter.year].units if each.id == taken.unit_id)
    context.answer()
    context.say(digest_texts.attended(unit, quarter, name, at))


def _put_off(context: TurnContext) -> None:
    days = calendar(context.session)
    if context.today == days.close_day(days.quarter_in_hand(context.today)):
        context.answer(digest_texts.LAST_DAY, alert=True)
        return
    fresh = reminders.put_off(context.session, context.member.person_id, context.today, context.now)
    context.answer(digest_texts.PUT_OFF if fresh else digest_texts.PUT_OFF_BEFORE, alert=fresh)


def _card(context: TurnContext) -> tuple[str, Keyboard]:
    wishes = preferences.wishes(context.session, context.member.person_id)
    kinds = _kinds(context.member)
    paused = wishes.paused_until is not None and wishes.paused_until > context.today
    pause = button(texts.RESUME, EndPause()) if paused else button(texts.PAUSE, AskPause())
    loudness = [
        [button(texts.kind_button(kind, wishes.of(kind)), SetLoudness(kind, NEXT[wishes.of(kind)]))]
        for kind in kinds
    ]
    return texts.card(wishes, kinds, context.today), [[button(texts.HOURS, SetHours()), pause], *loudness]


def _kinds(member: Member) -> list[NoticeKind]:
    """Return the kinds of notice that the person's roles receive."""
    theirs = set().union(*(KINDS[role] for role in member.roles))
    return [kind for kind in NoticeKind if kind in theirs]


def _show(context: TurnContext) -> None:
    context.edit(*_card(context))


def _set_hours(context: TurnContext, first: int | None, last: int | None) -> None:
    if first is not None and last is not None:
        preferences.set_hours(context.session, context.member.person_id, first, last, context.now)
        _show(context)
        return
    offered = range(6, 13) if first is None else range(max(first + 1, 12), 22)
    hours = [
        button(texts.hour(each), SetHours(each) if first is None else SetHours(first, each))
        for each in offered
    ]
    text = texts.FROM if first is None else texts.until(first)
    context.edit(text, [*rows(hours, 4), [button(texts.BACK, ShowPreferences())]])


def _ask_pause(context: TurnContext) -> None:
    ends = [context.today + timedelta(days=each) for each in PAUSES]
    choices = [button(texts.day_button(day), PauseUntil(day)) for day in ends]
    context.edit(texts.PAUSE_UNTIL, [*rows(choices, 1), [button(texts.BACK, ShowPreferences())]])


def _pause(context: TurnContext, until: date | None) -> None:
    preferences.pause(context.session, context.member.person_id, until, context.today, context.now)


def _set_loudness(context: TurnContext, kind: NoticeKind, loudness: Loudness) -> None:
    if kind is NoticeKind.HEAD:
        raise Rejected("stale_button")
    preferences.set_loudness(context.session, context.member.person_id, kind, loudness, context.now)
    _show(context)


CONVERSATION = Conversation(
    commands=(Command("recordatorios", Action.GET_HELP, ask, texts.MENU),),
    callbacks=(
        Callback(ReminderData, Action.GET_HELP, press),
        Callback(Attend, Action.ATTEND, attend),
    ),
)
