"""What becomes of files."""

from models.evidence import EvidenceKind


def too_large(kind: EvidenceKind, size: int) -> str:
    return f"Ese archivo pesa {size / 1_000_000:,.0f} MB y puedo recibir hasta 20 MB."
