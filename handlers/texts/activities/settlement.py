"""Texts of settlements: a pending quantity comes to count."""

from handlers.texts.escaping import Html
from models.programme.view import TargetView
from models.storage.forms import Settling
from models.tables.activity import Activity, Settlement
from spanish.writing import days
from spanish.writing.measures import amount, awaited, counted

CANCELLED = "✖️ Cancelado: lo pendiente sigue pendiente."
SEE = "🗂 Ver la actividad"
EDITS = {"quantity": "Cantidad", "days": "Día"}


def _header(activity: Activity) -> Html:
    when = days.span(activity.starts_on, activity.ends_on)
    return Html("☑️ <b>Ya cuenta</b> · actividad n.º {} ({})").format(activity.id, when)


def how_many(activity: Activity, target: TargetView, left: int) -> Html:
    return Html("{}\n\nHay {} por {}. ¿Qué cantidad ya cuenta?\n<i>Condición de la meta: {}.</i>").format(
        _header(activity), counted(left, target), awaited(target.counts_when), target.counts_when or ""
    )


def which_day(activity: Activity, target: TargetView, content: Settling) -> Html:
    return Html("{}\n\n{}: ¿desde qué día cuenta? También puede escribirlo: «10/04».").format(
        _header(activity), counted(content.quantity or 0, target)
    )


def card(activity: Activity, target: TargetView, content: Settling, left: int) -> Html:
    rest = left - (content.quantity or 0)
    lines = [_header(activity), "", Html("<b>Cuenta:</b> {}").format(counted(content.quantity or 0, target))]
    if content.counts_on:
        lines.append(Html("<b>Desde:</b> {}").format(days.weekday(content.counts_on)))
    if rest:
        lines.append(Html("Quedan por {}: {}").format(awaited(target.counts_when), amount(rest, target)))
    return Html("\n").join(lines)


def settled(activity: Activity, target: TargetView, content: Settling, left: int) -> Html:
    assert content.counts_on is not None
    waits = Html("por {}").format(awaited(target.counts_when))
    rest = (
        Html(" Quedan {}: {}.").format(waits, amount(left, target))
        if left
        else Html(" Ya no queda nada {}.").format(waits)
    )
    return Html("✅ <b>Registrado</b>: {} de la actividad n.º {} cuenta desde el {}.{}").format(
        counted(content.quantity or 0, target), activity.id, days.day(content.counts_on), rest
    )


def which_back(activity: Activity) -> Html:
    return Html(
        "↩️ <b>Quitar lo que ya contaba</b> · actividad n.º {}\n\n"
        "Toque lo que no debía contar: volverá a quedar pendiente. Queda constancia en su historia."
    ).format(activity.id)


def take_back(settlement: Settlement, target: TargetView) -> str:
    """Return the label of the button that takes the settlement back; plain text."""
    return f"↩️ {counted(settlement.quantity, target)}, desde el {days.day(settlement.counts_on)}"


def taken_back(activity: Activity, target: TargetView, settlement: Settlement) -> Html:
    one = settlement.quantity == 10**target.decimals
    verb = "vuelve" if one else "vuelven"
    return Html("↩️ {} de la actividad n.º {} {} a quedar por {}.").format(
        counted(settlement.quantity, target), activity.id, verb, awaited(target.counts_when)
    )
