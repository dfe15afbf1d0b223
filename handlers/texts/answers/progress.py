"""Progress as it is asked for in plain words: rankings, comparisons, signals, what a period added."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from handlers.texts.escaping import Html
from handlers.texts.progress.progress import excerpt, foot, institution, short
from handlers.texts.progress.signs import figure, marked
from models.progress.signal import Signal
from models.progress.status import LineStatus, ProgressStatus, UnitStatus
from models.quarter import Quarter
from spanish.writing import days, formats

_COLOURS = {
    Signal.MET: "meta cumplida",
    Signal.GREEN: "verde",
    Signal.RUNNING: "azul",
    Signal.YELLOW: "amarillo",
    Signal.RED: "rojo",
    Signal.NOT_YET: "blanco",
    Signal.DEMAND: "rombo azul",
}
TITLE = 44  # characters of a line's title


def of_period(period: str, added: Sequence[str]) -> Html:
    """«Febrero: sumó 3 actas. Así estaba al terminar:»."""
    what = Html("sumó {}").format(formats.joined(list(added))) if added else Html("no sumó nada a las metas")
    return Html("<b>{}:</b> {}. Así estaba al terminar:").format(period[:1].upper() + period[1:], what)


def of_quarter(period: str, quarter: str) -> Html:
    return Html("⚠️ El avance se mide por trimestre; de «{}» le muestro el {}.").format(period, quarter)


def no_such_figure(figure: Fraction) -> Html:
    return Html("No encuentro ninguna cifra de {} en este trimestre ni en el anterior.").format(
        formats.shown(figure)
    )


def ranking(status: ProgressStatus, units: Sequence[UnitStatus], worst_first: bool) -> Html:
    """«Va mejor: Jurídica (37 %)», and all of them in that order."""
    if not units:
        return Html("Todavía no hay órganos administrativos en el programa.")
    first = Html("<b>{}: {}</b>, {}").format(
        "El más atrasado" if worst_first else "Va mejor",
        short(units[0].unit.name),
        formats.shown(units[0].exact),
    )
    head = Html("{} · {}").format(first, formats.quarter(status.quarter))
    return Html("\n\n").join([head, Html("\n").join(map(_unit, units)), foot(status, status.activities)])


def compared(status: ProgressStatus, units: Sequence[UnitStatus]) -> Html:
    """The units side by side, the one ahead named first."""
    ordered = sorted(units, key=lambda each: each.exact, reverse=True)
    ahead, behind = ordered[0], ordered[-1]
    if ahead.exact == behind.exact:
        first = Html("<b>Van igual: {}</b>").format(formats.shown(ahead.exact))
    else:
        first = Html("<b>{} va mejor que {}</b>: {} contra {}").format(
            short(ahead.unit.name),
            short(behind.unit.name),
            formats.shown(ahead.exact),
            formats.shown(behind.exact),
        )
    head = Html("{} · {}").format(first, formats.quarter(status.quarter))
    lines = [
        Html("{}\n{}").format(_unit(unit), Html("\n").join(_line(unit, line, False) for line in unit.lines))
        for unit in ordered
    ]
    return Html("\n\n").join([head, *lines, foot(status, sum(unit.activities for unit in units))])


def two_quarters(name: str, parts: Sequence[tuple[Quarter, Fraction, Fraction, date]]) -> Html:
    """«2do trimestre: 38 % (planeado 40 %)», and below the other; the newer first."""
    said = [
        Html("<b>{}</b>: {} · planeado {} (al {})").format(
            formats.quarter(quarter), formats.shown(exact), formats.shown(planned), days.day(on, quarter.year)
        )
        for quarter, exact, planned, on in parts
    ]
    return Html("<b>{}</b>\n\n{}\n\n<i>Las cifras se acumulan en el año.</i>").format(
        name, Html("\n").join(said)
    )


def no_earlier(quarter: Quarter) -> str:
    return f"No hay programa de {quarter.year} con qué comparar; le muestro lo que hay."


def signals(
    status: ProgressStatus,
    found: Sequence[tuple[UnitStatus, LineStatus]],
    shown: Sequence[tuple[UnitStatus, LineStatus]],
    wanted: Sequence[Signal],
    where: str,
    units: Sequence[UnitStatus] = (),
) -> Html:
    """«3 líneas en rojo», and those that are `shown` with their figures and plans.

    Of `units`, where the question is who, those that have the signal as a whole come first.
    """
    number = "Ninguna línea" if not found else "1 línea" if len(found) == 1 else f"{len(found)} líneas"
    colours = formats.joined(list(dict.fromkeys(_COLOURS[each] for each in wanted)))
    head = Html("<b>{} en {}</b> · {} · {}").format(number, colours, where, formats.quarter(status.quarter))
    if units:
        whole = [short(each.unit.name) for each in units if each.signal in wanted]
        who = f"En conjunto: {formats.joined(whole)}." if whole else "En conjunto, ningún órgano."
        head = Html("{}\n{}").format(head, who)
    said = [_line(unit, line, True) for unit, line in shown]
    return Html("\n\n").join([head, *([Html("\n").join(said)] if said else []), f"Al {_day(status)}"])


def whole(status: ProgressStatus) -> Html:
    return institution(status)


def _day(status: ProgressStatus) -> str:
    return days.day(status.on, status.quarter.year)


def _unit(unit: UnitStatus) -> Html:
    return Html("{}: {} · planeado {}").format(
        short(unit.unit.name), figure(unit, 6), formats.shown(unit.planned)
    )


def _line(unit: UnitStatus, line: LineStatus, with_unit: bool) -> Html:
    name = Html("<i>{}</i> · ").format(short(unit.unit.name)) if with_unit else Html()
    return Html("{}<b>{}</b> {}: <b>{}</b> {} (ya debía: {})").format(
        name,
        line.line.number,
        excerpt(line.line.title, TITLE),
        formats.shown(line.exact),
        marked(line.signal),
        formats.shown(line.due),
    )
