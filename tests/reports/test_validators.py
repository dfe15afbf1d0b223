"""Independent validators find nothing: PDF/A-3a and PDF/UA-1 of every PDF, Open XML of Word and Excel."""

import re
from collections.abc import Callable
from pathlib import Path

import page
import pytest
from openxml_audit import OpenXmlValidator

from reports import excel, pdf, transparency, word
from reports.quarterly.content import Report
from tests.reports.samples.hostile_report import hostile
from tests.reports.samples.large_report import large
from tests.reports.samples.replayed import replayed
from tests.reports.samples.sample import Album, sample
from tests.reports.samples.signed_quarter import signed_quarter, signed_unit

PROFILES = ("3a", "ua1")
Made = Callable[[Path], tuple[Report, Album]]
_STREAM = re.compile(rb"(\d+) 0 obj\n<<[^>]*?/Length (\d+)[^>]*>>\s*stream\n")


def pdf_findings(content: bytes) -> list[str]:
    """Return what is found in a PDF; the validator takes a line end in a stream for the one behind it."""
    found = []
    for profile in PROFILES:
        for each in page.validate_pdf_bytes(content, profile=profile).failures:
            number = each.object_id.object_number if each.object_id else None
            if "STREAM-LENGTH" in each.rule_id and number is not None and has_its_length(content, number):
                continue
            found.append(f"{each.rule_id} {number}: {each.message}")
    return found


def has_its_length(content: bytes, number: int) -> bool:
    """Return whether the object's stream is as long as it says."""
    for found in _STREAM.finditer(content):
        if int(found[1]) == number:
            return content[found.end() + int(found[2]) :].startswith(b"\nendstream")
    return False


def office_findings(content: bytes, file: Path) -> list[str]:
    file.write_bytes(content)
    return [str(each) for each in OpenXmlValidator().validate(file).errors]


REPORTS: dict[str, Made] = {
    "signed": lambda folder: signed_quarter(),
    "signed, of a unit": lambda folder: signed_unit(),
    "draft": sample,
    "draft without pictures": lambda folder: (replayed(), Album(folder)),
    "hostile texts": lambda folder: (hostile(replayed()), Album(folder)),
    "120 photographs": large,
}
LONG = ("120 photographs",)


@pytest.mark.parametrize(
    "name", [pytest.param(each, marks=pytest.mark.long) if each in LONG else each for each in REPORTS]
)
def test_validators_find_nothing(name: str, tmp_path: Path) -> None:
    report, album = REPORTS[name](tmp_path / "pictures")
    assert pdf_findings(pdf.render(report, album.place)) == []
    assert office_findings(word.render(report, album.place), tmp_path / "informe.docx") == []
    assert office_findings(excel.render(report), tmp_path / "avance.xlsx") == []
    assert office_findings(transparency.render(report), tmp_path / "pnt.xlsx") == []


def test_the_validator_would_find_a_fault(tmp_path: Path) -> None:
    report, album = signed_unit()
    content = pdf.render(report, album.place)
    assert pdf_findings(content.replace(b"pdfaid:part>3", b"pdfaid:part>1"))
    assert pdf_findings(content.replace(b"/MarkInfo", b"/MarkInfa"))
