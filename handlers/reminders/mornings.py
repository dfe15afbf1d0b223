"""The mornings before a close or a line's end: what is owed, each with the button that mends it."""

from collections.abc import Sequence

from handlers.chat.context import TurnContext
from handlers.chat.keyboards import Keyboard, button
from handlers.quarter_end import duty_buttons
from handlers.quarter_end.buttons import CaptureOn
from handlers.reminders.reminders import PutOff
from handlers.reminders.section import Section, told
from handlers.texts.reminders import reminders as texts
from models.calendar.calendar import calendar
from models.programme.view import UnitView
from models.quarter_end.duties import Duty, DutyKind
from models.reminders.reminders import Reminder

MENDED = 3  # duties with buttons of their own


def mornings(context: TurnContext, reminders: Sequence[Reminder]) -> list[Section]:
    """Return a section for each unit; the last offers a reminder tomorrow, unless something ends today."""
    telling = [each for each in reminders if not each.says_nothing]
    found = [_morning(context, each, several=len(telling) > 1) for each in telling]
    if found and not any(_ends_today(context, each) for each in telling):
        found[-1].keyboard.append([button(texts.TOMORROW, PutOff())])
    return found


def mending(
    context: TurnContext, unit: UnitView, owed: Sequence[Duty], several: bool, closed: bool = False
) -> Keyboard:
    """Return the buttons of the first duties that have some, those that block the signature first.

    Of a quarter that is `closed` nothing is registered any more.
    """
    found: Keyboard = []
    there: set[str] = set()
    for duty in sorted(owed, key=lambda each: not each.blocking):
        row = [
            button(_label(label, data, unit, duty, several), data)
            for label, data in duty_buttons.ways(context, unit, duty)
            if data.pack() not in there and not (closed and isinstance(data, CaptureOn))
        ]
        if row and duty.kind is not DutyKind.NOT_SIGNED and len(found) < MENDED:
            found.append(row)
            there.update(each["callback_data"] for each in row)
    return found


def _morning(context: TurnContext, reminder: Reminder, several: bool) -> Section:
    due_notice, unit = reminder.due_notice, reminder.due_notice.unit
    assert unit is not None
    dates, tells = calendar(context.session), told(context, reminder)
    if due_notice.until is not None:
        text = texts.reopened(unit, due_notice.quarter, due_notice.until, dates, tells)
    elif due_notice.whole:
        close = dates.close_day(due_notice.quarter)
        left = dates.working_days(context.today, close)
        text = texts.morning(unit, due_notice.quarter, left, close, tells)
    else:
        text = texts.line_ends(unit, tells)
    return Section(text, mending(context, unit, reminder.duties, several))


def _label(label: str, data: object, unit: UnitView, duty: Duty, several: bool) -> str:
    """Return «📝 Registrar · 2», «📝 Presentación»; with the unit's name if the digest covers several."""
    line = next((each for each in unit.lines if each.id == duty.line_id), None)
    shown = texts.CAPTURE if isinstance(data, CaptureOn) else label
    return texts.line_button(shown, unit, line, several) if line else texts.unit_button(shown, unit, several)


def _ends_today(context: TurnContext, reminder: Reminder) -> bool:
    due_notice, unit = reminder.due_notice, reminder.due_notice.unit
    if due_notice.until is not None:
        return due_notice.until == context.today
    if due_notice.whole:
        return calendar(context.session).close_day(due_notice.quarter) == context.today
    owed = {each.line_id for each in reminder.duties}
    return unit is not None and any(line.id in owed and line.ends_on == context.today for line in unit.lines)
