"""Texts of correcting a registered activity."""

from collections.abc import Sequence

from handlers.texts.activities import evidence as evidence_texts
from handlers.texts.activities import facts, fields
from handlers.texts.escaping import Html
from models.evidence.attachment import Gathered
from models.programme.view import LineView, Programmes
from models.storage.forms import ActivityForm
from spanish.writing.measures import counted

SAVE = "✅ Guardar corrección"
CANCELLED = "✖️ Corrección cancelada: la actividad queda como estaba."
SEE = "🗂 Ver la actividad"
EVIDENCE = "Evidencia"
REST = Html("<i>Lo demás queda igual.</i>")
SHOWN_NARRATIVE = 400  # characters of the narrative on a card; the whole is stored


def card(
    known: Programmes,
    before: ActivityForm,
    after: ActivityForm,
    evidence: tuple[Gathered, Gathered],
    settled: str,
) -> Html:
    """Return what the correction changes, old and new; the whole activity while it changes nothing."""
    lines = [Html("✏️ <b>Corregir la n.º {}</b>").format(after.activity_id), ""]
    old, new = map(evidence_texts.gathered, evidence)
    if changes := facts.differences(known, before, after, SHOWN_NARRATIVE):
        lines += [*changes, *([settled] if settled else [])]
        if old != new:
            lines.append(Html("<b>{}:</b> {}").format(EVIDENCE, facts.arrow(old, new)))
        return Html("\n").join([*lines, "", REST])
    for label, value in facts.side_by_side(known, before, after, SHOWN_NARRATIVE):
        lines.append(Html("<b>{}:</b> {}").format(label, value))
        if label == fields.QUANTITIES.label and settled:
            lines.append(settled)
    if old or new:
        lines.append(Html("<b>{}:</b> {}").format(EVIDENCE, new if old == new else facts.arrow(old, new)))
    return Html("\n").join(lines)


def settled(line: LineView | None, quantities: dict[int, int]) -> Html:
    """Return «De lo pendiente ya cuentan: 2 acuerdos»; empty if no settlement exists."""
    said = [
        counted(quantities[target.id], target)
        for target in (line.targets if line else ())
        if quantities.get(target.id)
    ]
    return Html("De lo pendiente ya cuenta: {}").format(", ".join(said)) if said else Html()


def corrected(number: int, version: int, changes: Sequence[Html]) -> Html:
    said = Html("\n").join(changes)
    return Html(
        "✅ <b>Corregida la n.º {}</b> · versión {}\n\n{}{}Lo anterior queda en su historia: /actividad_{}"
    ).format(number, version, said, chr(10) * 2 if said else "", number)


def evidence_changed(added: int, removed: int) -> list[Html]:
    """Return how many files the correction adds and removes; empty if none."""
    said = [Html("{} nueva{}").format(added, "s" if added > 1 else "")] if added else []
    said += [Html("{} quitada{}").format(removed, "s" if removed > 1 else "")] if removed else []
    return [Html("<b>{}:</b> {}").format(EVIDENCE, Html(", ").join(said))] if said else []
