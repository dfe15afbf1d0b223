"""What a unit's people, and planning, are told when a quarter is signed or a target changes."""

from collections.abc import Sequence
from datetime import date

from handlers.texts.escaping import Html
from models.programme.view import LineView, TargetView, UnitView
from models.quarter import Quarter
from spanish.writing import days, formats
from spanish.writing.measures import amount, counted
from spanish.writing.nouns import of

SHOWN = 10  # changes of a programme that are listed
PDF = "📕 PDF firmado"


def signed(unit: UnitView, quarter: Quarter, name: str, number: int, units: int) -> Html:
    """Return, for planning, who signed and how many units have signed."""
    return Html("✍️ <b>{}</b> firmó el {} {}.\nVan {} de {} unidades firmadas.").format(
        name, formats.quarter(quarter), of(unit.name), number, units
    )


def signed_in_unit(unit: UnitView, quarter: Quarter, name: str, cards: int) -> Html:
    """Return, for the unit's people, that its quarter is closed, and what of theirs it left out."""
    left = ""
    if cards:
        one = "Tiene 1 tarjeta de ese trimestre" if cards == 1 else f"Tiene {cards} tarjetas de ese trimestre"
        left = f"\n\n📝 {one} sin registrar: ábrala para fecharla hoy o pedir que se reabra."
    return Html("✍️ <b>{}</b> firmó el {} {}: ya no admite cambios.{}").format(
        name, formats.quarter(quarter), of(unit.name), left
    )


def waiting(cards: int) -> Html:
    """Return the line about the person's cards that can be registered again; empty without any."""
    if not cards:
        return Html()
    one = "1 tarjeta de ese trimestre espera" if cards == 1 else f"{cards} tarjetas de ese trimestre esperan"
    return Html("\n\n📝 {} su ✅.").format(one)


def card_button(name: str) -> str:
    return f"📝 {name}" if name else "📝 Ver la tarjeta"


def target_changed(
    unit: UnitView, line: LineView, target: TargetView, before: int, after: int, since: date, reason: str
) -> Html:
    """Return, for the unit, how a target changed; amounts are scaled by its decimals."""
    changed = (
        Html("de {} a <b>{}</b>").format(amount(before, target), counted(after, target))
        if before != after
        else Html("sigue en <b>{}</b> y cambia su programación").format(counted(after, target))
    )
    return Html("🎯 Planeación ajustó la meta {}, línea {}: {}, desde el {}.\nMotivo: {}").format(
        of(unit.name), line.number, changed, days.day(since), reason
    )


def programme_changed(unit: UnitView, year: int, changes: Sequence[str], reason: str | None) -> Html:
    """Return, for the unit, what an imported programme changed of its lines and targets."""
    shown = [Html("• {}").format(each) for each in changes[:SHOWN]]
    more = [Html("y {} más").format(len(changes) - SHOWN)] if len(changes) > SHOWN else []
    why = [Html("Motivo: {}").format(reason)] if reason else []
    head = Html("🎯 Planeación cambió el programa {} {}:").format(year, of(unit.name))
    return Html("\n").join([head, *shown, *more, *why])
