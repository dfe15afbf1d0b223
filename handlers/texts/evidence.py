"""Evidence in words: «3 fotos · 1 documento»."""

from models.attachment import Gathered
from models.evidence import Evidence, EvidenceKind

_NAMES = {
    EvidenceKind.PHOTO: ("foto", "fotos"),
    EvidenceKind.DOCUMENT: ("documento", "documentos"),
    EvidenceKind.VOICE: ("nota de voz", "notas de voz"),
    EvidenceKind.VIDEO: ("video", "videos"),
    EvidenceKind.LOCATION: ("ubicación", "ubicaciones"),
}
NAME_LIMIT = 30  # characters of a file's name on a button


def gathered(evidence: Gathered) -> str:
    """«2 fotos · 1 documento (1 todavía no llega ⚠️)»; empty where there is none."""
    parts = [counted(kind, evidence.counts[kind]) for kind in EvidenceKind if evidence.counts[kind]]
    missing = f" ({evidence.missing} todavía no llega{'n' if evidence.missing > 1 else ''} ⚠️)"
    return " · ".join(parts) + (missing if evidence.missing else "")


def counted(kind: EvidenceKind, number: int) -> str:
    """«1 foto», «2 fotos»."""
    return f"{number:,} {_NAMES[kind][number != 1]}"


def piece(place: int, evidence: Evidence) -> str:
    """One of several, as a button names it: «Foto 2», «acta.pdf»."""
    name = evidence.name or f"{_NAMES[evidence.kind][0].capitalize()} {place}"
    return name if len(name) <= NAME_LIMIT else name[: NAME_LIMIT - 1] + "…"
