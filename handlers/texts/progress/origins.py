"""What «¿De dónde sale?» says: how a figure is made up, down to the entries."""

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


def unit_origin(standing: ProgressStatus, unit: UnitStatus, shown: Sequence[LineStatus]) -> Html:
    """The mean of a unit's lines, each of those that are `shown` with its own division."""
    lines = [line for line in unit.lines if line.counting]
    parts = [
        Html("<b>{}</b> · {} {}{} · planeado {}").format(
            line.line.number, division(line), equals(line.exact), _capped(line.exact), fine(line.planned)
        )
        for line in lines
        if line in shown
    ]
    rule = Html("Es el promedio de sus {} líneas, cada una hasta 100 %:").format(len(lines))
    return _mean_page(standing, escape(unit.unit.name), rule, parts, unit, unit.activities)


def whole_origin(standing: ProgressStatus, shown: Sequence[UnitStatus]) -> Html:
    """The mean of the units' figures, with those of the units that are `shown`."""
    parts = [
        Html("{} · {} · planeado {}").format(short(unit.unit.name), fine(unit.exact), fine(unit.planned))
        for unit in shown
    ]
    rule = Html("Es el promedio de sus {} órganos administrativos:").format(len(standing.units))
    return _mean_page(standing, institution(standing), rule, parts, standing, standing.activities)


def line_origin(
    standing: ProgressStatus, unit: UnitStatus, line: LineStatus, page: OriginsPage, with_narrative: bool
) -> Html:
    """The division, the plan, and the entries in order of their day."""
    head = Html("<b>{} · {}, línea {}</b>\n{}").format(
        ORIGIN_OF, unit.unit.name, line.line.number, formats.quarter(standing.quarter)
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
        blocks.append(Html("\n").join(_plan(standing, line, each) for each in line.targets))
    entries = _entries(standing, page.origins, with_narrative)
    blocks.append(
        Html("\n").join(entries) if entries else Html("Todavía no hay actividades registradas en esta línea.")
    )
    turn = Html(" · página {} de {}").format(page.number, page.pages) if page.pages > 1 else ""
    return Html("\n\n").join([*blocks, foot(standing, line.activities) + turn])


ORIGIN_OF = "De dónde sale"
EARLIER = "⬅️ Anteriores"
LATER = "Siguientes ➡️"


def division(line: LineStatus) -> str:
    """«1 ÷ 4»; «(9 + 9) ÷ (16 + 12)», each capped at its own target.

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
    """A percentage to two decimals, as it goes into a mean."""
    return f"{formats.rounded(exact * 100, 0)} %"


def equals(exact: Fraction) -> str:
    """«= 25 %», «≈ 64.29 %»."""
    text = fine(exact)
    return f"≈ {text[1:]}" if text.startswith("≈") else f"= {text}"


def _rounding(exact: Fraction) -> Html:
    """«≈39.76 % → 40 %»; only the figure where it is shown as it is."""
    text, said = fine(exact), formats.shown(exact)
    return Html("<b>{}</b>").format(said) if text == said else Html("{} → <b>{}</b>").format(text, said)


def _mean_page(
    standing: ProgressStatus,
    name: str,
    rule: str,
    parts: Sequence[str],
    whole: UnitStatus | ProgressStatus,
    activities: int,
) -> Html:
    head = Html("<b>{} · {}</b>\n{}").format(ORIGIN_OF, name, formats.quarter(standing.quarter))
    result = Html("Avance: {}\nPlaneado: {}").format(_rounding(whole.exact), _rounding(whole.planned))
    return Html("\n\n").join([head, rule + "\n" + Html("\n").join(parts), result, foot(standing, activities)])


def _capped(exact: Fraction) -> str:
    return " (cuenta 100 %)" if exact > 1 else ""


_HOW_RATES = {
    Combine.LATEST: "no se suma; vale el último valor registrado.",
    Combine.AVERAGE: "no se suma; vale el promedio de los valores registrados.",
}


def _plan(standing: ProgressStatus, line: LineStatus, each: TargetStatus) -> Html:
    parts = by_quarter(line.line, each.target, standing.quarter.year, standing.on)
    plan = Html(" · ").join(formats.rounded(part, each.target.decimals) for part in parts)
    given = each.target.in_force(standing.on).plan
    how = " (calculado: el programa no fija un plan)" if given is None else ""
    if given and None in given:
        how = " (lo que el programa no fija, repartido por igual)"
    if each.combine.is_rate:
        what = _HOW_RATES[each.combine]
        return Html("{}: {}\nNivel planeado por trimestre: {}").format(each.target.measure, what, plan)
    return Html("{}, plan por trimestre: {}{}").format(each.target.measure, plan, how)


def _entries(standing: ProgressStatus, origins: tuple[Origin, ...], with_narrative: bool) -> list[Html]:
    """«✔️ 13 de marzo · 1 acta · n.º 12», what is left out and why; below, the activity's first words."""
    said = []
    for place, origin in enumerate(origins):
        quantity = escape(counted(origin.counted + origin.left_out, origin.target))
        when = days.day(origin.ends_on, standing.quarter.year)
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
