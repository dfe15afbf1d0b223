"""What is said while a registered activity is corrected."""

from html import escape

from handlers.texts import evidence as evidence_texts
from handlers.texts import facts
from handlers.texts.measures import amount
from models.attachment import Gathered
from models.filled import Filled
from models.programme_view import LineView, Programmes

SAVE = "✅ Guardar corrección"
SEE = "🗂 Ver la actividad"
EVIDENCE = "Evidencia"
SHOWN_NARRATIVE = 500  # characters of the narrative on a card; the whole of it is kept


def card(
    known: Programmes, before: Filled, after: Filled, evidence: tuple[Gathered, Gathered], settled: str
) -> str:
    """The activity as it would be; where it differs, what it was."""
    old, new = facts.fields(known, _cut(before)), facts.fields(known, _cut(after))
    lines = [f"✏️ <b>Corregir la n.º {after.activity_id}</b>", ""]
    for label in facts.LABELS:
        was, is_now = old.get(label, ""), new.get(label, "")
        if not was and not is_now:
            continue
        value = is_now if was == is_now else facts.arrow(was, f"<b>{is_now}</b>" if is_now else "")
        lines.append(f"<b>{label}:</b> {value}")
        if label == facts.WHAT and settled:
            lines.append(settled)
    gathered = [evidence_texts.gathered(each) for each in evidence]
    if any(gathered):
        value = gathered[1] if gathered[0] == gathered[1] else facts.arrow(gathered[0], gathered[1])
        lines.append(f"<b>{EVIDENCE}:</b> {value}")
    return "\n".join(lines)


def settled(line: LineView | None, quantities: dict[int, int]) -> str:
    """«De lo pendiente ya cuentan: 2 acuerdos»; empty where nothing does."""
    said = [
        f"{amount(quantities[target.id], target)} de {target.measure.lower()}"
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


def _cut(content: Filled) -> Filled:
    narrative = content.narrative or ""
    if len(narrative) <= SHOWN_NARRATIVE:
        return content
    return content.model_copy(update={"narrative": narrative[:SHOWN_NARRATIVE].rstrip() + "…"})
