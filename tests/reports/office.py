"""LibreOffice: converts a .docx into printed pages, as an agency without Word would."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from tests.support.waiting import PATIENCE

WRITER, POPPLER = shutil.which("soffice") or shutil.which("libreoffice"), shutil.which("pdftotext")
needs_office = pytest.mark.skipif(
    (WRITER is None or POPPLER is None) and not os.environ.get("CI"),
    reason="LibreOffice or poppler is not installed",
)
_WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">')


@dataclass(frozen=True)
class Box:
    """The position of a picture on a page, in points from the lower left corner."""

    page: int
    left: float
    bottom: float
    width: float
    height: float


@dataclass(frozen=True)
class Printed:
    """A document's pages, numbered from 1."""

    pdf: bytes

    @property
    def reader(self) -> pypdf.PdfReader:
        return pypdf.PdfReader(BytesIO(self.pdf))

    def pages(self) -> list[str]:
        return [page.extract_text() for page in self.reader.pages]

    def pictures(self) -> list[Box]:
        """Return the boxes of every painted picture, by the transformation matrix in force."""
        found: list[Box] = []
        for number, page in enumerate(self.reader.pages, start=1):

            def note(
                operator: bytes, _: object, matrix: list[float], __: object, number: int = number
            ) -> None:
                if operator == b"Do":
                    found.append(Box(number, matrix[4], matrix[5], matrix[0], matrix[3]))

            page.extract_text(visitor_operand_before=note)
        return found

    def words(self) -> list[tuple[float, float]]:
        """Return the extent of each word, or each line's part of a long one: left and right, in points."""
        assert POPPLER is not None, "poppler is not installed: .ci/run installs it"
        found = subprocess.run(
            [POPPLER, "-bbox", "-", "-"], input=self.pdf, check=True, capture_output=True, timeout=PATIENCE
        )
        return [(float(left), float(right)) for left, _, right, _ in _WORD.findall(found.stdout.decode())]


def printed(document: bytes, folder: Path) -> Printed:
    return Printed(_converted(document, folder, "pdf").read_bytes())


def stored_again(document: bytes, folder: Path) -> Path:
    """Return the document as saved by LibreOffice."""
    return _converted(document, folder, "docx")


def _converted(document: bytes, folder: Path, form: str) -> Path:
    """Convert with a profile of its own, so that parallel tests do not wait for each other."""
    assert WRITER is not None, "LibreOffice is not installed: .ci/run installs it"
    source, target = folder / "informe.docx", folder / form
    source.write_bytes(document)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [WRITER, profile, "--headless", "--convert-to", form, "--outdir", str(target), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return target / f"informe.{form}"
