"""`/recordatorios`: hours, a pause, how loud each kind is; and the buttons of what the bot says unasked.

Button data: `rem:v` the card, `rem:h[:FROM[:TO]]` hours, `rem:p[:DAY]` a pause until that day («0»: none),
`rem:l:KIND:LOUDNESS`, `rem:z` «Recuérdeme mañana»; `ack:UNIT:QUARTER` «Lo atiendo».
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from handlers.chat.context import TurnContext
from handlers.chat.keyboards import Keyboard, button, rows
from handlers.progress import quarter_query
from handlers.texts.reminders import preferences as texts
from handlers.texts.reminders import reminders as digest_texts
from models.errors import Rejected
from models.people import roster
from models.quarter_end import overdue
from models.reminders import preferences, reminders
from models.reminders.preferences import Loudness
from models.rights import Member
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


def ask(context: TurnContext) -> None:
    """`/recordatorios`; in one line too: `/recordatorios 8 a 16`, `/recordatorios hasta 15 de abril`."""
    said = fold(context.incoming.arguments)
    if found := _HOURS.fullmatch(said):
        preferences.set_hours(
            context.session, context.member.person_id, int(found[1]), int(found[2]), context.now
        )
    elif found := _UNTIL.fullmatch(said):
        _pause(context, read_days(found[1], context.today)[1])
    context.say(*_card(context))


def press(context: TurnContext) -> None:
    """A button of the card or of a digest."""
    step, *data = (context.incoming.data or "").split(":")[1:] or [""]
    if step not in _STEPS:
        raise Rejected("stale_button")
    try:
        _STEPS[step](context, data)
    except ValueError:
        raise Rejected("stale_button") from None


def attend(context: TurnContext) -> None:
    """«Lo atiendo»: under the message stays who does, and since when."""
    _, quarter = quarter_query.of_key(
        context, (context.incoming.data or "").partition(":")[2].partition(":")[2]
    )
    taken = overdue.acknowledge(context.session, context.argument(1), quarter, context.member, context.now)
    name = roster.person_name(context.session, taken.person_id) or ""
    at = taken.acknowledged_at.astimezone(context.zone)
    unit = next(each for each in context.programmes.years[quarter.year].units if each.id == taken.unit_id)
    context.answer()
    context.say(digest_texts.attended(unit, quarter, name, at))


def _put_off(context: TurnContext, data: list[str]) -> None:
    fresh = reminders.put_off(context.session, context.member.person_id, context.today, context.now)
    context.answer(digest_texts.PUT_OFF if fresh else digest_texts.PUT_OFF_BEFORE, alert=fresh)


def _card(context: TurnContext) -> tuple[str, Keyboard]:
    wishes = preferences.wishes(context.session, context.member.person_id)
    kinds = _kinds(context.member)
    paused = wishes.paused_until is not None and wishes.paused_until > context.today
    pause = button(texts.RESUME, "rem", "p", 0) if paused else button(texts.PAUSE, "rem", "p")
    loudness = [
        [
            button(
                texts.kind_button(kind, wishes.of(kind)), "rem", "l", kind.value, NEXT[wishes.of(kind)].value
            )
        ]
        for kind in kinds
    ]
    return texts.card(wishes, kinds, context.today), [[button(texts.HOURS, "rem", "h"), pause], *loudness]


def _kinds(member: Member) -> list[NoticeKind]:
    """What the person's roles receive."""
    theirs = set().union(*(KINDS[role] for role in member.roles))
    return [kind for kind in NoticeKind if kind in theirs]


def _show(context: TurnContext, data: list[str]) -> None:
    context.edit(*_card(context))


def _set_hours(context: TurnContext, data: list[str]) -> None:
    if len(data) == 2:
        preferences.set_hours(
            context.session, context.member.person_id, int(data[0]), int(data[1]), context.now
        )
        _show(context, [])
        return
    first = int(data[0]) if data else None
    offered = range(6, 13) if first is None else range(max(first + 1, 12), 22)
    chosen = [] if first is None else [first]
    hours = [button(texts.hour(each), "rem", "h", *chosen, each) for each in offered]
    text = texts.FROM if first is None else texts.until(first)
    context.edit(text, [*rows(hours, 4), [button(texts.BACK, "rem", "v")]])


def _set_pause(context: TurnContext, data: list[str]) -> None:
    if data:
        _pause(context, None if data[0] == "0" else date.fromisoformat(data[0]))
        _show(context, [])
        return
    ends = [context.today + timedelta(days=each) for each in PAUSES]
    choices = [button(texts.day_button(day), "rem", "p", day.isoformat()) for day in ends]
    context.edit(texts.PAUSE_UNTIL, [*rows(choices, 1), [button(texts.BACK, "rem", "v")]])


def _pause(context: TurnContext, until: date | None) -> None:
    preferences.pause(context.session, context.member.person_id, until, context.today, context.now)


def _set_loudness(context: TurnContext, data: list[str]) -> None:
    kind, loudness = data
    if NoticeKind(kind) is NoticeKind.HEAD:
        raise Rejected("stale_button")
    preferences.set_loudness(
        context.session, context.member.person_id, NoticeKind(kind), Loudness(loudness), context.now
    )
    _show(context, [])


_STEPS: dict[str, Callable[[TurnContext, list[str]], None]] = {
    "v": _show,
    "h": _set_hours,
    "p": _set_pause,
    "l": _set_loudness,
    "z": _put_off,
}
