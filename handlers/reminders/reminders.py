"""`/recordatorios`: hours, a pause, how loud each kind is; and the buttons of what the bot says unasked.

Button data: `rem:v` the card, `rem:h[:FROM[:TO]]` hours, `rem:p[:DAY]` a pause until that day («0»: none),
`rem:l:KIND:LOUDNESS`, `rem:z` «Recuérdeme mañana»; `ack:UNIT:QUARTER` «Lo atiendo».
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from handlers.chat.keyboards import Keyboard, button, rows
from handlers.chat.talk import Talk
from handlers.progress import quarter_query
from handlers.texts.reminders import preferences as texts
from handlers.texts.reminders import reminders as digest_texts
from models.errors import Rejected
from models.quarter_end import overdue
from models.reminders import preferences, reminders
from models.reminders.preferences import Loudness
from models.rights import Member
from models.tables.notice import NoticeKind
from models.tables.people import Person, Role
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


def ask(talk: Talk) -> None:
    """`/recordatorios`; in one line too: `/recordatorios 8 a 16`, `/recordatorios hasta 15 de abril`."""
    said = fold(talk.heard.arguments)
    if found := _HOURS.fullmatch(said):
        preferences.set_hours(talk.session, talk.member.person_id, int(found[1]), int(found[2]), talk.now)
    elif found := _UNTIL.fullmatch(said):
        _pause(talk, read_days(found[1], talk.today)[1])
    talk.say(*_card(talk))


def press(talk: Talk) -> None:
    """A button of the card or of a digest."""
    step, *data = (talk.heard.data or "").split(":")[1:] or [""]
    if step not in _STEPS:
        raise Rejected("stale_button")
    try:
        _STEPS[step](talk, data)
    except ValueError:
        raise Rejected("stale_button") from None


def attend(talk: Talk) -> None:
    """«Lo atiendo»: under the message stays who does, and since when."""
    _, quarter = quarter_query.of_key(talk, (talk.heard.data or "").partition(":")[2].partition(":")[2])
    taken = overdue.acknowledge(talk.session, talk.argument(1), quarter, talk.member, talk.now)
    person = talk.session.get(Person, taken.person_id)
    at = taken.acknowledged_at.astimezone(talk.zone)
    unit = next(each for each in talk.programmes.years[quarter.year].units if each.id == taken.unit_id)
    talk.answer()
    talk.say(digest_texts.attended(unit, quarter, person.name if person else "", at))


def _put_off(talk: Talk, data: list[str]) -> None:
    fresh = reminders.put_off(talk.session, talk.member.person_id, talk.today, talk.now)
    talk.answer(digest_texts.PUT_OFF if fresh else digest_texts.PUT_OFF_BEFORE, alert=fresh)


def _card(talk: Talk) -> tuple[str, Keyboard]:
    wishes = preferences.wishes(talk.session, talk.member.person_id)
    kinds = _kinds(talk.member)
    paused = wishes.paused_until is not None and wishes.paused_until > talk.today
    pause = button(texts.RESUME, "rem", "p", 0) if paused else button(texts.PAUSE, "rem", "p")
    loudness = [
        [
            button(
                texts.kind_button(kind, wishes.of(kind)), "rem", "l", kind.value, NEXT[wishes.of(kind)].value
            )
        ]
        for kind in kinds
    ]
    return texts.card(wishes, kinds, talk.today), [[button(texts.HOURS, "rem", "h"), pause], *loudness]


def _kinds(member: Member) -> list[NoticeKind]:
    """What the person's roles receive."""
    theirs = set().union(*(KINDS[role] for role in member.roles))
    return [kind for kind in NoticeKind if kind in theirs]


def _show(talk: Talk, data: list[str]) -> None:
    talk.edit(*_card(talk))


def _set_hours(talk: Talk, data: list[str]) -> None:
    if len(data) == 2:
        preferences.set_hours(talk.session, talk.member.person_id, int(data[0]), int(data[1]), talk.now)
        _show(talk, [])
        return
    first = int(data[0]) if data else None
    offered = range(6, 13) if first is None else range(max(first + 1, 12), 22)
    chosen = [] if first is None else [first]
    hours = [button(texts.hour(each), "rem", "h", *chosen, each) for each in offered]
    text = texts.FROM if first is None else texts.until(first)
    talk.edit(text, [*rows(hours, 4), [button(texts.BACK, "rem", "v")]])


def _set_pause(talk: Talk, data: list[str]) -> None:
    if data:
        _pause(talk, None if data[0] == "0" else date.fromisoformat(data[0]))
        _show(talk, [])
        return
    ends = [talk.today + timedelta(days=each) for each in PAUSES]
    choices = [button(texts.day_button(day), "rem", "p", day.isoformat()) for day in ends]
    talk.edit(texts.PAUSE_UNTIL, [*rows(choices, 1), [button(texts.BACK, "rem", "v")]])


def _pause(talk: Talk, until: date | None) -> None:
    preferences.pause(talk.session, talk.member.person_id, until, talk.today, talk.now)


def _set_loudness(talk: Talk, data: list[str]) -> None:
    kind, loudness = data
    if NoticeKind(kind) is NoticeKind.HEAD:
        raise Rejected("stale_button")
    preferences.set_loudness(
        talk.session, talk.member.person_id, NoticeKind(kind), Loudness(loudness), talk.now
    )
    _show(talk, [])


_STEPS: dict[str, Callable[[Talk, list[str]], None]] = {
    "v": _show,
    "h": _set_hours,
    "p": _set_pause,
    "l": _set_loudness,
    "z": _put_off,
}
