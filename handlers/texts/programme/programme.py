"""Texts of `/programa`: the programme, originally and as adjusted, and adjusting it."""

from collections.abc import Sequence
from datetime import date

from handlers.texts.activities.capture import plain
from handlers.texts.escaping import Html
from handlers.texts.programme import importing
from handlers.texts.progress.progress import short
from models.combine import Combine
from models.programme.view import LineView, Plan, ProgrammeView, TargetView, UnitView
from models.programme_changes.drafts import Adjusting
from models.programme_file.sheets import COMBINES
from models.tables.programme import Adjustment
from spanish.writing import days, formats
from spanish.writing.measures import amount
from spanish.writing.nouns import lower

MENU = "Ver y ajustar el programa; exportarlo a Excel"
EXPORT = "📤 Exportar a Excel"
BACK = "⬅️ Todos los órganos"
SAVE = "✅ Ajustar"
CANCELLED = "✖️ No se ajustó nada: la meta sigue igual."
EVENLY = "Repartirla por igual"
THE_SAME = "La misma todo el año"
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


def whole(programme: ProgrammeView, units: Sequence[UnitView]) -> Html:
    """Return those units, each with its number of lines and targets."""
    rows = [
        Html("• {}: {} líneas, {} metas").format(
            short(unit.name),
            formats.number(len(unit.lines)),
            formats.number(sum(len(line.targets) for line in unit.lines)),
        )
        for unit in units
    ]
    return Html("\n").join(
        [Html("📘 <b>Programa {}</b>").format(programme.year), "", *rows, "", HOW_TO_CHANGE]
    )


def unit_page(programme: ProgrammeView, unit: UnitView, today: date, shown: Sequence[LineView]) -> Html:
    """Return the lines in `shown`, each with the current terms of its targets."""
    lines = []
    for line in shown:
        title = line.title if len(line.title) <= TITLE else line.title[: TITLE - 1] + "…"
        asked = Html(" · ").join(_asked(target, today) for target in line.targets)
        ended = Html(" <i>({})</i>").format(days.in_force(line)) if days.in_force(line) else ""
        lines.append(Html("<b>{}</b> {}{}\n{}").format(line.number, title, ended, asked))
    return Html("\n").join([Html("📘 <b>{}</b> · Programa {}").format(unit.name, programme.year), "", *lines])


def line_page(
    programme: ProgrammeView,
    unit: UnitView,
    line: LineView,
    adjustments: Sequence[Adjustment],
    targets: Sequence[TargetView],
) -> Html:
    """Return a line with its targets' original terms and every adjustment."""
    when = Html("Del {} al {}").format(
        days.day(line.starts_on, programme.year), days.day(line.ends_on, programme.year)
    )
    if force := days.in_force(line):
        when += Html("; en el programa {}").format(force)
    blocks = [Html("📘 <b>{} · Línea {}</b>\n{}\n{}").format(unit.name, line.number, line.title, when)]
    for target in targets:
        original = target.terms[0]
        rows = [Html("<b>{}</b>{}").format(target.measure, " (informativa)" if target.informative else "")]
        asked = terms(target, original.amount, original.plan, original.combine)
        rows.append(Html("Programada: {}").format(asked))
        mine = [each for each in adjustments if each.target_id == target.id]
        for each in mine:
            plan = None if each.plan is None else tuple(each.plan)
            since = days.day(each.adjusted_on, programme.year)
            why = Html("{}; {}").format(
                each.reason, Html("oficio {}").format(each.letter) if each.letter else "sin oficio"
            )
            rows.append(
                Html("Ajustada desde el {}: {}. <i>{}</i>").format(
                    since, terms(target, each.amount, plan, each.combine), why
                )
            )
        blocks.append(Html("\n").join(rows))
    return Html("\n\n").join(blocks)


def terms(target: TargetView, asked: int, plan: Plan | None, combine: Combine) -> str:
    """Return «16 (plan: 4, 4, 4, 4)», «90 (último valor; niveles: 85, 88, 90, 90)»."""
    if combine.is_rate:
        how = COMBINES[combine].lower()
        levels = ", ".join("por definir" if each is None else amount(each, target) for each in plan or ())
        return f"{amount(asked, target)} ({how}; {f'niveles: {levels}' if levels else 'todo el año'})"
    if plan is None:
        return f"{amount(asked, target)} (sin plan propio: por igual en cada trimestre)"
    entries = ", ".join("por definir" if each is None else amount(each, target) for each in plan)
    return f"{amount(asked, target)} (plan: {entries})"


def adjust_button(target: TargetView) -> str:
    return f"🎯 Ajustar {lower(target.measure)}"


def export_name(year: int) -> str:
    return f"programa-{year}.xlsx"


def how_many(unit: UnitView, line: LineView, target: TargetView, today: date) -> Html:
    now = target.in_force(today)
    return Html("{}\n\nHoy la meta es {}.\n¿Cuál es la nueva cantidad? Escríbala con cifras.").format(
        _head(unit, line, target), terms(target, now.amount, now.plan, now.combine)
    )


def which_plan(unit: UnitView, line: LineView, target: TargetView, asked: int) -> Html:
    if target.terms[-1].combine.is_rate:
        return Html(
            "{}\n\n¿Qué nivel va en cada trimestre para llegar a {}? Escriba cuatro cantidades; la última es "
            "la meta. O toque el botón, si es la misma todo el año."
        ).format(_head(unit, line, target), amount(asked, target))
    return Html(
        "{}\n\n¿Cómo se planea {} por trimestre? Escriba "
        "cuatro cantidades, por ejemplo «{}», o toque el botón. Con «?» queda por definir."
    ).format(_head(unit, line, target), amount(asked, target), example_plan(asked, target))


def example_plan(asked: int, target: TargetView) -> str:
    """Return four quantities that are a plan of that amount: «3, 3, 3, 3» of 12; of a rate its levels."""
    if target.terms[-1].combine.is_rate:
        return ", ".join([plain(asked, target)] * 4)
    least, left = divmod(asked, 4)
    return ", ".join(plain(least + (place >= 4 - left), target) for place in range(4))


def since_when(unit: UnitView, line: LineView, target: TargetView) -> Html:
    return Html(
        "{}\n\n¿Desde qué día vale? Los días anteriores siguen respondiendo con la "
        "meta de entonces. También puede escribirlo: «1 de julio»."
    ).format(_head(unit, line, target))


def card(unit: UnitView, line: LineView, target: TargetView, content: Adjusting, today: date) -> Html:
    now = target.in_force(content.since or today)
    return Html("\n").join(
        [
            _head(unit, line, target),
            "",
            Html("<b>Antes:</b> {}").format(terms(target, now.amount, now.plan, now.combine)),
            Html("<b>Ahora:</b> {}").format(
                terms(target, content.amount or 0, content.plan, target.terms[-1].combine)
            ),
            *importing.terms(content),
            "",
            "La meta original se conserva como «programada».",
        ]
    )


def adjusted(line: LineView, target: TargetView, content: Adjusting) -> Html:
    assert content.since is not None
    return Html("✅ <b>Ajustada</b>: la meta de {} de la línea {} es {} desde el {}.").format(
        lower(target.measure),
        line.number,
        terms(target, content.amount or 0, content.plan, target.terms[-1].combine),
        days.day(content.since),
    )


def _head(unit: UnitView, line: LineView, target: TargetView) -> Html:
    return Html("🎯 <b>Ajustar meta</b> · {} {}\n{}").format(unit.name, line.number, target.measure)


def _asked(target: TargetView, today: date) -> str:
    now, first = target.in_force(today), target.terms[0]
    was = f" (programadas {amount(first.amount, target)})" if now.amount != first.amount else ""
    return f"{amount(now.amount, target)} {lower(target.measure)}{was}"
