"""The table of contents: its headings, and their page numbers.

A table-of-contents field stays empty in LibreOffice, so each entry is a plain paragraph with a reference to
the page of a bookmark, which both Word and LibreOffice compute.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn
from markupsafe import Markup

from reports.quarterly.content import Report
from reports.texts import headings, pages


@dataclass(frozen=True)
class ContentsEntry:
    """A heading of the report. `key` is the argument of `anchor` for it in the template."""

    key: str
    title: str
    level: int
    bookmark: str

    @property
    def page(self) -> Markup:
        """Return a field with the number of the heading's page."""
        parts = ("begin", f" PAGEREF {self.bookmark} \\h ", "separate", None, "end")
        return Markup("</w:t></w:r>{}<w:r><w:t>").format(Markup("").join(map(_field_part, parts)))


def _field_part(part: str | None) -> Markup:
    if part is None:
        return Markup("<w:r><w:t></w:t></w:r>")
    if part.startswith(" "):
        return Markup('<w:r><w:instrText xml:space="preserve">{}</w:instrText></w:r>').format(part)
    return Markup('<w:r><w:fldChar w:fldCharType="{}"/></w:r>').format(part)


class Contents:
    """The report's headings in order; the template marks their places by `anchor`."""

    def __init__(self, report: Report) -> None:
        self.entries = tuple(
            ContentsEntry(key, title, level, f"avance_{number}")
            for number, (key, title, level) in enumerate(_headings(report), start=1)
        )
        self._by_key = {each.key: number for number, each in enumerate(self.entries, start=1)}

    def anchor(self, key: str) -> Markup:
        """Return the bookmark of the heading that the tag follows; "" if the report has no such heading."""
        number = self._by_key.get(key)
        if number is None:
            return Markup("")
        return Markup(
            '</w:t></w:r><w:bookmarkStart w:id="{0}" w:name="{1}"/><w:bookmarkEnd w:id="{0}"/>'
            '<w:r><w:t xml:space="preserve">'
        ).format(number, self.entries[number - 1].bookmark)


def _headings(report: Report) -> Iterator[tuple[str, str, int]]:
    institution = report.institution
    for block in report.board:
        yield block.part, block.title, 1
    yield "presentation", headings.PRESENTATION, 1
    for key, title in (
        ("mission", headings.MISSION),
        ("vision", headings.VISION),
        ("principles", headings.PRINCIPLES),
        ("structure", headings.STRUCTURE),
    ):
        if getattr(institution, key) or (key == "structure" and institution.structure_image):
            yield key, title, 1
    yield "report", report.heading, 1
    for unit in report.units:
        yield unit.key, unit.name, 2
    if institution.privacy_notice:
        yield "privacy", pages.PRIVACY, 1
    if institution.acronyms:
        yield "acronyms", headings.ACRONYMS, 1
    if institution.signatories:
        yield "signatories", headings.SIGNATORIES, 1
    yield "annex", headings.ANNEX, 1


def drop_unmarked(body: Any) -> None:
    """Remove entries whose heading the template does not have; Word would print an error as their page."""
    marked = {each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))}
    for instruction in list(body.iter(qn("w:instrText"))):
        words = (instruction.text or "").split()
        if words[:1] == ["PAGEREF"] and words[1] not in marked:
            paragraph = next(instruction.iterancestors(qn("w:p")))
            paragraph.getparent().remove(paragraph)
