"""What is said while a registered activity is corrected."""

from handlers.texts.activities import evidence as evidence_texts
from handlers.texts.activities import facts, fields
from handlers.texts.escaping import escape
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
) -> str:
    """The activity as it would be; where it differs, what it was."""
    lines = [f"✏️ <b>Corregir la n.º {after.activity_id}</b>", ""]
    for label, value in facts.side_by_side(known, before, after, SHOWN_NARRATIVE):
        lines.append(f"<b>{label}:</b> {value}")
        if label == fields.QUANTITIES.label and settled:
            lines.append(settled)
    old, new = map(evidence_texts.gathered, evidence)
    if old or new:
        lines.append(f"<b>{EVIDENCE}:</b> {new if old == new else facts.arrow(old, new)}")
    return "\n".join(lines)


def settled(line: LineView | None, quantities: dict[int, int]) -> str:
    """«De lo pendiente ya cuentan: 2 acuerdos»; empty where nothing does."""
    said = [
        counted(quantities[target.id], target)
        for target in (line.targets if line else ())
        if quantities.get(target.id)
    ]
    return f"De lo pendiente ya cuenta: {escape(', '.join(said))}" if said else ""


def corrected(number: int, version: int, changes: list[str]) -> str:
    said = "\n".join(changes)
    return (
        f"✅ <b>Corregida la n.º {number}</b> · versión {version}\n\n{said}"
        f"{chr(10) * 2 if said else ''}Lo anterior queda en su historia: /actividad_{number}"
    )


def evidence_changed(added: int, removed: int) -> list[str]:
    """What the correction did to the evidence."""
    said = [f"{added} nueva{'s' if added > 1 else ''}"] if added else []
    said += [f"{removed} quitada{'s' if removed > 1 else ''}"] if removed else []
    return [f"<b>{EVIDENCE}:</b> {', '.join(said)}"] if said else []
