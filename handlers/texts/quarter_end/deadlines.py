"""Texts of `/pendientes`: what is missing, whose duty it is, and how much time is left."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.texts.escaping import Html, escape
from handlers.texts.progress.progress import excerpt, short
from handlers.texts.progress.signs import marked
from models.activities.reading import ActivityView
from models.programme.view import LineView, UnitView
from models.progress.signal import Signal
from models.progress.status import LineStatus, ProgressStatus
from models.quarter import Quarter
from models.quarter_end.duties import Duty, DutyKind
from models.tables.activity import Activity
from spanish.writing import days as day_texts
from spanish.writing import formats

MENU = "Ver qué falta para el trimestre"
OWN = "Sus órganos administrativos"
WHICH_UNIT = "¿De qué órgano administrativo quiere ver los pendientes?"
ALL_DONE = Html("<b>Todo listo ✅</b>")
MY_PART_DONE = Html("<b>Todo listo de su parte ✅</b>")
REGISTER = "➕ Registrar"
STAND_STILL = "💤 Sin movimiento"
EXPLAIN = "💬 Observación"
PRESENT = "📝 Presentación"
SIGN = "🖊 Firmar"
CORRECT = "✏️ Corregir"
SETTLE = "☑️ Ya cuenta"
SEE = "📎 Ver cuáles"
EARLIER, LATER = "⬅️ Anteriores", "Más ➡️"
REFRESH = "🔄 Actualizar"
BACK = "⬅️ Pendientes"
NOTE = 400  # characters of the institution's note
TITLE = 34  # characters of a line's title
EXCERPT = 90  # characters of a narrative
MUST = "❗️"  # blocks the signature until completed or explained


@dataclass(frozen=True)
class UnitPage:
    """A unit's duties from `offset` on: `mine` are the reader's to complete, `others` the director's."""

    status: ProgressStatus
    left: str  # sentence that says how much time is left
    today: date
    mine: list[Duty]
    others: list[Duty]
    offset: int
    size: int
    signed: bool
    done: int = 0  # the reader's duties that are done


@dataclass(frozen=True)
class DutyCount:
    """How many duties a unit has for the reader, and how many for its director."""

    unit: UnitView
    mine: int
    others: int
    signed: bool
    done: int = 0


def unit_page(page: UnitPage) -> Html:
    unit, quarter = page.status.units[0].unit, page.status.quarter
    blocks = [_head(unit.name, quarter, page.left)]
    if page.today < quarter.first_day:
        return Html("\n\n").join(
            [*blocks, Html("Comienza el {}.").format(day_texts.weekday(quarter.first_day))]
        )
    if page.mine:
        blocks.append(Html("{}:").format(_left(len(page.mine), page.done)))
        shown = list(enumerate(page.mine, 1))[page.offset : page.offset + page.size]
        blocks.append(Html("\n").join(_thing(page, place, duty) for place, duty in shown))
    else:
        blocks.append(MY_PART_DONE if page.others else escape(_done(page)))
    if page.others:
        blocks.append(Html("De la persona titular: {}.").format(_summary(page.others)))
    if any(each.blocking for each in page.mine):
        blocks.append(Html("{} <i>se atiende o se explica antes de firmar</i>").format(MUST))
    return Html("\n\n").join([*blocks, *_demand_note(page.status)])


def units_page(
    title: str,
    quarter: Quarter,
    left: str,
    today: date,
    counts: Sequence[DutyCount],
    shown: Sequence[DutyCount],
) -> Html:
    """Return the units in `shown`, each with its number of duties, or that its quarter is signed."""
    head = _head(title, quarter, left)
    if today < quarter.first_day:
        return Html("{}\n\nComienza el {}.").format(head, day_texts.weekday(quarter.first_day))
    lines = [Html("{} · {}").format(_state(each), short(each.unit.name)) for each in shown]
    total, finished = sum(each.mine for each in counts), sum(each.done for each in counts)
    done = MY_PART_DONE if any(each.others for each in counts) else ALL_DONE
    return Html("\n\n").join(
        [head, Html("\n").join(lines), Html("{}.").format(_left(total, finished)) if total else done]
    )


def numbered(place: int, text: str) -> str:
    return f"{place} · {text}"


def activity_button(activity: Activity) -> str:
    return f"n.º {activity.id} · {day_texts.day(activity.ends_on)}"


def bare_page(unit: UnitView, line: LineView, quarter: Quarter, found: list[ActivityView]) -> Html:
    """Return the activities without evidence."""
    head = _list_head(unit, line, quarter)
    if not found:
        return Html("{}\n\nTodas las actividades tienen evidencia ✅").format(head)
    return Html(
        "{}\n\n📎 <b>Sin evidencia</b>\n{}\n\nAbra una y responda a su mensaje con la foto o el documento."
    ).format(head, _activities(found))


def pending_page(unit: UnitView, line: LineView, quarter: Quarter, found: list[ActivityView]) -> Html:
    """Return the activities with a pending quantity."""
    head = _list_head(unit, line, quarter)
    if not found:
        return Html("{}\n\nYa no queda nada pendiente de contar ✅").format(head)
    return Html("{}\n\n⏳ <b>Todavía no cuentan</b>\n{}\n\n¿Cuál ya cuenta?").format(head, _activities(found))


def _head(name: str, quarter: Quarter, left: str) -> Html:
    return Html("<b>Pendientes · {}</b>\n{} · {}").format(name, formats.quarter(quarter), left)


def _list_head(unit: UnitView, line: LineView, quarter: Quarter) -> Html:
    return Html("<b>{} · Línea {}</b>\n{}\n{}").format(
        unit.name, line.number, line.title, formats.quarter(quarter)
    )


def _activities(found: list[ActivityView]) -> Html:
    return Html("\n").join(
        Html("• n.º {}, {}: {}").format(
            each.activity.id,
            day_texts.dates(each.activity.starts_on, each.activity.ends_on),
            excerpt(each.activity.narrative, EXCERPT),
        )
        for each in found
    )


def _left(number: int, done: int) -> Html:
    """Return «Faltan 2 de 6 cosas»."""
    verb = "Falta" if number == 1 else "Faltan"
    return Html("{} <b>{}</b> de {} cosas").format(
        verb, formats.number(number), formats.number(number + done)
    )


def _done(page: UnitPage) -> str:
    return f"{ALL_DONE}\nEl trimestre está firmado." if page.signed else ALL_DONE


def _state(count: DutyCount) -> Html:
    if count.mine:
        return Html("<b>{}</b>").format(formats.number(count.mine))
    if count.others:
        return Html("✅ de su parte")
    return escape("🖊 firmado" if count.signed else "✅ todo listo")


def _thing(page: UnitPage, place: int, duty: Duty) -> Html:
    """Return «1. ❗️ L2 Normatividad: nada registrado en el trimestre»."""
    mark = Html("{} ").format(MUST) if duty.blocking else ""
    line = next((each for each in page.status.units[0].lines if each.line.id == duty.line_id), None)
    if line is None:
        return Html("{}. {}{}").format(place, mark, _of_unit(duty))
    title = Html("<b>Línea {}</b> {}").format(line.line.number, excerpt(line.line.title, TITLE))
    return Html("{}. {}{}: {}").format(place, mark, title, _of_line(page, duty, line))


def _of_unit(duty: Duty) -> str:
    return {
        DutyKind.RETURNED: f"actividad devuelta, por corregir: /actividad_{duty.activity_id}",
        DutyKind.NO_PRESENTATION: "falta la presentación del trimestre",
        DutyKind.NOT_SIGNED: "falta la firma",
    }[duty.kind]


def _of_line(page: UnitPage, duty: Duty, line: LineStatus) -> str:
    figure = f"va en {formats.shown(line.exact)} {marked(line.signal)}"
    match duty.kind:
        case DutyKind.NOTHING_REGISTERED:
            return "nada registrado en el trimestre"
        case DutyKind.UNEXPLAINED_DEVIATION:
            return f"{figure} y lo planeado es {formats.shown(line.planned)}; falta la observación"
        case DutyKind.BEHIND:
            return f"{figure}; ya debía ir en {formats.shown(line.due)}"
        case DutyKind.ENDS_SOON:
            return f"{_ends(line.line.ends_on, page.today)} y {figure}"
        case DutyKind.PENDING_QUANTITY:
            number = "1 cantidad todavía no cuenta"
            return number if duty.count == 1 else f"{duty.count:,} cantidades todavía no cuentan"
        case _:
            number = "1 actividad sin evidencia"
            return number if duty.count == 1 else f"{duty.count:,} actividades sin evidencia"


def _ends(ends_on: date, today: date) -> str:
    left = (ends_on - today).days
    if left == 0:
        return "termina hoy"
    return f"termina el {day_texts.day(ends_on)} (en {left} días)" if left > 1 else "termina mañana"


def _summary(others: list[Duty]) -> str:
    """Return «la presentación, 2 observaciones y la firma»."""
    counts = Counter(each.kind for each in others)
    said = []
    if counts[DutyKind.NO_PRESENTATION]:
        said.append("la presentación")
    if number := counts[DutyKind.UNEXPLAINED_DEVIATION]:
        said.append("1 observación" if number == 1 else f"{number} observaciones")
    if counts[DutyKind.NOT_SIGNED]:
        said.append("la firma")
    return formats.joined(said)


def _demand_note(status: ProgressStatus) -> list[Html]:
    """Return the institution's standard explanation, for lines that depend on third parties."""
    lines = [each.line.number for each in status.units[0].lines if each.signal is Signal.DEMAND]
    note = status.programme.institution.get("demand_driven_note") or "Depende de terceros."
    if not lines:
        return []
    name = "Línea" if len(lines) == 1 else "Líneas"
    numbers = formats.joined([str(each) for each in lines])
    return [Html("🔷 <i>{} {}: {}</i>").format(name, numbers, excerpt(note, NOTE))]
