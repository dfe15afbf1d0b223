"""What has changed since the last reminder: the duties done and the new ones, up to three of each by name."""

from collections.abc import Sequence

from handlers.texts.escaping import Html
from models.programme.view import UnitView
from models.quarter_end.duties import DutyKind
from models.reminders.earlier import Changes
from spanish.writing import days, formats

NAMED = 3
ABOUT = {
    DutyKind.RETURNED: "una actividad devuelta",
    DutyKind.NOTHING_REGISTERED: "nada registrado",
    DutyKind.UNEXPLAINED_DEVIATION: "la observación",
    DutyKind.PENDING_QUANTITY: "cantidades por contar",
    DutyKind.NO_PRESENTATION: "la presentación",
    DutyKind.NOT_SIGNED: "la firma",
}


def sentence(unit: UnitView, since: Changes) -> Html:
    """Return « Desde el aviso del martes 2 de abril: listo: la presentación; nuevo: la firma.»."""
    changed = [
        f"{what}: {_named(unit, keys)}"
        for what, keys in (("listo", since.done), ("nuevo", since.new))
        if keys
    ]
    what = "; ".join(changed) or "sin cambios"
    return Html(" Desde el aviso del {}: {}.").format(days.weekday(since.day), what)


def _named(unit: UnitView, keys: Sequence[str]) -> str:
    more = len(keys) - NAMED
    named = [_about(unit, each) for each in keys[:NAMED]]
    return formats.joined([*named, f"{more} más"] if more > 0 else named)


def _about(unit: UnitView, key: str) -> str:
    """Return what the duty is about, by its key (`models.quarter_end.duties.Duty.key`)."""
    _, kind, owner = key.split("/")
    said = ABOUT[DutyKind(kind)]
    number = next((line.number for line in unit.lines if str(line.id) == owner), None)
    if number is None or DutyKind(kind) is DutyKind.RETURNED:
        return said
    return f"línea {number} ({said})"
