"""Texts of the calendar: closes, ends of lines, days off, and planning's changes."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from handlers.texts.escaping import Html, escape
from handlers.texts.progress.progress import short
from models.calendar.calendar import Calendar, national
from models.programme.view import UnitView
from models.quarter import Quarter
from models.quarter_end.rescheduling import CalendarChange, Rescheduling
from models.tables.agenda import CloseMove
from models.tables.signature import Signature
from spanish.writing import days as day_texts
from spanish.writing import formats

MENU = "Ver cierres, días inhábiles y fin de líneas"
MOVE = "📆 Mover el cierre"
ADD = "➕ Añadir día inhábil"
REMOVE = "➖ Quitar día inhábil"
BACK = "⬅️ Calendario"
SAVE = "✅ Guardar"
CANCELLED = "✖️ No se cambió nada: el calendario sigue igual."
WHICH_DAY = Html("➖ <b>Quitar día inhábil</b>\n\n¿Cuál vuelve a ser hábil?")
EDITS = {"days": "Día", "reason": "Motivo"}
WHICH_DAYS_OFF = Html(
    "➕ <b>Añadir día inhábil</b>\n\n"
    "¿Qué día? Escríbalo, por ejemplo, «10 de mayo» o «del 15 al 26 de julio»."
)
NATIONAL = {  # by month
    1: "Año Nuevo",
    2: "Constitución",
    3: "Natalicio de Benito Juárez",
    5: "Día del Trabajo",
    9: "Independencia",
    10: "Cambio del Poder Ejecutivo Federal",
    11: "Revolución",
    12: "Navidad",
}
LISTED = 6  # days off, and days on which lines end, per page


@dataclass(frozen=True)
class CalendarPage:
    """What the page shows. `until` is a unit's last day for captures, `signed` its signature.

    `added` are the days off that planning added, with their reasons.
    """

    days: Calendar
    quarter: Quarter
    today: date
    units: tuple[UnitView, ...]
    whole: bool
    move: CloseMove | None
    added: dict[date, str]
    until: date | None
    signed: Signature | None


def page(shown: CalendarPage) -> Html:
    name = Html(" · {}").format(shown.units[0].name) if len(shown.units) == 1 else ""
    head = Html("📅 <b>Calendario{}</b>\n{}").format(name, formats.quarter(shown.quarter))
    return Html("\n\n").join([head, _close(shown), *_line_ends(shown), *_days_off(shown)])


def working_days(number: int) -> str:
    """Return «queda 1 día hábil» or «quedan 12 días hábiles»."""
    return "queda 1 día hábil" if number == 1 else f"quedan {formats.number(number)} días hábiles"


def time_left(days: Calendar, close: date, today: date) -> str:
    """Return «cierra hoy…», «cierra el viernes 5 de abril (quedan 12 días hábiles)» or «cerró el…»."""
    if close < today:
        return f"cerró el {_day(close, today)}"
    if close == today:
        return "cierra hoy, al terminar el día"
    return f"cierra el {_day(close, today)} ({working_days(days.working_days(today, close))})"


def day_button(day: date) -> str:
    return day_texts.short(day)


def which_close(quarter: Quarter, close: date) -> Html:
    return Html(
        "📆 <b>Mover el cierre del {}</b>\n\nHasta ahora es el {}. ¿A qué día pasa? Toque uno o escríbalo."
    ).format(formats.quarter(quarter), day_texts.weekday(close))


def why(asked: Rescheduling, today: date) -> Html:
    return Html("{}\n\n¿Por qué motivo? Escríbalo: lo verán las demás personas.").format(_title(asked, today))


def card(asked: Rescheduling, before: Calendar, after: Calendar, today: date) -> Html:
    reason = Html("<b>Motivo:</b> {}").format(asked.reason) if asked.reason else ""
    return Html("\n").join(filter(None, [_title(asked, today), reason, _effect(asked, before, after, today)]))


def changed(asked: Rescheduling, before: Calendar, after: Calendar, today: date) -> Html:
    done = {
        CalendarChange.MOVE: Html("✅ <b>Cierre movido.</b>"),
        CalendarChange.ADD: Html("✅ <b>Añadido.</b>"),
        CalendarChange.REMOVE: Html("✅ <b>Quitado.</b>"),
    }[asked.change]
    effect = _effect(asked, before, after, today)
    seen = "Todas las personas lo ven ya en /calendario."
    if asked.change is CalendarChange.MOVE:
        seen = "Todas las personas lo ven ya en /calendario; a enlaces y titulares se les avisa."
    return Html("\n").join(filter(None, [done, effect, seen]))


def _day(day: date, today: date) -> str:
    """Return the day with its weekday, and its year if not the current one."""
    return day_texts.weekday(day) + (f" de {day.year}" if day.year != today.year else "")


def _close(shown: CalendarPage) -> Html:
    quarter, today, close = shown.quarter, shown.today, shown.days.close_day(shown.quarter)
    verb = "Termina" if today <= quarter.last_day else "Terminó"
    said = [Html("{} el {}").format(verb, _day(quarter.last_day, today))]
    left = time_left(shown.days, close, today)
    said.append(Html("La captura <b>{}</b>").format(left))
    if shown.move is not None:
        said.append(Html("<i>Planeación movió el cierre: {}</i>").format(shown.move.reason))
    if shown.until is not None and shown.until > close:
        said.append(Html("🔓 Para esta unidad se reabrió hasta el {}").format(_day(shown.until, today)))
    if shown.signed is not None:
        local = shown.signed.signed_at.astimezone(shown.days.zone).date()
        said.append(Html("🖊 Firmado el {}").format(_day(local, today)))
    return Html("\n").join(said)


def _line_ends(shown: CalendarPage) -> list[Html]:
    """Return the coming days on which lines end: of one unit by number, of several how many."""
    ends: defaultdict[date, list[tuple[UnitView, int]]] = defaultdict(list)
    for unit in shown.units:
        for line in unit.lines:
            if line.ends_on >= shown.today:
                ends[line.ends_on].append((unit, line.number))
    if not ends:
        return []
    several = len(shown.units) > 1
    said = [
        Html("• {}: {}").format(day_texts.day(day, shown.today.year), _lines(ends[day], several))
        for day in sorted(ends)[:LISTED]
    ]
    return [Html("\n").join([Html("<b>Terminan las líneas</b>"), *said])]


def _lines(ending: list[tuple[UnitView, int]], several: bool) -> Html:
    if several:
        units = list(dict.fromkeys(short(unit.name) for unit, _ in ending))
        number = "1 línea" if len(ending) == 1 else Html("{} líneas").format(len(ending))
        return Html("{} ({})").format(number, formats.joined(units)) if len(units) <= 2 else escape(number)
    numbers = formats.joined([str(number) for _, number in ending])
    return Html("línea {}").format(numbers) if len(ending) == 1 else Html("líneas {}").format(numbers)


def _days_off(shown: CalendarPage) -> list[Html]:
    """Return coming weekdays without work, up to the end of the quarter's year."""
    coming = [day for day in _coming(shown) if day >= shown.today][:LISTED]
    said = [Html("• {}{}").format(_day(day, shown.today), _why_off(day, shown)) for day in coming]
    return [Html("\n").join([Html("<b>Días inhábiles por venir</b>"), *said])] if said else []


def _coming(shown: CalendarPage) -> list[date]:
    years = (shown.today.year, shown.today.year + 1)
    days = shown.days.days_off.union(*(national(year) for year in years))
    return sorted(day for day in days if day.weekday() < 5 and day.year in years)


def _why_off(day: date, shown: CalendarPage) -> Html:
    if day in national(day.year):
        return Html(": {}").format(NATIONAL[day.month])
    return Html(": {}").format(shown.added[day]) if day in shown.added else Html()


def _title(asked: Rescheduling, today: date) -> Html:
    first, last = asked.first_day, asked.last_day
    named = "" if first is None or last is None else _span(first, last, today)
    if asked.change is CalendarChange.MOVE:
        title = Html("📆 <b>Cierre del {}</b>").format(formats.quarter(Quarter.parse(asked.quarter or "")))
        return Html("{}: {}").format(title, named) if named else title
    if asked.change is CalendarChange.ADD:
        return (
            Html("➕ <b>Días inhábiles:</b> {}").format(named)
            if first != last
            else Html("➕ <b>Día inhábil:</b> {}").format(named)
        )
    return Html("➖ <b>Vuelve a ser día hábil:</b> {}").format(named)


def _span(first: date, last: date, today: date) -> str:
    return _day(first, today) if first == last else day_texts.dates(first, last)


def _effect(asked: Rescheduling, before: Calendar, after: Calendar, today: date) -> Html:
    """Return which closes move, and which one would fall on a day off."""
    said = []
    for quarter in _near(today):
        old, new = before.close_day(quarter), after.close_day(quarter)
        if old != new:
            said.append(
                Html("El cierre del {} pasa del {} al <b>{}</b>.").format(
                    formats.quarter(quarter), day_texts.weekday(old), _day(new, today)
                )
            )
        elif new >= today and not after.is_working_day(new):
            said.append(
                Html("⚠️ El cierre del {} queda en día inhábil: muévalo también.").format(
                    formats.quarter(quarter)
                )
            )
    if not said and asked.change is not CalendarChange.MOVE:
        return Html("Ningún cierre cambia de día.")
    return Html("\n").join(said)


def _near(today: date) -> list[Quarter]:
    """Return the quarters that may still close within about a year."""
    quarter = Quarter.of(today).previous
    found = []
    for _ in range(6):
        found.append(quarter)
        quarter = quarter.next
    return found
