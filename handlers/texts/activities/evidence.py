"""Evidence in words, such as «3 fotos · 1 documento», and the texts with which it is sent."""

from collections import Counter
from collections.abc import Sequence

from handlers.texts.escaping import Html, joined
from models.evidence.attachment import Gathered
from models.tables.evidence import Evidence, EvidenceKind

_NAMES = {
    EvidenceKind.PHOTO: ("foto", "fotos"),
    EvidenceKind.DOCUMENT: ("documento", "documentos"),
    EvidenceKind.VOICE: ("nota de voz", "notas de voz"),
    EvidenceKind.VIDEO: ("video", "videos"),
    EvidenceKind.LOCATION: ("ubicación", "ubicaciones"),
}
AGAIN = "🔄 Volver a intentar"
NAME_LIMIT = 30  # characters of a file's name on a button


def gathered(evidence: Gathered) -> str:
    """Return «2 fotos · 1 documento (1 todavía no llega ⚠️)»; empty if there is none."""
    parts = [counted(kind, evidence.counts[kind]) for kind in EvidenceKind if evidence.counts[kind]]
    missing = f" ({evidence.missing} todavía no llega{'n' if evidence.missing > 1 else ''} ⚠️)"
    return " · ".join(parts) + (missing if evidence.missing else "")


def counted(kind: EvidenceKind, number: int) -> str:
    """Return «1 foto» or «2 fotos»."""
    return f"{number:,} {_NAMES[kind][number != 1]}"


def piece(place: int, evidence: Evidence) -> str:
    """Return the label of one file's button: «Foto 2» or «acta.pdf»."""
    name = evidence.name or f"{_NAMES[evidence.kind][0].capitalize()} {place}"
    return name if len(name) <= NAME_LIMIT else name[: NAME_LIMIT - 1] + "…"


def file_name(kind: EvidenceKind, place: int, ending: str) -> str:
    """Return a name for a file that has none: «foto-1.jpg»."""
    return f"{_NAMES[kind][0].replace(' ', '-')}-{place}{ending}"


def caption(activity_id: int, start: int, number: int) -> str:
    """Return the caption of an album: «Actividad n.º 12 · fotos 1–10»."""
    which = f"fotos {start + 1}–{start + number}" if number > 1 else f"foto {start + 1}"
    return f"Actividad n.º {activity_id} · {which}"


def none(activity_id: int) -> str:
    return f"La actividad n.º {activity_id} todavía no tiene evidencia."


def not_here(activity_id: int, missing: Sequence[Evidence], refused: Sequence[Evidence]) -> Html:
    """Return one sentence about missing and refused files."""
    said = []
    if missing:
        verb = "todavía no llega" + ("" if len(missing) == 1 else "n")
        said.append(Html("{} {}").format(verb, _listed(missing)))
    if refused:
        verb = "no se aceptó" if len(refused) == 1 else "no se aceptaron"
        said.append(Html("{} {}").format(verb, _listed(refused)))
    return Html("⚠️ De la n.º {} {}.").format(activity_id, Html(" y ").join(said))


def asked_again(activity_id: int, missing: Sequence[Evidence]) -> Html:
    return Html(
        "🔄 Lo intento otra vez: {} de la n.º {}. En cuanto llegue, estará en 📎 Ver evidencia."
    ).format(_listed(missing), activity_id)


def _listed(pieces: Sequence[Evidence]) -> Html:
    """Return «2 fotos y «acta.pdf»»: files with a name by it, the others counted."""
    named = [Html("«{}»").format(piece(0, each)) for each in pieces if each.name]
    unnamed = Counter(each.kind for each in pieces if not each.name)
    parts = [counted(kind, unnamed[kind]) for kind in EvidenceKind if unnamed[kind]]
    return joined([*parts, *named])
