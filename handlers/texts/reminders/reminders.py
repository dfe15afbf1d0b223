"""Texts of reminders: daily and weekly digests, overdue units, the summary at a close."""

from collections.abc import Sequence
from datetime import date, datetime

from handlers.texts.escaping import Html, escape, joined
from handlers.texts.progress import progress as figures
from handlers.texts.progress.signs import SIGNS, marked
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
MOST = 3  # achievements, and risks, per week
NAMED, NAME = 3, 20  # units named, and characters per name
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


def morning(unit: UnitView, quarter: Quarter, left: int, close: date, owed: Sequence[Duty]) -> Html:
    """Return a unit's duties; `left` is the number of working days before the close."""
    head = Html("⏰ <b>{}</b> · {}\n{}").format(unit.name, formats.quarter(quarter), _countdown(left, close))
    return Html("{}\n{}").format(head, _list(unit, owed))


def line_ends(unit: UnitView, owed: Sequence[Duty]) -> Html:
    """Return what is due before a line ends, between closes."""
    return Html("⏰ <b>{}</b>: conviene verlo hoy\n{}").format(unit.name, _list(unit, owed))


def reopened(
    unit: UnitView, quarter: Quarter, until: date, dates: Calendar, today: date, owed: Sequence[Duty]
) -> Html:
    """Return, for the unit, that its quarter is reopened and not signed again."""
    left = calendar_texts.working_days(dates.working_days(today, until))
    left = "hoy es el último día" if until == today else left
    head = Html(
        "🔓 <b>{}</b>\nEl {} está reabierto hasta el <b>{}</b> ({}). Falta volver a firmarlo."
    ).format(unit.name, formats.quarter(quarter), days.weekday(until), left)
    return Html("{}\n{}").format(head, _list(unit, owed))


def close_moved(quarter: Quarter, move: CloseMove, before: date, today: date) -> Html:
    """Return, for staff and directors, that planning moved the close."""
    when = "hoy" if move.closes_on == today else Html("el {}").format(days.weekday(move.closes_on))
    return Html(
        "📆 Planeación movió el cierre del {}: ahora es <b>{}</b> (antes, el {}).\nMotivo: {}"
    ).format(formats.quarter(quarter), when, days.weekday(before), move.reason)


def overdue(unit: UnitView, quarter: Quarter, close: date, owed: Sequence[Duty]) -> Html:
    """Return, for the director, that the quarter is overdue."""
    head = Html("🔴 <b>{}</b>\nEl {} cerró el {} y aún no está firmado.").format(
        unit.name, formats.quarter(quarter), days.weekday(close)
    )
    return Html("{}\n{}").format(head, _list(unit, owed))


def overdue_units(quarter: Quarter, close: date, units: Sequence[tuple[UnitView, Sequence[Duty]]]) -> Html:
    """Return, for planning, the overdue units, each with its number of duties."""
    head = Html("🔴 El <b>{}</b> cerró el {}. Aún no están listas:").format(
        formats.quarter(quarter), days.weekday(close)
    )
    return Html("\n").join(
        [head, *(Html("• {}: {}").format(unit.name, _number(len(owed))) for unit, owed in units)]
    )


def and_more(number: int) -> Html:
    """Return how many more there are; empty if none. The button below shows them."""
    return Html("\n\n<i>…y {} más: toque el botón.</i>").format(number) if number > 0 else Html()


def see_all(number: int) -> str:
    return f"📋 Ver todas ({number})"


def all_attended(quarter: Quarter) -> str:
    return f"✅ Del {formats.quarter(quarter)} ya no hay ninguna unidad sin firmar que nadie atienda."


def attended(unit: UnitView, quarter: Quarter, name: str, at: datetime) -> Html:
    """Return who took charge, and when in local time."""
    return Html(
        "🙋 <b>{}</b>, {}: lo atiende <b>{}</b> desde el {} a las {:%H:%M}. Ya no se insiste."
    ).format(unit.name, formats.quarter(quarter), name, days.day(at.date()), at)


def chain_head(head: Head) -> Html:
    """Return the audit chain's newest entry and hash, for the weekly digest of planning and observers."""
    return Html(
        "🔏 <b>Sello de la bitácora</b>\n<code>{}</code>\n"
        "Solo conserve este mensaje; no hay que hacer nada. Con él, una auditoría puede comprobar que nadie "
        "reescribió lo registrado hasta hoy."
    ).format(head)


def weekly_unit(status: ProgressStatus, unit: UnitStatus, monday: date) -> Html:
    """Return a unit's week in at most ten lines: achievements first, then at most three risks."""
    lines = [
        Html("📊 <b>{}</b> · semana del {}").format(unit.unit.name, days.day(monday)),
        Html("{} · {}").format(_figure(unit), formats.quarter(status.quarter)),
        Html("✅ <b>Logros</b> · {}").format(figures.foot(status, unit.activities).partition(" · ")[2]),
    ]
    lines += [_line(each) for each in achievements(unit)] or [
        Html("Todavía ninguna línea va conforme al plan.")
    ]
    risky = risks(unit)
    lines.append(Html("⚠️ <b>Riesgos</b>") if risky else Html("Sin riesgos: ninguna línea va atrasada."))
    return Html("\n").join([*lines, *(_line(each) for each in risky)])


def achievements(unit: UnitStatus) -> list[LineStatus]:
    """Return lines that are complete or on plan, the most advanced first."""
    good = [each for each in unit.lines if each.signal in (Signal.MET, Signal.GREEN) and each.exact]
    return sorted(good, key=lambda each: (each.signal is not Signal.MET, -each.exact))[:MOST]


def risks(unit: UnitStatus) -> list[LineStatus]:
    """Return lines behind the plan: red before yellow, the farthest behind first."""
    bad = [each for each in unit.lines if each.signal in (Signal.RED, Signal.YELLOW)]
    return sorted(bad, key=lambda each: (each.signal is not Signal.RED, each.exact - each.due))[:MOST]


def weekly_whole(
    status: ProgressStatus, quarters: Sequence[tuple[Punctuality, date, bool]], monday: date
) -> Html:
    """Return, for planning, the institution, and its units by quarter with the close."""
    head = Html("📊 <b>{}</b> · semana del {}\n{} · {}").format(
        figures.institution(status), days.day(monday), _figure(status), formats.quarter(status.quarter)
    )
    return Html("\n\n").join([head, *(_punctuality(*each) for each in quarters)])


def summary(page: Html, quarter: Quarter, close: date, today: date) -> Html:
    """Return the heading above the page of `/avance` on the evening of the close or later."""
    when = "Hoy cierra" if close == today else f"El {days.weekday(close)} cerró"
    return Html("🏁 {} la captura del {}.\n\n{}").format(when, formats.quarter(quarter), page)


def line_button(label: str, unit: UnitView, line: LineView, several: bool) -> str:
    """Return «📝 Registrar · 2», with the unit's name if the digest covers several."""
    return f"{label} · {figures.short(unit.name)} {line.number}" if several else f"{label} · {line.number}"


def unit_button(label: str, unit: UnitView, several: bool) -> str:
    return f"{label} · {figures.short(unit.name)}" if several else label


def _countdown(left: int, close: date) -> Html:
    when = days.weekday(close)
    if left <= 0:
        return Html("<b>Hoy</b> cierra la captura ({}).").format(when)
    if left == 1:
        return Html("Falta <b>1 día hábil</b> para el cierre ({}).").format(when)
    return Html("Faltan <b>{} días hábiles</b> para el cierre ({}).").format(left, when)


def _list(unit: UnitView, owed: Sequence[Duty]) -> Html:
    """Return the duties, one line of text per programme line."""
    lines: dict[str, list[str]] = {}
    for duty in owed:
        head, said = _duty(unit, duty)
        lines.setdefault(head, []).append(said)
    shown = [Html("• {}{}").format(head, Html(", ").join(said)) for head, said in lines.items()][:SHOWN]
    more = len(lines) - len(shown)
    return Html("\n").join([*shown, Html("…y {} más. {}").format(more, ALL_DUTIES) if more else ALL_DUTIES])


def _duty(unit: UnitView, duty: Duty) -> tuple[str, str]:
    """Return what the duty is about and what is missing."""
    if duty.kind is DutyKind.RETURNED:
        return Html("Actividad devuelta: /actividad_{}").format(duty.activity_id), ""
    said = DUTIES[duty.kind]
    if duty.kind is DutyKind.ENDS_SOON and duty.days_left is not None:
        said = Html("termina en {} {} o menos, bajo su meta").format(
            duty.days_left, "día" if duty.days_left == 1 else "días"
        )
    line = next((each for each in unit.lines if each.id == duty.line_id), None)
    if line is None:
        return said, ""
    return Html("<b>{}</b> {}: ").format(line.number, figures.excerpt(line.title, TITLE)), said


def _number(count: int) -> str:
    return "1 pendiente" if count == 1 else f"{count} pendientes"


def _line(each: LineStatus) -> Html:
    title = escape(figures.excerpt(each.line.title, TITLE))
    return Html("{} {} · <b>{}</b> {}").format(
        SIGNS[each.signal], formats.shown(each.exact), each.line.number, title
    )


def _figure(part: UnitStatus | ProgressStatus) -> Html:
    planned = formats.shown(part.planned)
    return Html("Avance <b>{}</b> · planeado {} {}").format(
        formats.shown(part.exact), planned, marked(part.signal)
    )


def _punctuality(each: Punctuality, close: date, past: bool) -> Html:
    every = len(each.on_time) + len(each.late)
    lines = [
        Html("<b>{}</b> · {} el {}").format(
            formats.quarter(each.quarter), "cerró" if past else "cierra", days.day(close)
        ),
        Html("A tiempo: <b>{}</b> de {} · con retraso: {}").format(
            len(each.on_time), every, _names(each.late)
        ),
        Html("Completas: <b>{}</b> de {}").format(len(each.complete), every),
    ]
    if past and each.incomplete:
        lines[-1] += Html(" · faltan: {}").format(_names(each.incomplete))
    return Html("\n").join(lines)


def _names(units: Sequence[UnitView]) -> Html:
    if not units:
        return Html("ninguna")
    names = [escape(figures.excerpt(figures.short(unit.name), NAME)) for unit in units[:NAMED]]
    more = [Html("{} más").format(len(units) - NAMED)] if len(units) > NAMED else []
    return Html("{} ({})").format(len(units), joined([*names, *more]))
