"""What is said while something pending comes to count."""

from handlers.texts.escaping import escape
from models.programme.view import TargetView
from models.storage.forms import Settling
from models.tables.activity import Activity, Settlement
from spanish.writing import days
from spanish.writing.measures import amount, awaited, counted

CANCELLED = "✖️ Cancelado: lo pendiente sigue pendiente."
SEE = "🗂 Ver la actividad"
EDITS = {"quantity": "Cantidad", "days": "Día"}


def _header(activity: Activity) -> str:
    when = days.span(activity.starts_on, activity.ends_on)
    return f"☑️ <b>Ya cuenta</b> · actividad n.º {activity.id} ({when})"


def how_many(activity: Activity, target: TargetView, left: int) -> str:
    return (
        f"{_header(activity)}\n\nHay {escape(counted(left, target))} por {awaited(target.counts_when)}. "
        f"¿Qué cantidad ya está «{escape(target.counts_when or '')}»?"
    )


def which_day(activity: Activity, target: TargetView, content: Settling) -> str:
    return (
        f"{_header(activity)}\n\n{escape(counted(content.quantity or 0, target))}: ¿desde qué día cuenta? "
        "También puede escribirlo: «10/04»."
    )


def card(activity: Activity, target: TargetView, content: Settling, left: int) -> str:
    rest = left - (content.quantity or 0)
    lines = [_header(activity), "", f"<b>Cuenta:</b> {escape(counted(content.quantity or 0, target))}"]
    if content.counts_on:
        lines.append(f"<b>Desde:</b> {days.weekday(content.counts_on)}")
    if rest:
        lines.append(f"Quedan por {awaited(target.counts_when)}: {amount(rest, target)}")
    return "\n".join(lines)


def settled(activity: Activity, target: TargetView, content: Settling, left: int) -> str:
    assert content.counts_on is not None
    waits = f"por {awaited(target.counts_when)}"
    rest = f" Quedan {waits}: {amount(left, target)}." if left else f" Ya no queda nada {waits}."
    return (
        f"✅ <b>Registrado</b>: {escape(counted(content.quantity or 0, target))} de la actividad "
        f"n.º {activity.id} cuenta desde el {days.day(content.counts_on)}.{rest}"
    )


def which_back(activity: Activity) -> str:
    return (
        f"↩️ <b>Quitar lo que ya contaba</b> · actividad n.º {activity.id}\n\n"
        "Toque lo que no debía contar: volverá a quedar pendiente. Queda constancia en su historia."
    )


def take_back(settlement: Settlement, target: TargetView) -> str:
    """Plain text: a button shows no HTML."""
    return f"↩️ {counted(settlement.quantity, target)}, desde el {days.day(settlement.counts_on)}"


def taken_back(activity: Activity, target: TargetView, settlement: Settlement) -> str:
    one = settlement.quantity == 10**target.decimals
    verb = "vuelve" if one else "vuelven"
    return (
        f"↩️ {escape(counted(settlement.quantity, target))} de la actividad n.º {activity.id} "
        f"{verb} a quedar por {awaited(target.counts_when)}."
    )
