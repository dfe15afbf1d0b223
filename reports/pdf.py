"""The report as PDF, set by typst: PDF/A-3a with its data attached, and PDF/UA-1."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

from reports import typesetting
from reports.open_data import as_json as as_open_data
from reports.pdf_data import plain
from reports.pdf_pictures import lay, lay_content
from reports.quarterly.content import Report
from reports.texts import headings
from reports.typesetting import as_json


def render(report: Report, pictures: Callable[[str], Path]) -> bytes:
    """Return the PDF, with equal bytes for equal reports. `pictures` returns a copy's file by its SHA-256.

    A picture that is missing or cannot be read is replaced by a remark.
    """
    import typst

    with TemporaryDirectory(prefix="avance-pdf-") as name:
        folder = Path(name)
        laid = {
            **lay(_copies(report), pictures, folder),
            **lay_content(report.institution.logo, "logo", folder),
            **lay_content(report.institution.structure_image, "structure", folder),
        }
        for file in ("informe.typ", "grafica.typ"):
            (folder / file).write_bytes(typesetting.template(file))
        (folder / headings.DATA_FILE).write_bytes(as_open_data(report))
        (folder / "datos.json").write_text(as_json(plain(report, laid)), encoding="utf-8")
        return typst.compile(
            folder / "informe.typ",
            root=folder,
            font_paths=typesetting.fonts(),
            pdf_standards=["a-3a", "ua-1"],
            timestamp=_fixed(report.dated_at),
        )


def _copies(report: Report) -> list[str]:
    return [
        figure.copy_sha256
        for unit in report.units
        for line in unit.lines
        for activity in line.activities
        for group in activity.groups
        for figure in group.figures
    ]


def _fixed(at: datetime) -> datetime:
    """Return the instant in whole seconds with an offset, as dates in a PDF have it."""
    offset = at.utcoffset() or timedelta(0)
    return at.replace(microsecond=0).astimezone(timezone(offset))
