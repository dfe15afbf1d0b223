"""What is said while a registered activity is corrected."""

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
SHOWN_NARRATIVE = 400  # characters of the narrative on a card; the whole of it is kept


def card(
    known: Programmes,
    before: ActivityForm,
    after: ActivityForm,
    evidence: tuple[Gathered, Gathered],
    settled: str,
) -> Html:
    """The activity as it would be; where it differs, what it was."""
    lines = [Html("✏️ <b>Corregir la n.º {}</b>").format(after.activity_id), ""]
    for label, value in facts.side_by_side(known, before, after, SHOWN_NARRATIVE):
        lines.append(Html("<b>{}:</b> {}").format(label, value))
        if label == fields.QUANTITIES.label and settled:
            lines.append(settled)
    old, new = map(evidence_texts.gathered, evidence)
    if old or new:
        lines.append(Html("<b>{}:</b> {}").format(EVIDENCE, new if old == new else facts.arrow(old, new)))
    return Html("\n").join(lines)


def settled(line: LineView | None, quantities: dict[int, int]) -> Html:
    """«De lo pendiente ya cuentan: 2 acuerdos»; empty where nothing does."""
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
    """What the correction did to the evidence."""
    said = [Html("{} nueva{}").format(added, "s" if added > 1 else "")] if added else []
    said += [Html("{} quitada{}").format(removed, "s" if removed > 1 else "")] if removed else []
    return [Html("<b>{}:</b> {}").format(EVIDENCE, Html(", ").join(said))] if said else []
