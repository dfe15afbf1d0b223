"""The report as PDF, set by typst: PDF/A-3a with its data attached, and PDF/UA-1."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta, timezone
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import segno

from reports import file_seal, typesetting
from reports.open_data import as_json as as_open_data
from reports.pdf_data import aspects, plain
from reports.pdf_pages import PlannedGroup, planned
from reports.pdf_pictures import Laid, lay, lay_content
from reports.quarterly.content import Report
from reports.texts import code as code_texts
from reports.texts import headings
from reports.typesetting import as_json

OWN_PICTURES = {
    "logo": "logo",
    "structure": "structure_image",
}  # the institution's, by the names of their files


def render(report: Report, pictures: Callable[[str], Path]) -> bytes:
    """Return the PDF, with equal bytes for equal reports. `pictures` returns a copy's file by its SHA-256.

    A picture that is missing or cannot be read is replaced by a remark. A signed report is sealed, and has
    what it is made from attached.
    """
    with TemporaryDirectory(prefix="avance-pdf-") as name:
        folder = Path(name)
        laid = {
            **lay(copies(report), pictures, folder),
            **{
                key: each
                for name, field in OWN_PICTURES.items()
                for key, each in lay_content(getattr(report.institution, field), name, folder).items()
            },
        }
        return typeset(report, laid, folder)


def typeset(report: Report, laid: Mapping[str, Laid], folder: Path) -> bytes:
    """Return the PDF with the pictures that are in the folder."""
    import typst

    for file in ("informe.typ", "grafica.typ"):
        (folder / file).write_bytes(typesetting.template(file))
    (folder / headings.DATA_FILE).write_bytes(as_open_data(report))
    if report.code is not None and report.basis is not None:
        (folder / headings.SIGNED_FILE).write_text(_signed(report, laid, folder), encoding="utf-8")
        segno.make(code_texts.in_qr(report.code), error="m", micro=False).save(
            str(folder / "qr.svg"), border=2, xmldecl=False, omitsize=True
        )
    source = folder / "informe.typ"

    def write(plan: Mapping[int, PlannedGroup], galley: str | None = None) -> None:
        data = as_json(plain(report, laid, plan, galley))
        (folder / "datos.json").write_text(data, encoding="utf-8")

    write(planned(source, write, aspects(report, laid), report.institution.design))
    made = typst.compile(
        source,
        root=folder,
        font_paths=typesetting.fonts(),
        pdf_standards=["a-3a", "ua-1"],
        timestamp=_fixed(report.dated_at),
    )
    return file_seal.sealed(made) if report.signed else made


def _signed(report: Report, laid: Mapping[str, Laid], folder: Path) -> str:
    """Return what the report is made from, with its pictures as they are printed.

    Of photographs it has the hash and the size, of the institution's own pictures the content.
    """
    assert report.basis is not None
    said = json.loads(report.basis)
    own = {name: laid[name] for name in OWN_PICTURES if name in laid}
    return json.dumps(
        {
            **said,
            "program": program(),
            "recopied": said.get("recopied", {}),
            "named": [name for name in OWN_PICTURES if getattr(report.institution, OWN_PICTURES[name])],
            "own": {
                name: b64encode((folder / each.path).read_bytes()).decode() for name, each in own.items()
            },
            "printed": {
                copy: {"sha256": file_digest(folder / each.path), "width": each.width, "height": each.height}
                for copy, each in laid.items()
                if copy not in own
            },
        },
        ensure_ascii=False,
        indent=1,
    )


@cache
def program() -> str:
    """Return what decides how a PDF's bytes come out: typst's version, and a hash of templates and fonts."""
    files = (*sorted(typesetting.TEMPLATES.glob("*.typ")), *sorted(typesetting.FONTS.glob("*.ttf")))
    known = hashlib.sha256("".join(map(file_digest, files)).encode()).hexdigest()
    return f"typst {version('typst')} {known[:16]}"


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copies(report: Report) -> list[str]:
    """Return the hashes of the pictures' copies, in the order of the pages."""
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
