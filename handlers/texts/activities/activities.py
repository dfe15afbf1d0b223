"""Texts of the list of registered activities."""

from dataclasses import dataclass, field
from datetime import date

from handlers.texts.escaping import Html, escape
from models.activities.reading import ActivityView, EntryView
from models.programme.view import LineView, TargetView, UnitView
from models.quarter import Quarter
from models.tables.activity import Activity
from spanish.writing import days, formats
from spanish.writing.measures import amount, awaited, counted

MENU = "Ver lo registrado; corregir, retirar, «ya cuenta»"
NOTHING = "Todavía no hay actividades registradas aquí."
FIRST = "Con /registrar anota la primera."
NEWER = "⬅️ Más recientes"
OLDER = "Anteriores ➡️"
SAME = "Es lo que está viendo."
MINE = "Mías"
OF_UNIT = "De mi unidad"
EVERYBODYS = "Todas"
BY_LINE = "Línea…"
BY_UNIT = "Unidad y línea…"
EVERY_LINE = "Todas las líneas"
EVERY_UNIT = "Todas las unidades"
OTHER_UNIT = "⬅️ Otra unidad"
WHICH_UNIT = "🗂 ¿De qué unidad?"
RETURNED = Html("↩️ <b>devuelta</b>")
UNREVIEWED = "👁 sin revisión"
STEP = "Un paso que todavía no cuenta"
EXCERPT = 90  # characters per narrative


@dataclass(frozen=True)
class ActivitiesPage:
    """One page: its activities, how many precede them, and marks by activity id."""

    shown: list[ActivityView]
    offset: int
    marks: dict[int, Html] = field(default_factory=dict)
    may_capture: bool = False
    unsigned: "Unsigned | None" = None


@dataclass(frozen=True)
class Unsigned:
    """How many activities lie in quarters that are not signed yet, and so may not be read.

    Of a quarter, how many of the units have signed it.
    """

    hidden: int
    signed: int | None = None
    units: int = 0


def number(activity: Activity) -> str:
    """Return «n.º 12»."""
    return f"n.º {activity.id}"


def counts_now(activity: Activity, entry: EntryView, target: TargetView) -> str:
    return f"☑️ Ya cuenta: {counted(entry.pending, target)} ({number(activity)})"


def marked(label: str) -> str:
    return f"• {label}"


def period(year: int, quarter: int | None) -> str:
    """Return the label of a quarter's button, or of the whole year's."""
    return f"T{quarter}" if quarter else str(year)


def which_line(unit: UnitView) -> Html:
    return Html("🗂 {}\n\n¿De qué línea de acción?").format(unit.name)


def not_understood(words: tuple[str, ...]) -> Html:
    return Html(
        "No entendí «{}». Pida, por ejemplo, <code>/actividades mías</code>, "
        "<code>/actividades línea 1</code> o <code>/actividades T1</code>."
    ).format(" ".join(words))


def no_programme(year: int, known: list[int]) -> str:
    """Return the refusal for a year without a programme, as plain text."""
    if not known:
        return "Todavía no hay un programa de trabajo cargado; Planeación puede cargarlo."
    years = formats.joined([str(each) for each in known])
    return f"No hay un programa de {year}; sí de {years}: pida, por ejemplo, /actividades {known[-1]}."


def heading(
    year: int,
    quarter: int | None,
    mine: bool,
    units: list[UnitView],
    line: LineView | None,
    span: tuple[date, date] | None = None,
    author: str | None = None,
    registered: bool = False,
) -> Html:
    """Return what the list shows: «Dirección Jurídica · Línea 1 · mías · 1er trimestre 2024»."""
    parts = [escape(units[0].name)] if len(units) == 1 else []
    if line:
        parts.append(Html("Línea {}").format(line.number))
    if mine:
        parts.append(Html("mías"))
    if author is not None:
        parts.append(Html("de {}").format(author))
    when = formats.quarter(Quarter(year, quarter)) if quarter else str(year)
    if span:
        when = days.dates(*span)
        if registered:
            when = f"registradas {'el ' if span[0] == span[1] else ''}{when}"
    return Html(" · ").join([*parts, when])


def listing(
    heading: str,
    page: ActivitiesPage,
    lines: dict[int, tuple[UnitView, LineView]],
    targets: dict[int, TargetView],
) -> Html:
    """Return the page: two lines per activity, with the unit's name if the list has several units."""
    several = len({unit.id for unit, _ in lines.values()}) > 1
    reach = Html(" · {}–{}").format(page.offset + 1, page.offset + len(page.shown)) if page.shown else ""
    blocks = [Html("🗂 <b>Actividades registradas</b>{}\n{}").format(reach, heading)]
    for each in page.shown:
        mark = page.marks.get(each.activity.id or 0, "")
        blocks.append(_block(each, lines.get(each.activity.line_id), targets, several, mark))
    return Html("\n\n").join([*blocks, *_others(page)])


def _others(page: ActivitiesPage) -> list[Html]:
    """Return what there is besides what is shown, or that there is nothing."""
    if page.unsigned is not None and page.unsigned.hidden:
        number = page.unsigned.hidden
        what = "1 actividad" if number == 1 else f"{formats.number(number)} actividades"
        said = f"Hay {what}{' más' if page.shown else ''} que podrá leer cuando se firme su trimestre"
        if page.unsigned.signed is not None:
            said += f" ({page.unsigned.signed} de {page.unsigned.units} firmadas)"
        return [escape(f"{said}.")]
    if page.shown:
        return []
    return [escape(f"{NOTHING} {FIRST}" if page.may_capture else NOTHING)]


def quantities(entries: tuple[EntryView, ...], targets: dict[int, TargetView]) -> Html:
    """Return «1 acta · 4 acuerdos (3 por publicar)», or that the activity is a step without a quantity."""
    said = []
    for entry in entries:
        target = targets.get(entry.target_id)
        if target is None or not entry.quantity:
            continue
        waits = Html("{} por {}").format(amount(entry.pending, target), awaited(target.counts_when))
        pending = Html(" (<b>{}</b>)").format(waits) if entry.pending else ""
        said.append(escape(counted(entry.quantity, target)) + pending)
    return Html(" · ").join(said) or escape(STEP)


def _block(
    each: ActivityView,
    placed: tuple[UnitView, LineView] | None,
    targets: dict[int, TargetView],
    several: bool,
    mark: str,
) -> Html:
    activity = each.activity
    where = Html("Línea {}").format(placed[1].number) if placed else ""
    if placed and several:
        where = Html("{} · {}").format(placed[0].name, where)
    head = Html("<b>{}</b> · {} · {}").format(
        number(activity), days.dates(activity.starts_on, activity.ends_on), where
    )
    if activity.withdrawn_at:
        return Html("<s>{}</s>\n🗑 {}\n«{}»").format(
            head, withdrawal_reason(activity), excerpt(activity.narrative)
        )
    head += Html(" · {}").format(mark) if mark else ""
    return Html("{}\n{}\n«{}»").format(head, quantities(each.entries, targets), excerpt(activity.narrative))


def withdrawal_reason(activity: Activity) -> Html:
    """Return «Retirada: Duplicada», or that it was undone within ten minutes, which has no reason."""
    return (
        Html("Retirada: {}").format(activity.withdrawal_reason)
        if activity.withdrawal_reason
        else Html("Deshecha")
    )


def excerpt(narrative: str, length: int = EXCERPT) -> str:
    flat = " ".join(narrative.split())
    return flat if len(flat) <= length else flat[:length].rstrip() + "…"
