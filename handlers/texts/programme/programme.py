"""`/programa`: what the programme asks for, originally and as adjusted; and adjusting it."""

from collections.abc import Sequence
from datetime import date

from handlers.texts.escaping import escape
from handlers.texts.programme import importing
from handlers.texts.progress.progress import short
from models.programme.view import LineView, Plan, ProgrammeView, TargetView, UnitView
from models.programme_changes.drafts import Adjusting
from models.tables.programme import Adjustment
from spanish.writing import days, formats
from spanish.writing.measures import amount

MENU = "Ver y ajustar el programa; exportarlo a Excel"
EXPORT = "📤 Exportar a Excel"
BACK = "⬅️ Todos los órganos"
SAVE = "✅ Ajustar"
CANCELLED = "✖️ No se ajustó nada: la meta sigue igual."
EVENLY = "Repartirla pareja"
FROM_START = "Desde el inicio del año"
SEE = "📘 Ver la línea"
EDITS = {
    "amount": "Cantidad",
    "plan": "Plan",
    **importing.EDITS,
}
HOW_TO_CHANGE = (
    "Para cambiar el programa, exporte el libro de Excel, edítelo y envíemelo aquí (también acepto YAML). "
    "Le muestro qué cambiaría antes de aplicar nada."
)
EXPORTED = (
    "Edítelo y envíemelo aquí: le muestro qué cambiaría antes de aplicar nada. Trae las metas originales; "
    "los ajustes ya hechos se conservan."
)
TITLE = 46  # characters of a line's title


def whole(programme: ProgrammeView, units: Sequence[UnitView]) -> str:
    """Those units of the programme, each with how much it has."""
    rows = [
        f"• {escape(short(unit.name))}: {formats.number(len(unit.lines))} líneas, "
        f"{formats.number(sum(len(line.targets) for line in unit.lines))} metas"
        for unit in units
    ]
    return "\n".join([f"📘 <b>Programa {programme.year}</b>", "", *rows, "", HOW_TO_CHANGE])


def unit_page(programme: ProgrammeView, unit: UnitView, today: date, shown: Sequence[LineView]) -> str:
    """The lines of the unit that are `shown`, each with what its targets ask for now."""
    lines = []
    for line in shown:
        title = line.title if len(line.title) <= TITLE else line.title[: TITLE - 1] + "…"
        asked = " · ".join(_asked(target, today) for target in line.targets)
        ended = f" <i>({days.in_force(line)})</i>" if days.in_force(line) else ""
        lines.append(f"<b>{line.number}</b> {escape(title)}{ended}\n{escape(asked)}")
    return "\n".join([f"📘 <b>{escape(unit.name)}</b> · Programa {programme.year}", "", *lines])


def line_page(
    programme: ProgrammeView,
    unit: UnitView,
    line: LineView,
    adjustments: Sequence[Adjustment],
    targets: Sequence[TargetView],
) -> str:
    """A line with those targets' original terms and every adjustment of them."""
    when = f"Del {days.day(line.starts_on, programme.year)} al {days.day(line.ends_on, programme.year)}"
    if force := days.in_force(line):
        when += f"; en el programa {force}"
    blocks = [f"📘 <b>{escape(unit.name)} · Línea {line.number}</b>\n{escape(line.title)}\n{when}"]
    for target in targets:
        original = target.terms[0]
        rows = [f"<b>{escape(target.measure)}</b>{' (informativa)' if target.informative else ''}"]
        rows.append(f"Programada: {terms(target, original.amount, original.plan)}")
        mine = [each for each in adjustments if each.target_id == target.id]
        for each in mine:
            plan = None if each.plan is None else tuple(each.plan)
            since = days.day(each.adjusted_on, programme.year)
            why = f"{each.reason}; {f'oficio {each.letter}' if each.letter else 'sin oficio'}"
            rows.append(
                f"Ajustada desde el {since}: {terms(target, each.amount, plan)}. <i>{escape(why)}</i>"
            )
        blocks.append("\n".join(rows))
    return "\n\n".join(blocks)


def terms(target: TargetView, asked: int, plan: Plan | None) -> str:
    """«16 (plan: 4, 4, 4, 4)»."""
    if plan is None:
        return f"{amount(asked, target)} (sin plan: se reparte pareja)"
    entries = ", ".join("por definir" if each is None else amount(each, target) for each in plan)
    return f"{amount(asked, target)} (plan: {entries})"


def adjust_button(target: TargetView) -> str:
    return f"🎯 Ajustar {target.measure.lower()}"


def export_name(year: int) -> str:
    return f"programa-{year}.xlsx"


def how_many(unit: UnitView, line: LineView, target: TargetView, today: date) -> str:
    now = target.in_force(today)
    return (
        f"{_head(unit, line, target)}\n\nHoy la meta es {terms(target, now.amount, now.plan)}.\n"
        "¿Cuál es la nueva cantidad? Escríbala con cifras."
    )


def which_plan(unit: UnitView, line: LineView, target: TargetView, asked: int) -> str:
    return (
        f"{_head(unit, line, target)}\n\n¿Cómo se planea {amount(asked, target)} por trimestre? Escriba "
        "cuatro cantidades, por ejemplo «4, 4, 5, 5», o toque el botón. Con «?» queda por definir."
    )


def since_when(unit: UnitView, line: LineView, target: TargetView) -> str:
    return (
        f"{_head(unit, line, target)}\n\n¿Desde qué día vale? Los días anteriores siguen respondiendo con la "
        "meta de entonces. También puede escribirlo: «1 de julio»."
    )


def card(unit: UnitView, line: LineView, target: TargetView, content: Adjusting, today: date) -> str:
    now = target.in_force(content.since or today)
    return "\n".join(
        [
            _head(unit, line, target),
            "",
            f"<b>Antes:</b> {terms(target, now.amount, now.plan)}",
            f"<b>Ahora:</b> {terms(target, content.amount or 0, content.plan)}",
            *importing.terms(content),
            "",
            "La meta original se conserva como «programada».",
        ]
    )


def adjusted(line: LineView, target: TargetView, content: Adjusting) -> str:
    assert content.since is not None
    return (
        f"✅ <b>Ajustada</b>: la meta de {escape(target.measure.lower())} de la línea {line.number} es "
        f"{terms(target, content.amount or 0, content.plan)} desde el {days.day(content.since)}."
    )


def _head(unit: UnitView, line: LineView, target: TargetView) -> str:
    return f"🎯 <b>Ajustar meta</b> · {escape(unit.name)} {line.number}\n{escape(target.measure)}"


def _asked(target: TargetView, today: date) -> str:
    now, first = target.in_force(today), target.terms[0]
    was = f" (programadas {amount(first.amount, target)})" if now.amount != first.amount else ""
    return f"{amount(now.amount, target)} {target.measure.lower()}{was}"
