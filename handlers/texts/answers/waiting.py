"""What is registered and does not count yet."""

from collections.abc import Sequence

from handlers.texts.escaping import Html
from handlers.texts.progress.progress import short
from models.programme.view import LineView, UnitView
from models.progress.status import LineStatus, ProgressStatus, TargetStatus, UnitStatus
from spanish.writing import days
from spanish.writing.measures import awaited, counted


def see(unit: UnitView, line: LineView) -> str:
    return f"📎 Ver cuáles: {short(unit.name)} · {line.number}"


def page(status: ProgressStatus, awaiting: Sequence[tuple[UnitStatus, LineStatus, TargetStatus]]) -> Html:
    """«3 acuerdos por publicar», for each target that counts when something more happens."""
    if not awaiting:
        return Html("Ninguna meta de ahí espera algo para contar: lo registrado ya cuenta.")
    said = [
        Html("⏳ <b>{} por {}</b>\n<i>{}, línea {}</i> · cuenta lo «{}»").format(
            counted(each.pending, each.target),
            awaited(each.target.counts_when),
            short(unit.unit.name),
            line.line.number,
            each.target.counts_when or "",
        )
        for unit, line, each in awaiting
    ]
    return Html("\n\n").join([*said, f"Al {days.day(status.on, status.quarter.year)}"])
