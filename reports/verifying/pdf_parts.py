"""The parts of a PDF that can be compared: of each page its text, drawing, pictures and links; the rest."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, StreamObject

from reports import file_seal


@dataclass(frozen=True)
class PdfPicture:
    """A picture as it lies in the file: the hash of its stream, and the stream."""

    sha256: str
    stream: Any

    @property
    def data(self) -> bytes:
        """Return the stream's own bytes, which are a JPEG if that is its filter."""
        return _raw(self.stream)

    @property
    def is_jpeg(self) -> bool:
        return bool(self.stream.get("/Filter") == "/DCTDecode")


@dataclass(frozen=True)
class PdfPage:
    """One page: words as they are read, the hash of its drawing, its pictures in order, its shape, links."""

    words: tuple[str, ...]
    drawing: str
    pictures: tuple[str, ...]
    shape: str
    links: tuple[str, ...]


@dataclass(frozen=True)
class PdfParts:
    pages: tuple[PdfPage, ...]
    pictures: dict[str, PdfPicture]  # by the hash of the stream
    attachments: dict[str, bytes]
    about: dict[str, str]  # metadata, without the file's seal
    rest: frozenset[str]  # the hashes of fonts and other streams, without those above


def read(content: bytes) -> PdfParts:
    """Return the parts of a PDF. pypdf raises many kinds of exceptions for a damaged one."""
    pdf = PdfReader(BytesIO(content))
    pictures: dict[str, PdfPicture] = {}
    pages = tuple(_page(page, pdf, pictures) for page in pdf.pages)
    attachments = {name: b"".join(found) for name, found in pdf.attachments.items()}
    return PdfParts(pages, pictures, attachments, dict(_about(pdf)), frozenset(_streams(pdf)))


def _page(page: Any, pdf: PdfReader, pictures: dict[str, PdfPicture]) -> PdfPage:
    found = page.get_contents()
    drawn = found.get_data() if found is not None else b""
    shown = tuple(_drawn(page, pdf, pictures, drawn))
    boxes = [str(page.get(name)) for name in ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit")]
    return PdfPage(
        tuple(page.extract_text().split()),
        hashlib.sha256(drawn).hexdigest(),
        shown,
        " ".join(boxes),
        tuple(_links(page)),
    )


def _drawn(page: Any, pdf: PdfReader, pictures: dict[str, PdfPicture], drawn: bytes) -> Iterator[str]:
    """Yield the hash of each picture or form in the order in which the page draws them."""
    known = page.get("/Resources", {}).get_object().get("/XObject", {})
    for operands, operator in ContentStream(page.get_contents(), pdf).operations if b"Do" in drawn else ():
        if operator != b"Do":
            continue
        stream = known.get_object()[operands[0]].get_object()
        sha256 = hashlib.sha256(_raw(stream)).hexdigest()
        if stream.get("/Subtype") == "/Image":
            pictures.setdefault(sha256, PdfPicture(sha256, stream))
        yield sha256


def _links(page: Any) -> Iterator[str]:
    for each in page.get("/Annots", None) or ():
        note = each.get_object()
        action = note.get("/A", {}).get_object() if "/A" in note else {}
        said = (note.get("/Subtype"), action.get("/URI"), note.get("/Contents"), note.get("/Rect"))
        yield " ".join(map(str, said))


def _about(pdf: PdfReader) -> Iterator[tuple[str, str]]:
    for name, value in (pdf.metadata or {}).items():
        yield name, _unsealed(str(value))
    catalog: Any = pdf.trailer["/Root"]
    for name in catalog:
        if name in ("/OpenAction", "/AA", "/AcroForm", "/OCProperties", "/Lang", "/ViewerPreferences"):
            yield name, str(catalog[name])
    if "/Metadata" in catalog:
        yield "XMP", _unsealed(catalog["/Metadata"].get_object().get_data().decode("utf-8", "replace"))


def _unsealed(text: str) -> str:
    return file_seal.without(text.encode()).decode()


def _streams(pdf: PdfReader) -> Iterator[str]:
    """Yield the hash of every stream that is neither an attachment nor metadata nor a table of objects."""
    for number in range(1, int(str(pdf.trailer["/Size"]))):
        try:
            each: Any = pdf.get_object(number)
        except Exception:  # pypdf raises many kinds for a free or damaged number
            continue
        if isinstance(each, StreamObject) and each.get("/Type") not in _APART:
            yield hashlib.sha256(_raw(each)).hexdigest()


_APART = ("/Metadata", "/EmbeddedFile", "/ObjStm", "/XRef")


def _raw(stream: Any) -> bytes:
    """Return a stream's bytes as they lie in the file, which pypdf has no public name for."""
    return bytes(stream._data)  # noqa: SLF001
