"""Texts of «¿De dónde sale?»: how a figure is calculated, down to the entries."""

from collections.abc import Sequence
from fractions import Fraction

from handlers.texts.escaping import Html, escape
from handlers.texts.progress.progress import excerpt, foot, institution, short
from models.combine import Combine
from models.programme.plan import by_quarter
from models.progress.origins import LeftOut, Origin, OriginsPage
from models.progress.status import LineStatus, ProgressStatus, TargetStatus, UnitStatus
from spanish.writing import days, formats
from spanish.writing.measures import amount, awaited, counted

NARRATIVE = 70  # characters of each activity's narrative
SIGNS = {
    None: "✔️",
    LeftOut.PENDING: "⏳",
    LeftOut.LATER: "📅",
    LeftOut.WITHDRAWN: "✖️",
    LeftOut.INFORMATIVE: "ℹ️",
    LeftOut.STEP: "▫️",
    LeftOut.SUPERSEDED: "↪️",
}


def unit_origin(status: ProgressStatus, unit: UnitStatus, shown: Sequence[LineStatus]) -> Html:
    """Return the mean of a unit's lines, with the division of each line in `shown`."""
    lines = [line for line in unit.lines if line.counting]
    parts = [
        Html("<b>{}</b> · {} {}{} · planeado {}").format(
            line.line.number, division(line), equals(line.exact), _capped(line.exact), fine(line.planned)
        )
        for line in lines
        if line in shown
    ]
    rule = Html("Es el promedio de sus {} líneas, cada una hasta 100 %:").format(len(lines))
    return _mean_page(status, escape(unit.unit.name), rule, parts, unit, unit.activities)


def whole_origin(status: ProgressStatus, shown: Sequence[UnitStatus]) -> Html:
    """Return the mean of the units' figures, with each unit in `shown`."""
    parts = [
        Html("{} · {} · planeado {}").format(short(unit.unit.name), fine(unit.exact), fine(unit.planned))
        for unit in shown
    ]
    rule = Html("Es el promedio de sus {} órganos administrativos:").format(len(status.units))
    return _mean_page(status, institution(status), rule, parts, status, status.activities)


def line_origin(
    status: ProgressStatus, unit: UnitStatus, line: LineStatus, page: OriginsPage, with_narrative: bool
) -> Html:
    """Return the division, the plan, and the entries in order of their day."""
    head = Html("<b>{} · {}, línea {}</b>\n{}").format(
        ORIGIN_OF, unit.unit.name, line.line.number, formats.quarter(status.quarter)
    )
    if line.counting:
        said = (
            Html(" → <b>{}</b>").format(shown)
            if (shown := formats.shown(line.exact)) != fine(line.exact)
            else ""
        )
        head += Html("\n\n{} {}{}").format(division(line), equals(line.exact), said)
    blocks = [head]
    if page.number == 1:
        blocks.append(Html("\n").join(_plan(status, line, each) for each in line.targets))
    entries = _entries(status, page.origins, with_narrative)
    blocks.append(
        Html("\n").join(entries) if entries else Html("Todavía no hay actividades registradas en esta línea.")
    )
    turn = Html(" · página {} de {}").format(page.number, page.pages) if page.pages > 1 else ""
    return Html("\n\n").join([*blocks, foot(status, line.activities) + turn])


ORIGIN_OF = "De dónde sale"
EARLIER = "⬅️ Anteriores"
LATER = "Siguientes ➡️"


def division(line: LineStatus) -> str:
    """Return «1 ÷ 4» or «(9 + 9) ÷ (16 + 12)», each capped at its own target.

    With a rate among several, the mean: «(87.5 ÷ 90 + 9 ÷ 16) ÷ 2».
    """
    several = len(line.counting) > 1
    done = [
        amount(min(each.counted, each.amount) if several else each.counted, each.target)
        for each in line.counting
    ]
    asked = [amount(each.amount, each.target) for each in line.counting]
    if not several:
        return f"{done[0]} ÷ {asked[0]}"
    if not line.summable:
        parts = " + ".join(f"{each} ÷ {whole}" for each, whole in zip(done, asked, strict=True))
        return f"({parts}) ÷ {len(done)}"
    return f"({' + '.join(done)}) ÷ ({' + '.join(asked)})"


def fine(exact: Fraction) -> str:
    """Return a percentage with two decimals, as it enters a mean."""
    return f"{formats.rounded(exact * 100, 0)} %"


def equals(exact: Fraction) -> str:
    """Return «= 25 %» or «≈ 64.29 %»."""
    text = fine(exact)
    return f"≈ {text[1:]}" if text.startswith("≈") else f"= {text}"


def _rounding(exact: Fraction) -> Html:
    """Return «≈39.76 % → 40 %»; only the figure if it needs no rounding."""
    text, said = fine(exact), formats.shown(exact)
    return Html("<b>{}</b>").format(said) if text == said else Html("{} → <b>{}</b>").format(text, said)


def _mean_page(
    status: ProgressStatus,
    name: str,
    rule: str,
    parts: Sequence[str],
    whole: UnitStatus | ProgressStatus,
    activities: int,
) -> Html:
    head = Html("<b>{} · {}</b>\n{}").format(ORIGIN_OF, name, formats.quarter(status.quarter))
    result = Html("Avance: {}\nPlaneado: {}").format(_rounding(whole.exact), _rounding(whole.planned))
    return Html("\n\n").join([head, rule + "\n" + Html("\n").join(parts), result, foot(status, activities)])


def _capped(exact: Fraction) -> str:
    return " (cuenta 100 %)" if exact > 1 else ""


_HOW_RATES = {
    Combine.LATEST: "no se suma; vale el último valor registrado.",
    Combine.AVERAGE: "no se suma; vale el promedio de los valores registrados.",
}


def _plan(status: ProgressStatus, line: LineStatus, each: TargetStatus) -> Html:
    parts = by_quarter(line.line, each.target, status.quarter.year, status.on)
    plan = Html(" · ").join(formats.rounded(part, each.target.decimals) for part in parts)
    given = each.target.in_force(status.on).plan
    how = " (calculado: el programa no fija un plan)" if given is None else ""
    if given and None in given:
        how = " (lo que el programa no fija, repartido por igual)"
    if each.combine.is_rate:
        what = _HOW_RATES[each.combine]
        return Html("{}: {}\nNivel planeado por trimestre: {}").format(each.target.measure, what, plan)
    return Html("{}, plan por trimestre: {}{}").format(each.target.measure, plan, how)


def _entries(status: ProgressStatus, origins: tuple[Origin, ...], with_narrative: bool) -> list[Html]:
    """Return «✔️ 13 de marzo · 1 acta · n.º 12» per entry, with what does not count and an excerpt."""
    said = []
    for place, origin in enumerate(origins):
        quantity = escape(counted(origin.counted + origin.left_out, origin.target))
        when = days.day(origin.ends_on, status.quarter.year)
        number = "saldo inicial" if origin.opening else Html("n.º {}").format(origin.activity_id)
        said.append(
            Html("{} {} · {} · {}{}").format(SIGNS[origin.reason], when, quantity, number, _why(origin))
        )
        following = origins[place + 1].activity_id if place + 1 < len(origins) else None
        if with_narrative and following != origin.activity_id:
            said.append(Html("«{}»").format(excerpt(origin.narrative, NARRATIVE)))
    return said


def _why(origin: Origin) -> Html:
    left_out = amount(origin.left_out, origin.target)
    reasons = {
        None: "",
        LeftOut.PENDING: Html(": <b>{} por {}</b>").format(left_out, awaited(origin.target.counts_when)),
        LeftOut.LATER: Html(": <b>no cuenta</b>, es posterior a esta fecha"),
        LeftOut.WITHDRAWN: Html(": <b>no cuenta</b>, se retiró"),
        LeftOut.INFORMATIVE: ": no cuenta para el porcentaje, es informativa",
        LeftOut.STEP: ": un paso que todavía no cuenta",
        LeftOut.SUPERSEDED: Html(": <b>no cuenta</b>, hay un valor posterior"),
    }
    return escape(reasons[origin.reason])
