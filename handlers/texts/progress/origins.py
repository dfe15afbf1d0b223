"""What «¿De dónde sale?» says: how a figure is made up, down to the entries."""

from collections.abc import Sequence
from fractions import Fraction

from handlers.texts.escaping import escape
from handlers.texts.progress.progress import excerpt, foot, institution, short
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
}


def unit_origin(standing: ProgressStatus, unit: UnitStatus, shown: Sequence[LineStatus]) -> str:
    """The mean of a unit's lines, each of those that are `shown` with its own division."""
    lines = [line for line in unit.lines if line.counting]
    parts = [
        f"<b>{line.line.number}</b> · {division(line)} {equals(line.exact)}"
        f"{_capped(line.exact)} · planeado {fine(line.planned)}"
        for line in lines
        if line in shown
    ]
    rule = f"Es el promedio de sus {len(lines)} líneas, cada una hasta 100 %:"
    return _mean_page(standing, escape(unit.unit.name), rule, parts, unit, unit.activities)


def whole_origin(standing: ProgressStatus, shown: Sequence[UnitStatus]) -> str:
    """The mean of the units' figures, with those of the units that are `shown`."""
    parts = [
        f"{escape(short(unit.unit.name))} · {fine(unit.exact)} · planeado {fine(unit.planned)}"
        for unit in shown
    ]
    rule = f"Es el promedio de sus {len(standing.units)} órganos administrativos:"
    return _mean_page(standing, institution(standing), rule, parts, standing, standing.activities)


def line_origin(
    standing: ProgressStatus, unit: UnitStatus, line: LineStatus, page: OriginsPage, with_narrative: bool
) -> str:
    """The division, the plan, and the entries in order of their day."""
    head = (
        f"<b>{ORIGIN_OF} · {escape(unit.unit.name)}, línea {line.line.number}</b>\n"
        f"{formats.quarter(standing.quarter)}"
    )
    if line.counting:
        said = f" → <b>{shown}</b>" if (shown := formats.shown(line.exact)) != fine(line.exact) else ""
        head += f"\n\n{division(line)} {equals(line.exact)}{said}"
    blocks = [head]
    if page.number == 1:
        blocks.append("\n".join(_plan(standing, line, each) for each in line.targets))
    entries = _entries(standing, page.origins, with_narrative)
    blocks.append("\n".join(entries) if entries else "Todavía no hay actividades registradas en esta línea.")
    turn = f" · página {page.number} de {page.pages}" if page.pages > 1 else ""
    return "\n\n".join([*blocks, foot(standing, line.activities) + turn])


ORIGIN_OF = "De dónde sale"
EARLIER = "⬅️ Anteriores"
LATER = "Siguientes ➡️"


def division(line: LineStatus) -> str:
    """«1 ÷ 4»; «(9 + 9) ÷ (16 + 12)», each capped at its own target."""
    several = len(line.counting) > 1
    done = [
        amount(min(each.counted, each.amount) if several else each.counted, each.target)
        for each in line.counting
    ]
    asked = [amount(each.amount, each.target) for each in line.counting]
    if not several:
        return f"{done[0]} ÷ {asked[0]}"
    return f"({' + '.join(done)}) ÷ ({' + '.join(asked)})"


def fine(exact: Fraction) -> str:
    """A percentage to two decimals, as it goes into a mean."""
    return f"{formats.rounded(exact * 100, 0)} %"


def equals(exact: Fraction) -> str:
    """«= 25 %», «≈ 64.29 %»."""
    text = fine(exact)
    return f"≈ {text[1:]}" if text.startswith("≈") else f"= {text}"


def _rounding(exact: Fraction) -> str:
    """«≈39.76 % → 40 %»; only the figure where it is shown as it is."""
    text, said = fine(exact), formats.shown(exact)
    return f"<b>{said}</b>" if text == said else f"{text} → <b>{said}</b>"


def _mean_page(
    standing: ProgressStatus,
    name: str,
    rule: str,
    parts: list[str],
    whole: UnitStatus | ProgressStatus,
    activities: int,
) -> str:
    head = f"<b>{ORIGIN_OF} · {name}</b>\n{formats.quarter(standing.quarter)}"
    result = f"Avance: {_rounding(whole.exact)}\nPlaneado: {_rounding(whole.planned)}"
    return "\n\n".join([head, rule + "\n" + "\n".join(parts), result, foot(standing, activities)])


def _capped(exact: Fraction) -> str:
    return " (cuenta 100 %)" if exact > 1 else ""


def _plan(standing: ProgressStatus, line: LineStatus, each: TargetStatus) -> str:
    parts = by_quarter(line.line, each.target, standing.quarter.year, standing.on)
    plan = " · ".join(formats.rounded(part, each.target.decimals) for part in parts)
    given = each.target.in_force(standing.on).plan
    how = " (calculado: el programa no fija un plan)" if given is None else ""
    if given and None in given:
        how = " (lo que el programa no fija, repartido por igual)"
    return f"{escape(each.target.measure)}, plan por trimestre: {plan}{how}"


def _entries(standing: ProgressStatus, origins: tuple[Origin, ...], with_narrative: bool) -> list[str]:
    """«✔️ 13 de marzo · 1 acta · n.º 12», what is left out and why; below, the activity's first words."""
    said = []
    for place, origin in enumerate(origins):
        quantity = escape(counted(origin.counted + origin.left_out, origin.target))
        when = days.day(origin.ends_on, standing.quarter.year)
        number = "saldo inicial" if origin.opening else f"n.º {origin.activity_id}"
        said.append(f"{SIGNS[origin.reason]} {when} · {quantity} · {number}{_why(origin)}")
        following = origins[place + 1].activity_id if place + 1 < len(origins) else None
        if with_narrative and following != origin.activity_id:
            said.append(f"«{escape(excerpt(origin.narrative, NARRATIVE))}»")
    return said


def _why(origin: Origin) -> str:
    left_out = amount(origin.left_out, origin.target)
    reasons = {
        None: "",
        LeftOut.PENDING: f": <b>{left_out} por {awaited(origin.target.counts_when)}</b>",
        LeftOut.LATER: ": <b>no cuenta</b>, es posterior a esta fecha",
        LeftOut.WITHDRAWN: ": <b>no cuenta</b>, se retiró",
        LeftOut.INFORMATIVE: ": no cuenta para el porcentaje, es informativa",
        LeftOut.STEP: ": un paso que todavía no cuenta",
    }
    return reasons[origin.reason]
