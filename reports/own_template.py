"""The agency's own template of the Word report, in place of the bundled one: docs/report-template.md."""

from pathlib import Path


class UnusableTemplate(Exception):
    """The template cannot be filled in. The sentence says why and how to go on without it."""


def own_template(folder: Path) -> Path | None:
    """Where it lies in the folder with the agency's data; None where there is none."""
    path = folder / "templates" / "informe.docx"
    return path if path.is_file() else None
