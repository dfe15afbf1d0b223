"""The agency's own template of the Word report, instead of the bundled one: docs/report-template.md."""

from pathlib import Path


class UnusableTemplate(Exception):
    """The template cannot be filled in; the message says why, and how to continue without it."""


def own_template(folder: Path) -> Path | None:
    """Return its path in the folder with the agency's data, or None if there is none."""
    path = folder / "templates" / "informe.docx"
    return path if path.is_file() else None
