"""Twenty and more alterations of a signed PDF, by who has only the file: each is found and named."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, RectangleObject, TextStringObject

from reports import file_seal, pdf
from reports.quarterly.content import LinePart, Report, SealedFile
from reports.texts import headings
from reports.verifying import pdf_file
from reports.verifying.pdf_file import Unsealed
from tests.reports.samples.sample import jpeg
from tests.reports.samples.signed_quarter import signed_unit

Edit = Callable[[PdfWriter], object]


@cache
def genuine() -> bytes:
    report, album = signed_unit()
    return pdf.render(report, album.place)


def made_of(**changes: Any) -> bytes:
    """Return the PDF of a changed report, as a forger makes it who has this program: its seal fits."""
    report, album = signed_unit()
    return pdf.render(replace(report, **changes), album.place)


def with_first_line(**changes: Any) -> bytes:
    return made_of(units=(_changed(signed_unit()[0], lambda line: replace(line, **changes)),))


def with_unit(**changes: Any) -> bytes:
    return made_of(units=(replace(signed_unit()[0].units[0], **changes),))


def _changed(report: Report, change: Callable[[LinePart], LinePart]) -> Any:
    unit = report.units[0]
    return replace(unit, lines=(change(unit.lines[0]), *unit.lines[1:]))


def other_activity() -> bytes:
    line = signed_unit()[0].units[0].lines[0]
    first, *rest = line.activities
    told = replace(first, paragraphs=("Se entregaron 99 convenios.", *first.paragraphs[1:]))
    return with_first_line(activities=(told, *rest))


def other_caption() -> bytes:
    report = signed_unit()[0]
    at = next(
        (number, place)
        for number, line in enumerate(report.units[0].lines)
        for place, each in enumerate(line.activities)
        if each.groups
    )
    line = report.units[0].lines[at[0]]
    activity = line.activities[at[1]]
    group = replace(activity.groups[0], caption="Fotografías 1 y 2. Otra cosa.")
    activities = list(line.activities)
    activities[at[1]] = replace(activity, groups=(group, *activity.groups[1:]))
    lines = list(report.units[0].lines)
    lines[at[0]] = replace(line, activities=tuple(activities))
    return with_unit(lines=tuple(lines))


def other_signer() -> bytes:
    signature = signed_unit()[0].units[0].signature
    assert signature is not None
    return with_unit(signature=replace(signature, signed_by="Otra Persona"))


def other_seal(change: Callable[[list[SealedFile]], object]) -> bytes:
    seal = signed_unit()[0].seal
    files = list(seal.files)
    change(files)
    return made_of(seal=replace(seal, files=tuple(files)))


def basis_with(change: Callable[[Any], None]) -> bytes:
    """Return the PDF with another basis attached; what is printed stays."""
    said = json.loads(signed_unit()[0].basis or "")
    change(said)
    return made_of(basis=json.dumps(said, ensure_ascii=False))


def altered_snapshot(said: Any) -> None:
    said["signed"][0]["snapshot"] = said["signed"][0]["snapshot"].replace('"counted":"', '"counted":"9')


FORGED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a figure of the whole": (lambda: made_of(exact=Fraction(9, 10), shown="90"), "page"),
    "a closing sentence": (lambda: with_first_line(closing="Del 100 %, se tiene el 99 %."), "page"),
    "an activity's text": (other_activity, "page"),
    "an observation": (lambda: with_first_line(observation="Todo va bien."), "page"),
    "a goal": (lambda: with_first_line(goal="1 Documento"), "page"),
    "a caption": (other_caption, "page"),
    "a presentation": (lambda: with_unit(presentation=("Un trimestre excelente.",)), "page"),
    "a signer's name": (other_signer, "page"),
    "the title": (lambda: made_of(title="Informe de otra cosa"), "page"),
    "a line taken out": (lambda: with_unit(lines=signed_unit()[0].units[0].lines[1:]), "page"),
    "an annex row taken out": (lambda: other_seal(lambda files: files.pop()), "page"),
    "an annex row added": (lambda: other_seal(lambda files: files.append(files[0])), "page"),
    "a hash in the annex": (
        lambda: other_seal(lambda files: files.__setitem__(0, replace(files[0], sha256="cd" * 32))),
        "page",
    ),
    "the head of the chain": (lambda: made_of(seal=replace(signed_unit()[0].seal, head="ef" * 32)), "page"),
    "the code": (lambda: made_of(code="AAAA-BBBB-CCCC"), "page"),
    "a snapshot": (lambda: basis_with(altered_snapshot), "signature"),
    "a target's amount in the data": (
        lambda: with_first_line(
            targets=(
                replace(signed_unit()[0].units[0].lines[0].targets[0], amount=Decimal(1)),
                *signed_unit()[0].units[0].lines[0].targets[1:],
            )
        ),
        f"attachment {headings.DATA_FILE}",
    ),
}


def edited(edit: Edit) -> bytes:
    """Return the PDF as another program writes it after an edit."""
    writer = PdfWriter(clone_from=BytesIO(genuine()))
    edit(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def resealed(content: bytes) -> bytes:
    """Return the PDF with a seal that fits, as a forger makes it who has this program."""
    return file_seal.sealed(file_seal.without(content))


def pictures_of(writer: PdfWriter) -> Iterator[Any]:
    for page in writer.pages:
        for each in page.get("/Resources", {}).get("/XObject", {}).values():
            if each.get_object().get("/Filter") == "/DCTDecode":
                yield each.get_object()


def replace_picture(writer: PdfWriter) -> None:
    stream = next(pictures_of(writer))
    stream._data = jpeg(Image.new("RGB", (stream["/Width"], stream["/Height"]), "red"))


def swap_pictures(writer: PdfWriter) -> None:
    for page in writer.pages:
        drawn = page.get("/Resources", {}).get("/XObject", {})
        names = [name for name, each in drawn.items() if each.get_object().get("/Filter") == "/DCTDecode"]
        if len(names) > 1:
            one, other = names[:2]
            first, second = drawn.raw_get(one), drawn.raw_get(other)
            drawn[NameObject(one)], drawn[NameObject(other)] = second, first
            return
    raise AssertionError("no page has two pictures")


def swap_pages(writer: PdfWriter) -> None:
    kids = writer.root_object["/Pages"]["/Kids"]  # type: ignore[index]
    if len(kids) == 1 or "/Kids" in kids[0].get_object():
        kids = kids[0].get_object()["/Kids"]
    kids[3], kids[4] = kids[4], kids[3]


def add_script(writer: PdfWriter) -> None:
    script = {
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject("app.alert(1)"),
    }
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(DictionaryObject(script))


def paint_over(writer: PdfWriter) -> None:
    page = writer.pages[4]
    stream = DecodedStreamObject()
    stream.set_data(page.get_contents().get_data() + b"\nq 1 1 1 rg 100 400 200 40 re f Q\n")  # type: ignore[union-attr]
    page[NameObject("/Contents")] = writer._add_object(stream)


def attach(writer: PdfWriter, name: str, change: Callable[[bytes], bytes]) -> None:
    files = writer.root_object["/Names"]["/EmbeddedFiles"]["/Names"]  # type: ignore[index]
    for place in range(0, len(files), 2):
        if str(files[place]) == name:
            stream = files[place + 1].get_object()["/EF"]["/F"].get_object()
            stream.set_data(change(stream.get_data()))


EDITED: dict[str, tuple[Edit, str]] = {
    "a page removed": (lambda writer: writer.remove_page(5), "page 6: is missing"),
    "a page added": (lambda writer: writer.add_blank_page(), "was added"),
    "a page twice": (lambda writer: writer.add_page(writer.pages[3]), "was moved here"),
    "two pages exchanged": (swap_pages, "was moved"),
    "a picture replaced": (replace_picture, "Fotografía 1"),
    "two pictures exchanged": (swap_pictures, "pictures"),
    "something painted over": (paint_over, "something else is drawn"),
    "a note laid over": (
        lambda writer: writer.add_annotation(4, FreeText(text="100 %", rect=(90, 400, 300, 440))),
        "links or notes",
    ),
    "a page cut": (
        lambda writer: writer.pages[4].__setitem__(
            NameObject("/CropBox"), RectangleObject((0, 300, 612, 792))
        ),
        "its shape",
    ),
    "the open data altered": (
        lambda writer: attach(
            writer, headings.DATA_FILE, lambda data: data.replace(b'"shown": "', b'"shown": "9')
        ),
        f"attachment {headings.DATA_FILE}",
    ),
    "a file attached": (lambda writer: writer.add_attachment("otro.json", b"{}"), "otro.json"),
    "the author": (
        lambda writer: writer.add_metadata({NameObject("/Author"): TextStringObject("Otra Secretaría")}),
        "metadata /Author",
    ),
    "a script": (add_script, "metadata /OpenAction"),
}


def named(content: bytes) -> list[str]:
    return [str(each) for each in pdf_file.examine(content).altered]


def test_a_genuine_pdf_is_made_again_byte_by_byte() -> None:
    found = pdf_file.examine(genuine())
    assert found.altered == ()
    assert found.report == signed_unit()[0]


@pytest.mark.parametrize("name", FORGED)
def test_what_a_forger_makes_with_this_program_is_named(name: str) -> None:
    forge, expected = FORGED[name]
    found = named(forge())
    assert any(each.startswith(expected) for each in found), found
    assert not any("seal does not fit" in each for each in found)


@pytest.mark.parametrize("name", EDITED)
def test_what_somebody_edits_in_the_file_is_named(name: str) -> None:
    edit, expected = EDITED[name]
    content = edited(edit)
    found = named(content)
    assert found[0].startswith("file: its bytes were altered"), found
    again = named(resealed(content))
    assert any(expected in each for each in again), again


def test_without_what_was_signed_it_is_not_sealed() -> None:
    def take_out(writer: PdfWriter) -> None:
        files = writer.root_object["/Names"]["/EmbeddedFiles"]["/Names"]  # type: ignore[index]
        kept = [each for each in range(0, len(files), 2) if str(files[each]) != headings.SIGNED_FILE]
        files[:] = [files[each + more] for each in kept for more in (0, 1)]

    with pytest.raises(Unsealed, match="what was signed was taken out"):
        pdf_file.examine(edited(take_out))


def test_pictures_are_held_against_the_copies_in_the_folder(tmp_path: Path) -> None:
    report, album = signed_unit()
    found = pdf_file.examine(genuine())
    assert list(pdf_file.not_from_copies(found, album.place)) == []
    copies = pdf.copies(report)

    def exchanged(sha256: str) -> Path:
        other = {copies[0]: copies[1], copies[1]: copies[0]}
        return album.place(other.get(sha256, sha256))

    assert [each.where for each in pdf_file.not_from_copies(found, exchanged)] == [
        "Fotografía 1",
        "Fotografía 2",
    ]


def test_a_cut_file_and_one_from_elsewhere_are_no_sealed_report() -> None:
    reader = PdfReader(BytesIO(genuine()))
    writer = PdfWriter()
    for page in reader.pages:
        writer.add_page(page)
    out = BytesIO()
    writer.write(out)
    with pytest.raises(Unsealed, match="exported from the Word file"):
        pdf_file.examine(out.getvalue())
