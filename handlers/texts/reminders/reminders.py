"""Texts of reminders: daily and weekly digests, overdue units, the summary at a close."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from handlers.texts.escaping import Html
from handlers.texts.progress import progress as figures
from handlers.texts.quarter_end import calendar as calendar_texts
from handlers.texts.reminders import changed
from models.calendar.calendar import Calendar
from models.chain.anchor import Head
from models.programme.view import LineView, UnitView
from models.quarter import Quarter
from models.quarter_end.duties import Duty, DutyKind
from models.reminders.earlier import Changes
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

MUST = Html("❗️ <b>Para poder firmar:</b>")
GOOD_TO_HAVE = Html("<b>Además conviene:</b>")
LAST_DAY = "Hoy es el último día para capturar: no lo dejo para mañana. Con /pendientes ve qué falta."

SHOWN = 6  # lines of duties in a digest
TITLE = 40  # characters of a line's title
DUTIES = {
    DutyKind.NOTHING_REGISTERED: "nada registrado",
    DutyKind.BEHIND: "va atrasada",
    DutyKind.NO_EVIDENCE: "sin evidencia",
    DutyKind.PENDING_QUANTITY: "cantidades por contar",
    DutyKind.UNEXPLAINED_DEVIATION: "desviación sin observación",
    DutyKind.NO_PRESENTATION: "Falta la presentación del trimestre",
    DutyKind.NOT_SIGNED: "Falta la firma",
}


@dataclass(frozen=True)
class ReminderFacts:
    """What a reminder tells of a unit: what is owed, how much is done, what changed since the last one."""

    today: date
    owed: Sequence[Duty]
    done: int = 0
    since: Changes | None = None


def morning(unit: UnitView, quarter: Quarter, left: int, close: date, told: ReminderFacts) -> Html:
    """Return a unit's duties; `left` is the number of working days before the close."""
    head = Html("⏰ <b>{}</b> · {}\n{}").format(unit.name, formats.quarter(quarter), _countdown(left, close))
    return Html("{}\n{}\n{}").format(head, _how_many(unit, told), _list(unit, told))


def line_ends(unit: UnitView, told: ReminderFacts) -> Html:
    """Return what is due before a line ends, between closes."""
    return Html("⏰ <b>{}</b>: conviene verlo hoy\n{}").format(unit.name, _list(unit, told))


def reopened(unit: UnitView, quarter: Quarter, until: date, dates: Calendar, told: ReminderFacts) -> Html:
    """Return, for the unit, that its quarter is reopened and not signed again."""
    left = calendar_texts.working_days(dates.working_days(told.today, until))
    left = "hoy es el último día" if until == told.today else left
    head = Html(
        "🔓 <b>{}</b>\nEl {} está reabierto hasta el <b>{}</b> ({}). Falta volver a firmarlo."
    ).format(unit.name, formats.quarter(quarter), days.weekday(until), left)
    return Html("{}\n{}").format(head, _list(unit, told))


def close_moved(quarter: Quarter, move: CloseMove, before: date, today: date) -> Html:
    """Return, for staff and directors, that planning moved the close."""
    when = "hoy" if move.closes_on == today else Html("el {}").format(days.weekday(move.closes_on))
    return Html(
        "📆 Planeación movió el cierre del {}: ahora es <b>{}</b> (antes, el {}).\nMotivo: {}"
    ).format(formats.quarter(quarter), when, days.weekday(before), move.reason)


def overdue(unit: UnitView, quarter: Quarter, close: date, ago: int, told: ReminderFacts) -> Html:
    """Return, for the director, that the quarter is overdue; `ago` is in working days."""
    head = Html("⌛ <b>{}</b>\nEl {} cerró el {} ({}) y aún no está firmado.").format(
        unit.name, formats.quarter(quarter), days.weekday(close), _ago(ago)
    )
    return Html("{}\n{}\n{}").format(head, _how_many(unit, told), _list(unit, told))


def overdue_units(
    quarter: Quarter, close: date, ago: int, units: Sequence[tuple[UnitView, Sequence[Duty]]]
) -> Html:
    """Return, for planning, the overdue units, each with its number of duties; `ago` is in working days."""
    head = Html("⌛ El <b>{}</b> cerró el {} ({}). Aún no están listas:").format(
        formats.quarter(quarter), days.weekday(close), _ago(ago)
    )
    return Html("\n").join(
        [head, *(Html("• {}: {}").format(unit.name, _number(len(owed))) for unit, owed in units)]
    )


def _ago(ago: int) -> str:
    return "hace 1 día hábil" if ago == 1 else f"hace {ago} días hábiles"


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


def chain_head(head: Head, today: date) -> Html:
    """Return the audit chain's newest entry and hash on that day, for planning and observers every week."""
    return Html(
        "🔏 <b>Sello de la bitácora</b> · {}\n<code>{}</code>\n"
        "Solo conserve este mensaje; no hay que hacer nada. Con él, una auditoría puede comprobar que nadie "
        "reescribió lo registrado hasta hoy."
    ).format(days.day(today), head)


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


def _how_many(unit: UnitView, told: ReminderFacts) -> Html:
    """Return «Faltan 2 de 6 cosas.», and what changed since the last reminder."""
    number = len(told.owed)
    verb = "Falta" if number == 1 else "Faltan"
    said = Html("{} <b>{}</b> de {} cosas.").format(verb, number, number + told.done)
    return said if told.since is None else said + changed.sentence(unit, told.since)


def _list(unit: UnitView, told: ReminderFacts) -> Html:
    """Return what blocks the signature, then the rest, one line of text per programme line."""
    blocking = _grouped(unit, told, [each for each in told.owed if each.blocking])
    others = _grouped(unit, told, [each for each in told.owed if not each.blocking])
    shown_first, shown_last = blocking[:SHOWN], others[: max(SHOWN - len(blocking), 0)]
    lines = [*([MUST] if blocking else []), *shown_first]
    if shown_last:
        lines += [*([GOOD_TO_HAVE] if blocking else []), *shown_last]
    more = len(blocking) + len(others) - len(shown_first) - len(shown_last)
    return Html("\n").join([*lines, Html("…y {} más. {}").format(more, ALL_DUTIES) if more else ALL_DUTIES])


def _grouped(unit: UnitView, told: ReminderFacts, owed: Sequence[Duty]) -> list[Html]:
    lines: dict[str, list[str]] = {}
    for duty in owed:
        head, said = _duty(unit, told, duty)
        lines.setdefault(head, []).append(said)
    return [Html("• {}{}").format(head, Html(", ").join(said)) for head, said in lines.items()]


def _duty(unit: UnitView, told: ReminderFacts, duty: Duty) -> tuple[str, str]:
    """Return what the duty is about and what is missing."""
    if duty.kind is DutyKind.RETURNED:
        return Html("Actividad devuelta: /actividad_{}").format(duty.activity_id), ""
    line = next((each for each in unit.lines if each.id == duty.line_id), None)
    if line is None:
        return DUTIES[duty.kind], ""
    ends = duty.kind is DutyKind.ENDS_SOON
    said = _ends((line.ends_on - told.today).days) if ends else DUTIES[duty.kind]
    return Html("<b>{}</b> {}: ").format(line.number, figures.excerpt(line.title, TITLE)), said


def _ends(left: int) -> str:
    when = {0: "hoy", 1: "mañana"}.get(left, f"en {left} días")
    return f"termina {when}, bajo su meta"


def _number(count: int) -> str:
    return "1 pendiente" if count == 1 else f"{count} pendientes"
