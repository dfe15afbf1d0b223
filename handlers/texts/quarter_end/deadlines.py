"""What `/pendientes` says: what is missing, for whom, and how long there is."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.texts.escaping import escape
from handlers.texts.progress.progress import SIGNS, excerpt, short
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
ALL_DONE = "<b>Todo listo ✅</b>"
MY_PART_DONE = "<b>Todo listo de su parte ✅</b>"
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
EXCERPT = 90  # of a narrative
MUST = "❗️"  # must be mended or explained before the quarter is signed


@dataclass(frozen=True)
class UnitPage:
    """`mine` is for whoever looks to mend, `others` for the unit's director; those from `offset` on show."""

    standing: ProgressStatus
    left: str  # how long there is
    today: date
    mine: list[Duty]
    others: list[Duty]
    offset: int
    size: int
    signed: bool


@dataclass(frozen=True)
class DutyCount:
    """How much a unit owes: of whoever looks, and of its director beside."""

    unit: UnitView
    mine: int
    others: int
    signed: bool


def unit_page(page: UnitPage) -> str:
    unit, quarter = page.standing.units[0].unit, page.standing.quarter
    blocks = [_head(unit.name, quarter, page.left)]
    if page.today < quarter.first_day:
        return "\n\n".join([*blocks, f"Comienza el {day_texts.weekday(quarter.first_day)}."])
    if page.mine:
        blocks.append(f"{_left(len(page.mine))}:")
        shown = list(enumerate(page.mine, 1))[page.offset : page.offset + page.size]
        blocks.append("\n".join(_thing(page, place, duty) for place, duty in shown))
    else:
        blocks.append(MY_PART_DONE if page.others else _done(page))
    if page.others:
        blocks.append(f"De la persona titular: {_summary(page.others)}.")
    if any(each.blocking for each in page.mine):
        blocks.append(f"{MUST} <i>se atiende o se explica antes de firmar</i>")
    return "\n\n".join([*blocks, *_demand_note(page.standing)])


def units_page(
    title: str,
    quarter: Quarter,
    left: str,
    today: date,
    counts: Sequence[DutyCount],
    shown: Sequence[DutyCount],
) -> str:
    """A line for each unit that is `shown`: how much it owes, and whether its quarter is signed."""
    head = _head(title, quarter, left)
    if today < quarter.first_day:
        return f"{head}\n\nComienza el {day_texts.weekday(quarter.first_day)}."
    lines = [f"{_state(each)} · {escape(short(each.unit.name))}" for each in shown]
    total = sum(each.mine for each in counts)
    done = MY_PART_DONE if any(each.others for each in counts) else ALL_DONE
    return "\n\n".join([head, "\n".join(lines), f"{_left(total)}." if total else done])


def numbered(place: int, text: str) -> str:
    return f"{place} · {text}"


def activity_button(activity: Activity) -> str:
    return f"n.º {activity.id} · {day_texts.day(activity.ends_on)}"


def bare_page(unit: UnitView, line: LineView, quarter: Quarter, found: list[ActivityView]) -> str:
    """The activities that no evidence shows."""
    head = _list_head(unit, line, quarter)
    if not found:
        return f"{head}\n\nTodas las actividades tienen evidencia ✅"
    return (
        f"{head}\n\n📎 <b>Sin evidencia</b>\n{_activities(found)}\n\n"
        "Abra una y responda a su mensaje con la foto o el documento."
    )


def pending_page(unit: UnitView, line: LineView, quarter: Quarter, found: list[ActivityView]) -> str:
    """The activities of which something waits to count."""
    head = _list_head(unit, line, quarter)
    if not found:
        return f"{head}\n\nYa no queda nada pendiente de contar ✅"
    return f"{head}\n\n⏳ <b>Todavía no cuentan</b>\n{_activities(found)}\n\n¿Cuál ya cuenta?"


def _head(name: str, quarter: Quarter, left: str) -> str:
    return f"<b>Pendientes · {escape(name)}</b>\n{formats.quarter(quarter)} · {left}"


def _list_head(unit: UnitView, line: LineView, quarter: Quarter) -> str:
    return (
        f"<b>{escape(unit.name)} · Línea {line.number}</b>\n{escape(line.title)}\n{formats.quarter(quarter)}"
    )


def _activities(found: list[ActivityView]) -> str:
    return "\n".join(
        f"• n.º {each.activity.id}, {day_texts.dates(each.activity.starts_on, each.activity.ends_on)}: "
        f"{escape(excerpt(each.activity.narrative, EXCERPT))}"
        for each in found
    )


def _left(number: int) -> str:
    return "Queda <b>1 cosa</b>" if number == 1 else f"Quedan <b>{formats.number(number)} cosas</b>"


def _done(page: UnitPage) -> str:
    return f"{ALL_DONE}\nEl trimestre está firmado." if page.signed else ALL_DONE


def _state(count: DutyCount) -> str:
    if count.mine:
        return f"<b>{formats.number(count.mine)}</b>"
    if count.others:
        return "✅ de su parte"
    return "🖊 firmado" if count.signed else "✅ todo listo"


def _thing(page: UnitPage, place: int, duty: Duty) -> str:
    """«1. ❗️ L2 Normatividad: nada registrado en el trimestre»."""
    mark = f"{MUST} " if duty.blocking else ""
    line = next((each for each in page.standing.units[0].lines if each.line.id == duty.line_id), None)
    if line is None:
        return f"{place}. {mark}{_of_unit(duty)}"
    title = f"<b>Línea {line.line.number}</b> {escape(excerpt(line.line.title, TITLE))}"
    return f"{place}. {mark}{title}: {_of_line(page, duty, line)}"


def _of_unit(duty: Duty) -> str:
    return {
        DutyKind.RETURNED: f"actividad devuelta, por corregir: /actividad_{duty.activity_id}",
        DutyKind.NO_PRESENTATION: "falta la presentación del trimestre",
        DutyKind.NOT_SIGNED: "falta la firma",
    }[duty.kind]


def _of_line(page: UnitPage, duty: Duty, line: LineStatus) -> str:
    figure = f"va en {formats.shown(line.exact)} {SIGNS[line.signal]}"
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
    """«la presentación, 2 observaciones y la firma»."""
    counts = Counter(each.kind for each in others)
    said = []
    if counts[DutyKind.NO_PRESENTATION]:
        said.append("la presentación")
    if number := counts[DutyKind.UNEXPLAINED_DEVIATION]:
        said.append("1 observación" if number == 1 else f"{number} observaciones")
    if counts[DutyKind.NOT_SIGNED]:
        said.append("la firma")
    return formats.joined(said)


def _demand_note(standing: ProgressStatus) -> list[str]:
    """The institution's standard explanation, for the lines that depend on third parties."""
    lines = [each.line.number for each in standing.units[0].lines if each.signal is Signal.DEMAND]
    note = standing.programme.institution.get("demand_driven_note") or "Depende de terceros."
    if not lines:
        return []
    name = "Línea" if len(lines) == 1 else "Líneas"
    numbers = formats.joined([str(each) for each in lines])
    return [f"🔷 <i>{name} {numbers}: {escape(excerpt(note, NOTE))}</i>"]
