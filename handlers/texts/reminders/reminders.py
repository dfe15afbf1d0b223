"""What the bot says unasked: morning digests, weekly ones, what is overdue, the summary at a close."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.texts.escaping import escape
from handlers.texts.progress import progress as figures
from handlers.texts.quarter_end import calendar as calendar_texts
from models.calendar.calendar import Calendar
from models.chain.anchor import Head
from models.programme.view import LineView, UnitView
from models.progress.signal import Signal
from models.progress.status import LineStatus, ProgressStatus, UnitStatus
from models.quarter import Quarter
from models.quarter_end.duties import Duty, DutyKind
from models.quarter_end.punctuality import Punctuality
from models.tables.agenda import CloseMove
from spanish.writing import days, formats

CAPTURE = "📝 Registrar"
STILL = "💤 Sin movimiento"
TOMORROW = "⏰ Recuérdeme mañana"
SIGN = "🖊 Firmar"
ATTEND = "🙋 Lo atiendo"
SEE_PROGRESS = "📊 Ver avance"
CALENDAR = "📅 Ver el calendario"
PUT_OFF = "De acuerdo: hoy ya no le recuerdo nada. El siguiente día hábil le digo lo que siga pendiente."
PUT_OFF_BEFORE = "Ya quedó para el siguiente día hábil."
ALL_DUTIES = "Todo: /pendientes"

SHOWN = 6  # lines of duties in a digest
TITLE = 40  # characters of a line's title
MOST = 3  # achievements, and risks, of a week
NAMED, NAME = 3, 20  # units that are named, in so many characters
DUTIES = {
    DutyKind.NOTHING_REGISTERED: "nada registrado",
    DutyKind.BEHIND: "va atrasada",
    DutyKind.ENDS_SOON: "termina pronto y no alcanza su meta",
    DutyKind.NO_EVIDENCE: "sin evidencia",
    DutyKind.PENDING_QUANTITY: "cantidades por contar",
    DutyKind.UNEXPLAINED_DEVIATION: "desviación sin observación",
    DutyKind.NO_PRESENTATION: "Falta la presentación del trimestre",
    DutyKind.NOT_SIGNED: "Falta la firma",
}


def morning(unit: UnitView, quarter: Quarter, left: int, close: date, owed: Sequence[Duty]) -> str:
    """What a unit still owes; `left` working days before the close."""
    head = f"⏰ <b>{escape(unit.name)}</b> · {formats.quarter(quarter)}\n{_countdown(left, close)}"
    return f"{head}\n{_list(unit, owed)}"


def line_ends(unit: UnitView, owed: Sequence[Duty]) -> str:
    """Between closes: only what cannot wait."""
    return f"⏰ <b>{escape(unit.name)}</b>: conviene verlo hoy\n{_list(unit, owed)}"


def reopened(
    unit: UnitView, quarter: Quarter, until: date, dates: Calendar, today: date, owed: Sequence[Duty]
) -> str:
    """While a quarter is reopened and not signed again, to its unit."""
    left = calendar_texts.working_days(dates.working_days(today, until))
    left = "hoy es el último día" if until == today else left
    head = (
        f"🔓 <b>{escape(unit.name)}</b>\nEl {formats.quarter(quarter)} está reabierto hasta el "
        f"<b>{days.weekday(until)}</b> ({left}). Falta volver a firmarlo."
    )
    return f"{head}\n{_list(unit, owed)}"


def close_moved(quarter: Quarter, move: CloseMove, before: date, today: date) -> str:
    """Planning moved the close: to staff and directors."""
    when = "hoy" if move.closes_on == today else f"el {days.weekday(move.closes_on)}"
    return (
        f"📆 Planeación movió el cierre del {formats.quarter(quarter)}: ahora es <b>{when}</b> "
        f"(antes, el {days.weekday(before)}).\nMotivo: {escape(move.reason)}"
    )


def overdue(unit: UnitView, quarter: Quarter, close: date, owed: Sequence[Duty]) -> str:
    """To the director, from the morning after the close."""
    head = (
        f"🔴 <b>{escape(unit.name)}</b>\n"
        f"El {formats.quarter(quarter)} cerró el {days.weekday(close)} y aún no está firmado."
    )
    return f"{head}\n{_list(unit, owed)}"


def overdue_units(quarter: Quarter, close: date, units: Sequence[tuple[UnitView, Sequence[Duty]]]) -> str:
    """To planning: the units that are not done, each with how much it owes."""
    head = f"🔴 El <b>{formats.quarter(quarter)}</b> cerró el {days.weekday(close)}. Aún no están listas:"
    return "\n".join([head, *(f"• {escape(unit.name)}: {_number(len(owed))}" for unit, owed in units)])


def and_more(number: int) -> str:
    """Below a list that is cut; nothing where it is whole. The button beneath shows the rest."""
    return f"\n\n<i>…y {number} más: toque el botón.</i>" if number > 0 else ""


def see_all(number: int) -> str:
    return f"📋 Ver todas ({number})"


def all_attended(quarter: Quarter) -> str:
    return f"✅ Del {formats.quarter(quarter)} ya no hay ninguna unidad sin firmar que nadie atienda."


def attended(unit: UnitView, quarter: Quarter, name: str, at: datetime) -> str:
    """«Lo atiendo» was tapped: who and when, in local time."""
    return (
        f"🙋 <b>{escape(unit.name)}</b>, {formats.quarter(quarter)}: lo atiende <b>{escape(name)}</b> "
        f"desde el {days.day(at.date())} a las {at:%H:%M}. Ya no se insiste."
    )


def chain_head(head: Head) -> str:
    """Once a week to planning and observers: the audit chain's newest entry and hash."""
    return (
        f"🔏 <b>Sello de la bitácora</b>\n<code>{head}</code>\n"
        "Solo conserve este mensaje; no hay que hacer nada. Con él, una auditoría puede comprobar que nadie "
        "reescribió lo registrado hasta hoy."
    )


def weekly_unit(standing: ProgressStatus, unit: UnitStatus, monday: date) -> str:
    """A unit's week in ten lines at most: achievements first, then at most three risks."""
    lines = [
        f"📊 <b>{escape(unit.unit.name)}</b> · semana del {days.day(monday)}",
        f"{_figure(unit)} · {formats.quarter(standing.quarter)}",
        f"✅ <b>Logros</b> · {figures.foot(standing, unit.activities).partition(' · ')[2]}",
    ]
    lines += [_line(each) for each in achievements(unit)] or ["Todavía ninguna línea va conforme al plan."]
    risky = risks(unit)
    lines.append("⚠️ <b>Riesgos</b>" if risky else "Sin riesgos: ninguna línea va atrasada.")
    return "\n".join([*lines, *(_line(each) for each in risky)])


def achievements(unit: UnitStatus) -> list[LineStatus]:
    """Lines that are met or up with the plan, the farthest first."""
    good = [each for each in unit.lines if each.signal in (Signal.MET, Signal.GREEN) and each.exact]
    return sorted(good, key=lambda each: (each.signal is not Signal.MET, -each.exact))[:MOST]


def risks(unit: UnitStatus) -> list[LineStatus]:
    """Lines that are behind, red ones before yellow ones, the farthest behind first."""
    bad = [each for each in unit.lines if each.signal in (Signal.RED, Signal.YELLOW)]
    return sorted(bad, key=lambda each: (each.signal is not Signal.RED, each.exact - each.due))[:MOST]


def weekly_whole(
    standing: ProgressStatus, quarters: Sequence[tuple[Punctuality, date, bool]], monday: date
) -> str:
    """To planning: the institution, and its units by quarter, each with its close and whether it is past."""
    head = (
        f"📊 <b>{figures.institution(standing)}</b> · semana del {days.day(monday)}\n"
        f"{_figure(standing)} · {formats.quarter(standing.quarter)}"
    )
    return "\n\n".join([head, *(_punctuality(*each) for each in quarters)])


def summary(page: str, quarter: Quarter, close: date, today: date) -> str:
    """Above the page of `/avance` on the evening of the close, or later if that was missed."""
    when = "Hoy cierra" if close == today else f"El {days.weekday(close)} cerró"
    return f"🏁 {when} la captura del {formats.quarter(quarter)}.\n\n{page}"


def line_button(label: str, unit: UnitView, line: LineView, several: bool) -> str:
    """«📝 Registrar · 2»; with the unit's name where a digest is about several."""
    return f"{label} · {figures.short(unit.name)} {line.number}" if several else f"{label} · {line.number}"


def unit_button(label: str, unit: UnitView, several: bool) -> str:
    return f"{label} · {figures.short(unit.name)}" if several else label


def _countdown(left: int, close: date) -> str:
    when = days.weekday(close)
    if left <= 0:
        return f"<b>Hoy</b> cierra la captura ({when})."
    if left == 1:
        return f"Falta <b>1 día hábil</b> para el cierre ({when})."
    return f"Faltan <b>{left} días hábiles</b> para el cierre ({when})."


def _list(unit: UnitView, owed: Sequence[Duty]) -> str:
    """What is owed, a line of the programme in a line of text."""
    lines: dict[str, list[str]] = {}
    for duty in owed:
        head, said = _duty(unit, duty)
        lines.setdefault(head, []).append(said)
    shown = [f"• {head}{', '.join(said)}" for head, said in lines.items()][:SHOWN]
    more = len(lines) - len(shown)
    return "\n".join([*shown, f"…y {more} más. {ALL_DUTIES}" if more else ALL_DUTIES])


def _duty(unit: UnitView, duty: Duty) -> tuple[str, str]:
    """What it is about, and what is owed of it."""
    if duty.kind is DutyKind.RETURNED:
        return f"Actividad devuelta: /actividad_{duty.activity_id}", ""
    said = DUTIES[duty.kind]
    if duty.kind is DutyKind.ENDS_SOON and duty.days_left is not None:
        said = f"termina en {duty.days_left} {'día' if duty.days_left == 1 else 'días'} o menos, bajo su meta"
    line = next((each for each in unit.lines if each.id == duty.line_id), None)
    if line is None:
        return said, ""
    return f"<b>{line.number}</b> {escape(figures.excerpt(line.title, TITLE))}: ", said


def _number(count: int) -> str:
    return "1 pendiente" if count == 1 else f"{count} pendientes"


def _line(each: LineStatus) -> str:
    title = escape(figures.excerpt(each.line.title, TITLE))
    return f"{figures.SIGNS[each.signal]} {formats.shown(each.exact)} · <b>{each.line.number}</b> {title}"


def _figure(part: UnitStatus | ProgressStatus) -> str:
    planned = formats.shown(part.planned)
    return f"Avance <b>{formats.shown(part.exact)}</b> · planeado {planned} {figures.SIGNS[part.signal]}"


def _punctuality(each: Punctuality, close: date, past: bool) -> str:
    every = len(each.on_time) + len(each.late)
    lines = [
        f"<b>{formats.quarter(each.quarter)}</b> · {'cerró' if past else 'cierra'} el {days.day(close)}",
        f"A tiempo: <b>{len(each.on_time)}</b> de {every} · con retraso: {_names(each.late)}",
        f"Completas: <b>{len(each.complete)}</b> de {every}",
    ]
    if past and each.incomplete:
        lines[-1] += f" · faltan: {_names(each.incomplete)}"
    return "\n".join(lines)


def _names(units: Sequence[UnitView]) -> str:
    if not units:
        return "ninguna"
    names = [escape(figures.excerpt(figures.short(unit.name), NAME)) for unit in units[:NAMED]]
    more = [f"{len(units) - NAMED} más"] if len(units) > NAMED else []
    return f"{len(units)} ({formats.joined([*names, *more])})"
