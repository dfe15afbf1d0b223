"""Names of report files."""

import re
import unicodedata

from models.quarter import Quarter
from models.tables.report import ReportFormat

ENDINGS = {ReportFormat.TRANSPARENCY: "xlsx"}
WORDS = {
    ReportFormat.TRANSPARENCY: "pnt",
    ReportFormat.CSV: "datos",
    ReportFormat.JSON: "datos",
    ReportFormat.EXCEL: "avance",
}


def file_name(institution: str, quarter: Quarter, kind: ReportFormat, unit: str | None, draft: bool) -> str:
    """Return the name, like «SESAECH-informe-2024-T1-juridica-borrador.pdf»; `unit` is the unit's key."""
    ascii_only = unicodedata.normalize("NFKD", institution).encode("ascii", "ignore").decode()
    head = re.sub(r"[^A-Za-z0-9]+", "-", ascii_only).strip("-")
    parts = [head, WORDS.get(kind, "informe"), quarter.key, unit, "borrador" if draft else None]
    return f"{'-'.join(filter(None, parts))}.{ENDINGS.get(kind, kind.value)}"
