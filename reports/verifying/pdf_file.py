"""Holds a signed PDF against what was signed, which is attached to it: the same PDF is made again from that.

Where every byte is the same, nothing was altered. Else pages, pictures, attachments and metadata are compared
one by one, to name what was.
"""

import json
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from reports import file_seal, pdf
from reports.pdf_pictures import Laid, lay
from reports.quarterly.basis import Basis, UnreadableBasis, read_json
from reports.quarterly.content import Figure, Report
from reports.quarterly.making import of_basis
from reports.quarterly.recopied import recopied
from reports.texts import headings
from reports.verifying import pdf_parts
from reports.verifying.data_values import differing
from reports.verifying.finding import Alteration, instead, of_words
from reports.verifying.pdf_parts import PdfPage, PdfParts
from reports.verifying.signed_basis import not_as_hashed


@dataclass(frozen=True)
class SealedPdf:
    """A PDF with what was signed: what it rests on, the report made of that, and what was altered."""

    basis: Basis
    report: Report
    altered: tuple[Alteration, ...]
    printed: dict[str, str]  # the hash of each picture as it is printed, by that of its copy


class Unsealed(Exception):
    """The PDF has nothing signed attached; the message says what it may be. `draft`: it says so itself."""

    def __init__(self, message: str, draft: bool = False) -> None:
        super().__init__(message)
        self.draft = draft


def examine(content: bytes) -> SealedPdf:
    """Return what a signed PDF says and what was altered. Raises `Unsealed`, and pypdf's many exceptions."""
    parts = pdf_parts.read(content)
    attached = parts.attachments.get(headings.SIGNED_FILE)
    if attached is None:
        raise _without_seal(parts)
    try:
        text = attached.decode()
        said: dict[str, Any] = json.loads(text)
        basis = read_json(text)
        report = recopied(of_basis(basis, basis.quarter.last_day, _named(basis, said)), said["recopied"])
        altered = tuple(_altered(content, parts, basis, report, said))
        printed = {copy: str(about["sha256"]) for copy, about in said["printed"].items()}
    except (UnreadableBasis, ValueError, KeyError, TypeError, AttributeError, AssertionError) as error:
        raise Unsealed(f"its attachment {headings.SIGNED_FILE} cannot be used: {error}") from error
    return SealedPdf(basis, report, altered, printed)


def _without_seal(parts: PdfParts) -> Unsealed:
    """Return what a PDF without anything signed is."""
    try:
        draft = json.loads(parts.attachments[headings.DATA_FILE])["draft"] is True
    except (KeyError, ValueError, TypeError):
        return Unsealed("it was exported from the Word file, printed, or made by another program")
    if draft:
        return Unsealed("it is a draft: nothing was signed to hold it against", draft=True)
    return Unsealed("what was signed was taken out of it")


def _named(basis: Basis, said: dict[str, Any]) -> Callable[[str], bytes | None]:
    """Return whether there is a picture of the institution by its name; what is in it is laid later."""
    there = {basis.institution.get(pdf.OWN_PICTURES[name]) for name in said["named"]}
    return lambda name: b"laid later" if name in there else None


def _altered(
    content: bytes, parts: PdfParts, basis: Basis, report: Report, said: dict[str, Any]
) -> Iterator[Alteration]:
    if not file_seal.fits(content):
        yield Alteration("file", "its bytes were altered after it was made: its seal does not fit")
    yield from not_as_hashed(basis)
    with TemporaryDirectory(prefix="avance-verify-") as name:
        lost = list(_missing_pictures(parts, report, said["printed"]))
        made = pdf.typeset(report, _lay(parts, said, Path(name)), Path(name))
    if file_seal.without(made) == file_seal.without(content):
        return
    yield from lost
    same_program = said["program"] == pdf.program()
    named = list(_differences(parts, pdf_parts.read(made), same_program))
    yield from named
    if not named and same_program:
        yield Alteration("file", "its bytes are not those that are made again from what was signed")


def _lay(parts: PdfParts, said: dict[str, Any], folder: Path) -> dict[str, Laid]:
    """Write the pictures into a folder as when the PDF was made; grey ones for those that it lost."""
    from PIL import Image

    laid = {}
    for name, content in said["own"].items():
        if name in pdf.OWN_PICTURES:
            (folder / name).write_bytes(b64decode(content))
            with Image.open(folder / name) as picture:
                laid[name] = Laid(name, *picture.size)
    for number, (copy, about) in enumerate(said["printed"].items()):
        found, file = parts.pictures.get(about["sha256"]), f"{number}.jpg"
        if found is not None and found.is_jpeg:
            (folder / file).write_bytes(found.data)
        else:
            Image.new("RGB", (about["width"], about["height"]), "grey").save(folder / file, "JPEG")
        laid[copy] = Laid(file, about["width"], about["height"])
    return laid


def _missing_pictures(parts: PdfParts, report: Report, printed: dict[str, Any]) -> Iterator[Alteration]:
    """Yield the pictures that are not in the PDF as they were printed, by their label."""
    for figure in figures(report):
        about = printed.get(figure.copy_sha256)
        if about is not None and about["sha256"] not in parts.pictures:
            label = f"{headings.SERIES[figure.series][0]} {figure.number}"
            yield Alteration(label, "the picture is not the one that was printed")


def _differences(found: PdfParts, made: PdfParts, same_program: bool) -> Iterator[Alteration]:
    """Yield what differs from the PDF that was made again; its looks only if the same program made both."""
    yield from _attachments(found, made, same_program)
    for name in sorted({*found.about, *made.about}):
        if found.about.get(name) != made.about.get(name) and (same_program or name not in _OF_PROGRAM):
            yield Alteration(f"metadata {name}", instead(found.about.get(name), made.about.get(name)))
    if same_program:
        yield from _pages(found.pages, made.pages)
        if extra := found.rest - made.rest:
            yield Alteration(
                "file", f"{len(extra)} streams (fonts, drawings, pictures) are not those made again"
            )
    else:
        words = [[word for page in each.pages for word in page.words] for each in (found, made)]
        yield from of_words("text", words[0], words[1])


_OF_PROGRAM = ("XMP", "/Creator", "/Producer", "/ModDate", "/CreationDate")


def _attachments(found: PdfParts, made: PdfParts, same_program: bool) -> Iterator[Alteration]:
    for name in sorted({*found.attachments, *made.attachments}):
        one, other = found.attachments.get(name), made.attachments.get(name)
        if one is None or other is None:
            yield Alteration(f"attachment {name}", "is missing" if one is None else "was added")
        elif one != other and (same_program or name != headings.SIGNED_FILE):
            where = f"attachment {name}"
            try:
                named = list(differing(json.loads(one), json.loads(other), f"{where}, $"))
            except ValueError:
                named = []
            yield from named or [Alteration(where, "its content was altered")]


def _pages(found: Sequence[PdfPage], made: Sequence[PdfPage]) -> Iterator[Alteration]:
    """Yield pages that were removed, added or moved, and what differs on the others."""
    keys = [[" ".join(page.words) for page in each] for each in (made, found)]
    for _, start, end, first, last in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        both = min(end - start, last - first)
        for one, other in zip(found[first : first + both], made[start : start + both], strict=True):
            yield from _page(f"page {first + 1}", one, other)
            first += 1
        for number in range(start + both + 1, end + 1):
            yield Alteration(
                f"page {number}", "was moved" if keys[0][number - 1] in keys[1] else "is missing"
            )
        for number in range(first + 1, last + 1):
            was_there = keys[1][number - 1] in keys[0]
            yield Alteration(f"page {number}", "was moved here" if was_there else "was added")


def _page(where: str, found: PdfPage, made: PdfPage) -> Iterator[Alteration]:
    yield from of_words(where, found.words, made.words)
    if found.pictures != made.pictures:
        yield Alteration(where, "its pictures are not those that were printed, or in another order")
    elif found.words == made.words and found.drawing != made.drawing:
        yield Alteration(where, "something else is drawn, though its text reads the same")
    if found.shape != made.shape:
        yield Alteration(where, f"its shape is {instead(found.shape, made.shape)}")
    if found.links != made.links:
        yield Alteration(where, "its links or notes are not those that were made")


def not_from_copies(found: SealedPdf, pictures: Callable[[str], Path]) -> Iterator[Alteration]:
    """Yield the printed pictures that are not made of the copies in a folder, if all copies are there."""
    copies = pdf.copies(found.report)
    if not copies or not all(pictures(each).is_file() for each in found.printed):
        return
    with TemporaryDirectory(prefix="avance-verify-") as name:
        laid = lay(copies, pictures, Path(name))
        made = {copy: pdf.file_digest(Path(name) / each.path) for copy, each in laid.items()}
    for figure in figures(found.report):
        if made.get(figure.copy_sha256) != found.printed.get(figure.copy_sha256):
            label = f"{headings.SERIES[figure.series][0]} {figure.number}"
            yield Alteration(label, "the printed picture is not made of the evidence in the folder")


def figures(report: Report) -> Iterator[Figure]:
    """Yield every picture in the order of the pages."""
    for unit in report.units:
        for line in unit.lines:
            for activity in line.activities:
                for group in activity.groups:
                    yield from group.figures
