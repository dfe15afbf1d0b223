"""Texts of the weekly digest: what the week added, then how far the year is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.texts.escaping import Html, escape, joined
from handlers.texts.progress import progress as figures
from handlers.texts.progress.signs import SIGNS, judged, marked
from models.programme.view import UnitView
from models.progress.signal import Signal
from models.progress.status import LineStatus, ProgressStatus, UnitStatus
from models.progress.tally import Tally
from models.quarter_end.punctuality import Punctuality
from spanish.writing import days, formats
from spanish.writing.measures import amount, awaited, counted

MOST = 3  # lines that moved, and risks
TITLE = 40  # characters of a line's title
NAMED, NAME = 3, 20  # units named, and characters per name


@dataclass(frozen=True)
class Week:
    """What was registered from Monday to Sunday."""

    monday: date
    added: Tally

    @property
    def name(self) -> str:
        """Return «semana del 25 al 31 de marzo»."""
        return f"semana {days.dates(self.monday, self.monday + timedelta(days=6))}"


def weekly_unit(status: ProgressStatus, unit: UnitStatus, week: Week) -> Html:
    """Return a unit's week in at most ten lines: what it added, the year's figure, at most three risks."""
    moved = [each for each in unit.lines if week.added.activities.get(each.line.id) or _added(each, week)]
    shown = moved if len(moved) <= MOST else moved[: MOST - 1]
    lines = [
        Html("📊 <b>{}</b> · {}").format(unit.unit.name, week.name),
        Html("En la semana: {}").format(_activities(unit.lines, week)),
        *(_moved(each, week) for each in shown),
    ]
    if len(moved) > len(shown):
        lines.append(Html("…y {} líneas más.").format(len(moved) - len(shown)))
    lines.append(_year(status, unit))
    risky = risks(unit)
    lines.append(Html("⚠️ <b>Riesgos</b>") if risky else Html("Sin riesgos: ninguna línea va atrasada."))
    return Html("\n").join([*lines, *(_risk(each) for each in risky)])


def risks(unit: UnitStatus) -> list[LineStatus]:
    """Return lines behind the plan: red before yellow, the farthest behind first."""
    bad = [each for each in unit.lines if each.signal in (Signal.RED, Signal.YELLOW)]
    return sorted(bad, key=lambda each: (each.signal is not Signal.RED, each.exact - each.due))[:MOST]


def weekly_whole(
    status: ProgressStatus, quarters: Sequence[tuple[Punctuality, date, bool]], week: Week
) -> Html:
    """Return, for planning, the institution's week and year, and its units by quarter with the close."""
    every = [line for unit in status.units for line in unit.lines]
    silent = [each.unit for each in status.units if not _number(each.lines, week)]
    said = Html("En la semana: {}").format(_activities(every, week))
    if silent and len(silent) < len(status.units):
        said += Html("\nSin registrar nada: {}").format(_names(silent))
    head = Html("📊 <b>{}</b> · {}\n{}\n{}").format(
        figures.institution(status), week.name, said, _year(status, status)
    )
    return Html("\n\n").join([head, *(_punctuality(*each) for each in quarters)])


def _number(lines: Sequence[LineStatus], week: Week) -> int:
    return sum(week.added.activities.get(each.line.id, 0) for each in lines)


def _activities(lines: Sequence[LineStatus], week: Week) -> str:
    number = _number(lines, week)
    if not number:
        return "no se registró ninguna actividad."
    return "1 actividad registrada." if number == 1 else f"{formats.number(number)} actividades registradas."


def _year(status: ProgressStatus, part: UnitStatus | ProgressStatus) -> Html:
    return Html("En el año: <b>{}</b>, {} {} · {}").format(
        formats.shown(part.exact), judged(part), SIGNS[part.signal], formats.quarter(status.quarter)
    )


def _added(line: LineStatus, week: Week) -> list[str]:
    """Return «3 actas», «2 acuerdos (1 por publicar)»; of a rate its present figure says more."""
    said = []
    for each in line.targets:
        new, waits = week.added.counted.get(each.target.id, 0), week.added.pending.get(each.target.id, 0)
        if each.combine.is_rate or not (new or waits):
            continue
        pending = f"{amount(waits, each.target)} por {awaited(each.target.counts_when)}"
        if not new:
            said.append(f"{counted(waits, each.target)} por {awaited(each.target.counts_when)}")
        else:
            said.append(counted(new, each.target) + (f" ({pending})" if waits else ""))
    return said


def _moved(line: LineStatus, week: Week) -> Html:
    """Return «• 1 Documentos…: 3 actas; va en 64 % 🟢● conforme al plan»."""
    added = formats.joined(_added(line, week)) or "avances que todavía no cuentan"
    if any(each.combine.is_rate for each in line.counting) and not _added(line, week):
        added = "una medición"
    return Html("• <b>{}</b> {}: {}; va en {} {}").format(
        line.line.number,
        figures.excerpt(line.line.title, TITLE),
        added,
        formats.shown(line.exact),
        marked(line.signal),
    )


def _risk(each: LineStatus) -> Html:
    return Html("<b>{}</b> {}: {} {}").format(
        each.line.number,
        figures.excerpt(each.line.title, TITLE),
        formats.shown(each.exact),
        marked(each.signal),
    )


def _punctuality(each: Punctuality, close: date, past: bool) -> Html:
    """Return how many units are on time and how many are complete, and what that means."""
    every = len(each.on_time) + len(each.late)
    on_time = "Firmaron a tiempo" if past else "Sin líneas atrasadas"
    others = "no" if past else "con alguna"
    lines = [
        Html("<b>{}</b> · {} el {}").format(
            formats.quarter(each.quarter), "cerró" if past else "cierra", days.day(close)
        ),
        Html("{}: <b>{}</b> de {} órganos{}").format(
            on_time, len(each.on_time), every, _others(others, each.late)
        ),
        Html("Con todo listo y firmado: <b>{}</b> de {} órganos").format(len(each.complete), every),
    ]
    if past and each.incomplete:
        lines[-1] += _others("faltan", each.incomplete)
    return Html("\n").join(lines)


def _others(label: str, units: Sequence[UnitView]) -> Html:
    return Html(" · {}: {}").format(label, _names(units)) if units else Html()


def _names(units: Sequence[UnitView]) -> Html:
    names = [escape(figures.excerpt(figures.short(unit.name), NAME)) for unit in units[:NAMED]]
    more = [Html("{} más").format(len(units) - NAMED)] if len(units) > NAMED else []
    return Html("{} ({})").format(len(units), joined([*names, *more]))
