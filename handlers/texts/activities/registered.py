"""Texts of a registered activity's message: what it moved, and for ten minutes that it can be undone."""

from dataclasses import dataclass
from fractions import Fraction

from handlers.texts.activities import capture
from handlers.texts.escaping import Html, escape
from models.evidence.attachment import Gathered
from models.programme.view import LineView, UnitView
from models.progress.status import LineStatus, TargetStatus
from models.storage.forms import ActivityForm
from spanish.writing import formats
from spanish.writing.measures import amount, reached

EXPLAINED = 2  # registrations after which a person knows what can be done
BOTH_WAYS = "Puede deshacerla durante diez minutos. Para añadirle fotos, responda a este mensaje con ellas."
PHOTOS = "Para añadirle fotos, responda a este mensaje con ellas."


@dataclass(frozen=True)
class LineMove:
    """A line's figures without the activity and with it."""

    before: LineStatus
    after: LineStatus


def registered(
    number: int,
    unit: UnitView,
    line: LineView,
    content: ActivityForm,
    evidence: Gathered,
    moved: LineMove,
    undoable: bool,
    explained: bool,
) -> Html:
    """Return what was registered and what it moved; what can be done, while that is not `explained` yet."""
    ways = [] if explained else [BOTH_WAYS if undoable else PHOTOS]
    return Html("\n").join(
        [
            Html("✅ <b>Registrada</b> con el n.º {}").format(number),
            Html("📈 {}").format(what_moved(moved, content)),
            "",
            Html("{} · Línea {} · {}").format(unit.name, line.number, line.title),
            *capture.registered_facts(line, content, evidence),
            "",
            *ways,
            Html("/actividad_{}").format(number),
        ]
    )


def what_moved(moved: LineMove, content: ActivityForm) -> Html:
    """Return «Actas 9 de 16 · línea 1: 57 → 68 %»."""
    touched = [each for each in moved.after.targets if _quantity(content, each)]
    said = [escape(_target_progress(each)) for each in touched]
    line = moved.after.line
    if moved.after.counting:
        share = _share(moved.before.exact, moved.after.exact)
        said.append(Html("línea {}: <b>{}</b>").format(line.number, share))
    return Html(" · ").join(said)


def _quantity(content: ActivityForm, each: TargetStatus) -> int:
    claim = content.claim(each.target.id)
    return claim.quantity if claim else 0


def _target_progress(each: TargetStatus) -> str:
    if each.combine.is_rate:
        return reached(each.counted, each.amount, each.target, each.combine)
    measure = each.target.measure
    return f"{measure} {amount(each.counted, each.target)} de {amount(each.amount, each.target)}"


def _share(before: Fraction, after: Fraction) -> str:
    old, new = formats.shown(before), formats.shown(after)
    return new if old == new else f"{old.removesuffix('%').rstrip()} → {new}"
