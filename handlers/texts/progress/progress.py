"""Texts of `/avance`. Those of «¿De dónde sale?» are in `handlers.texts.progress.origins`."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from handlers.texts.escaping import Html, escape, joined
from handlers.texts.progress import details
from handlers.texts.progress.details import Details
from handlers.texts.progress.missing import missing
from handlers.texts.progress.signs import BEHIND, MEANINGS, figure, headline
from models.programme.plan import planned_quarters
from models.progress.signal import Signal
from models.progress.status import LineStatus, ProgressStatus, TargetStatus, UnitStatus
from models.quarter import Quarter
from models.quarter_end.since_signed import Since
from spanish.writing import days, formats
from spanish.writing.measures import amount, awaited, reached

MENU = "Ver el avance; con área, línea o trimestre: /avance 2 T1"
NOTE = 400  # characters of the institution's note
TITLE = 40  # characters of a line's title on a unit's screen
ORIGIN = "¿De dónde sale?"
BACK = "⬅️ Volver al avance"
NO_DETAILS = Details()
WHY = 100  # characters of a line's reason on a unit's screen

WHICH_UNIT = "¿De qué órgano administrativo quiere ver el avance?"
SAME = "Es lo que está viendo."
EVERYBODY = "Toda la institución"


def unit_page(
    status: ProgressStatus,
    unit: UnitStatus,
    note: str = "",
    lines: Sequence[LineStatus] | None = None,
    beside: Details = NO_DETAILS,
) -> Html:
    """Return a unit: its figure in one sentence, and each line (or those in `lines`) with its amounts."""
    lines = unit.lines if lines is None else lines
    head = _first(headline(unit.unit.name, unit), missing(unit.lines))
    blocks = [Html("{}\n{}").format(head, _when(status, beside))]
    blocks.append(Html("\n").join(_line_block(status, line, beside) for line in lines))
    if any(line.signal is Signal.DEMAND for line in lines):
        blocks.append(Html("🔷 <i>{}</i>").format(_demand_note(status)))
    return Html("\n\n").join([*blocks, *details.people(beside), foot(status, unit.activities) + note])


def whole_page(
    status: ProgressStatus,
    note: str = "",
    units: Sequence[UnitStatus] | None = None,
    beside: Details = NO_DETAILS,
) -> Html:
    """Return the institution's figure in one sentence, and each unit (or those in `units`) on one line."""
    head = _first(headline(institution(status), status), _who_is_behind(status.units))
    shown = status.units if units is None else units
    blocks = [Html("{}\n{}").format(head, _when(status, beside)), _unit_rows(shown), *details.people(beside)]
    return Html("\n\n").join([*blocks, foot(status, status.activities) + note])


def own_page(
    status: ProgressStatus, own: Sequence[UnitStatus], note: str, units: Sequence[UnitStatus]
) -> Html:
    """Return the units in `units` of a person who has several, each on one line."""
    head = Html("<b>Sus órganos administrativos</b> · {}\n{}").format(
        formats.quarter(status.quarter), _who_is_behind(own)
    )
    activities = sum(unit.activities for unit in own)
    return Html("\n\n").join([head, _unit_rows(units), foot(status, activities) + note])


def line_page(
    status: ProgressStatus,
    unit: UnitStatus,
    line: LineStatus,
    note: str,
    shown: Sequence[TargetStatus],
    beside: Details = NO_DETAILS,
) -> Html:
    """Return a line: its figure in one sentence, the targets in `shown`, what the signal means and why."""
    name = f"{unit.unit.name} · Línea {line.line.number}"
    head = _first(headline(name, line), missing([line]))
    if not line.line.counting_targets:
        head = Html("<b>{}</b>\nSus metas son informativas: no forman parte del porcentaje.").format(name)
    head += Html("\n<b>{}</b>\n{}").format(line.line.title, _when(status, beside))
    blocks = [head, Html("\n").join([*_meaning(status, line), *details.reason(beside, line.line.id)])]
    year = status.quarter.year
    dates = Html("Del {} al {}").format(
        days.day(line.line.starts_on, year), days.day(line.line.ends_on, year)
    )
    blocks += [Html("\n").join(_target_block(each) for each in shown), *details.people(beside)]
    blocks.append(Html("{}\n{}{}").format(dates, foot(status, line.activities), note))
    return Html("\n\n").join(each for each in blocks if each)


def _meaning(status: ProgressStatus, line: LineStatus) -> list[Html]:
    """Return what the signal means, and for when the first amount is planned."""
    if not line.line.counting_targets:
        return []
    meaning = _demand_note(status) if line.signal is Signal.DEMAND else escape(MEANINGS[line.signal])
    scheduled = _scheduled(status, line)
    return [Html("<i>{}</i>").format(meaning), *([escape(scheduled)] if scheduled else [])]


def _first(said: Html, more: str) -> Html:
    return Html("{} {}").format(said, more) if more else said


def _when(status: ProgressStatus, beside: Details) -> Html:
    """Return «2do trimestre 2024 · el 1er trimestre cerró en 40 %»."""
    return Html(" · ").join([formats.quarter(status.quarter), *details.before(beside)])


def _who_is_behind(units: Sequence[UnitStatus]) -> Html:
    """Return «Con retraso: Transparencia y Sistemas.», or that none is."""
    found = [short(each.unit.name) for each in units if each.signal in BEHIND]
    if not found:
        return Html("Ningún órgano administrativo va con retraso.")
    return Html("Con retraso: {}.").format(joined(found))


def lines_page(status: ProgressStatus, found: Sequence[tuple[UnitStatus, LineStatus]]) -> Html:
    """Return single lines of one or several units, each as on its unit's page."""
    head = Html("<b>{}</b> · {}").format(institution(status), formats.quarter(status.quarter))
    several = len({unit.unit.id for unit, _ in found}) > 1
    blocks = [
        (Html("<i>{}</i> · ").format(short(unit.unit.name)) if several else "") + _line_block(status, line)
        for unit, line in found
    ]
    return Html("\n\n").join(
        [head, Html("\n").join(blocks), foot(status, sum(line.activities for _, line in found))]
    )


def foot(status: ProgressStatus, activities: int) -> str:
    """Return «Al 31 de marzo · 14 actividades · preliminar: 2 de 6 firmadas»."""
    number = "1 actividad" if activities == 1 else f"{formats.number(activities)} actividades"
    return f"Al {days.day(status.on, status.quarter.year)} · {number}{preliminary(status)}"


def preliminary(status: ProgressStatus) -> str:
    """Return « · preliminar», once the quarter has ended with how many units signed; "" if all."""
    signed = sum(unit.signed is not None for unit in status.units)
    if signed == len(status.units) and signed:
        return ""
    if status.on < status.quarter.last_day:
        return " · preliminar"
    if len(status.units) == 1:
        return " · preliminar, sin firmar"
    return f" · preliminar: {signed} de {len(status.units)} firmadas"


def signed_note(
    signed_on: date, year: int, changes: Counter[Since] | None = None, today: Fraction | None = None
) -> Html:
    """Return «✍️ Firmado el 8 de abril; después de la firma: 1 corrección, hoy sería 60 %»."""
    note = Html("Firmado el {}").format(days.day(signed_on, year))
    if today is not None:
        said = [_SINCE[kind][number > 1].format(number) for kind, number in sorted((changes or {}).items())]
        what = Html("{}, ").format(formats.joined(said)) if said else ""
        note += Html("; después de la firma: {}hoy sería {}").format(what, formats.shown(today))
    return Html("\n✍️ <i>{}</i>").format(note)


_SINCE = {
    Since.CORRECTED: ("{} corrección", "{} correcciones"),
    Since.WITHDRAWN: ("{} retiro", "{} retiros"),
    Since.REGISTERED: ("{} registro", "{} registros"),
    Since.SETTLED: ("{} cambio en lo pendiente", "{} cambios en lo pendiente"),
    Since.ADJUSTED: ("{} ajuste de meta", "{} ajustes de meta"),
}


def institution(status: ProgressStatus) -> Html:
    given = status.programme.institution
    return escape(given.get("short_name") or given.get("name") or EVERYBODY)


def month_note(month: int, quarter: Quarter) -> Html:
    """Return that the month's quarter is shown."""
    name = days.MONTHS[month - 1].capitalize()
    return Html("\n<i>{} cae en el {} trimestre.</i>").format(name, formats.ORDINALS[quarter.number])


def closing_note(quarter: Quarter, closes_on: date) -> Html:
    """Return that the quarter that is shown is being closed, and how to see the one that began since."""
    running = quarter.next
    return Html("\n<i>Se está cerrando: captura hasta el {}. El que corre: /avance T{}{}</i>").format(
        days.weekday(closes_on), running.number, f" {running.year}" if running.number == 1 else ""
    )


def short(name: str) -> str:
    """Return a unit's name without its kind: «Dirección Jurídica» → «Jurídica»."""
    return re.sub(r"^(Unidad|Dirección|Coordinación|Secretaría|Departamento)( de( la)?)? ", "", name)


def excerpt(text: str, length: int) -> str:
    """Return the first whole words, not ending in a function word; with «…» if there is more."""
    flat = " ".join(text.split())
    if len(flat) <= length:
        return flat
    words = flat[: length + 1].split(" ")[:-1] or [flat[:length]]
    while len(words) > 1 and len(words[-1].strip(",;:.")) <= 4:
        words.pop()
    return " ".join(words).rstrip(",;:.") + "…"


def pending(each: TargetStatus) -> str:
    """Return «3 por publicar»; «por contar» if `counts_when` begins with an unknown verb."""
    return f"{amount(each.pending, each.target)} por {awaited(each.target.counts_when)}"


def unknown_words(words: tuple[str, ...]) -> Html:
    said = escape(excerpt(" ".join(words), 60))
    return Html("No reconozco «{}». {}").format(said, WHICH_UNIT)


def which_unit(line: int | None) -> str:
    return WHICH_UNIT if line is None else f"¿La línea {line} de qué órgano administrativo?"


def no_such_line(unit: str | None, line: int) -> Html:
    whose = escape(unit) if unit else "Ningún órgano administrativo"
    return (
        Html("{} no tiene línea {}. Estas son las que hay:").format(whose, line)
        if unit
        else Html("{} tiene línea {}.").format(whose, line)
    )


def no_programme(year: int, known: list[int]) -> str:
    """Return the refusal for a year without a programme."""
    if not known:
        return "Todavía no hay un programa de trabajo cargado; Planeación puede cargarlo."
    years = formats.joined([str(each) for each in known])
    way_out = f"pida, por ejemplo, /avance {known[-1]}"
    return f"No hay un programa de trabajo cargado para {year}; sí de {years}: {way_out}"


def quarter_button(number: int, here: bool) -> str:
    return f"• T{number}" if here else f"T{number}"


def back_to(name: str) -> str:
    return f"⬅️ {short(name)}"


def _unit_rows(units: Sequence[UnitStatus]) -> Html:
    rows = [_unit_row(unit) for unit in units]
    if any(unit.signed for unit in units):
        rows.append(Html("✍️ <i>firmado</i>"))
    return Html("\n").join(rows)


def _unit_row(unit: UnitStatus) -> Html:
    return Html("{}: {}{}").format(short(unit.unit.name), figure(unit, 6), " ✍️" if unit.signed else "")


def _line_block(status: ProgressStatus, line: LineStatus, beside: Details = NO_DETAILS) -> Html:
    title = Html("<b>{}</b> {}").format(line.line.number, excerpt(line.line.title, TITLE))
    if not line.counting:
        return Html("{}\n{}").format(title, _amounts(line.targets))
    amounts = _scheduled(status, line) or _amounts(line.counting)
    return Html("\n").join([title, figure(line), escape(amounts), *details.reason(beside, line.line.id, WHY)])


def _scheduled(status: ProgressStatus, line: LineStatus) -> str:
    """Return when the first amount is planned, if nothing is planned or counted yet; else ""."""
    if line.planned or line.exact:
        return ""
    numbers = planned_quarters(line.line, status.quarter.year, status.on)
    return f"Meta programada en el {formats.quarters(numbers)}" if numbers else ""


def _amounts(targets: tuple[TargetStatus, ...]) -> Html:
    """Return «9 de 16 actas · 9 de 12 acuerdos (3 por publicar)», «último valor: 87.5 % (meta: 90 %)»."""
    return Html(" · ").join(
        escape(reached(each.counted, each.amount, each.target, each.combine))
        + (Html(" ({})").format(pending(each)) if each.pending else "")
        for each in targets
    )


def _target_block(each: TargetStatus) -> Html:
    """Return a target's amounts, planned ones included."""
    target = each.target
    done = f"{amount(each.counted, target)} de {amount(each.amount, target)}"
    if each.combine.is_rate:
        done = reached(each.counted, each.amount, target, each.combine)
    said = [
        Html("<b>{}</b>: {}").format(target.measure, done),
        Html("Planeado al cierre: {} · ya debía estar: {}").format(
            formats.rounded(each.planned, target.decimals), formats.rounded(each.due, target.decimals)
        ),
    ]
    if target.informative:
        said[0] += " (informativa: no cuenta para el porcentaje)"
    if each.amount != target.terms[0].amount:
        said.append(
            Html("Meta ajustada; la programada era {}").format(amount(target.terms[0].amount, target))
        )
    if each.pending:
        said.append(Html("{}: cuenta lo «{}»").format(pending(each), target.counts_when or ""))
    return Html("\n").join(said)


def _demand_note(status: ProgressStatus) -> Html:
    note = status.programme.institution.get("demand_driven_note") or MEANINGS[Signal.DEMAND]
    return escape(excerpt(note, NOTE))
