"""Documents as made by ordinary people and by attackers, built here so that none is stored."""

import struct
import zipfile
from collections.abc import Mapping
from io import BytesIO

import docx
import xlsxwriter
from pypdf import PdfWriter

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_MAIN = b"application/vnd.ms-word.document.macroEnabled.main+xml"


def word() -> bytes:
    document, written = docx.Document(), BytesIO()
    document.add_paragraph("Acta de la primera sesión, que presenta la Secretaría.")
    document.save(written)
    return written.getvalue()


def workbook() -> bytes:
    written = BytesIO()
    with xlsxwriter.Workbook(written) as book:
        sheet = book.add_worksheet()
        sheet.write_column("A1", [1, 2, 3])
        sheet.write_url("B1", "https://www.sat.gob.mx")
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=Sheet1!$A$1:$A$3"})
        sheet.insert_chart("C1", chart)
    return written.getvalue()


def with_parts(content: bytes, parts: Mapping[str, bytes], **replaced: tuple[bytes, bytes]) -> bytes:
    """Return a zip with more files in it, its content types (`types`) or document (`document`) changed."""
    names = {"types": "[Content_Types].xml", "document": "word/document.xml"}
    swaps = {names[key]: swap for key, swap in replaced.items()}
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as given, zipfile.ZipFile(written, "w") as target:
        for name in given.namelist():
            if name not in parts:
                body = given.read(name)
                target.writestr(name, body.replace(*swaps[name]) if name in swaps else body)
        for name, body in parts.items():
            target.writestr(name, body)
    return written.getvalue()


def relations(kind: str, target: str, mode: str = "External", encoding: str = "utf-8") -> bytes:
    said = (
        f'<?xml version="1.0" encoding="{encoding}"?><Relationships xmlns="http://schemas.openxmlformats.org'
        f'/package/2006/relationships"><Relationship Id="rId9" Type="{RELATION}/{kind}" Target="{target}"'
    )
    return (said + (f' TargetMode="{mode}"' if mode else "") + "/></Relationships>").encode(encoding)


def zipped(files: Mapping[str, bytes]) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for name, body in files.items():
            target.writestr(name, body)
    return written.getvalue()


def open_document(files: Mapping[str, bytes], kind: str = "text") -> bytes:
    told = f"application/vnd.oasis.opendocument.{kind}".encode()
    return zipped({"mimetype": told, "content.xml": b"<office:document-content/>", **files})


def pdf() -> PdfWriter:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    return writer


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def ole(streams: Mapping[str, bytes], storages: tuple[str, ...] = ()) -> bytes:
    """Return an OLE container (Office until 2003): streams in order, 512-byte sectors, one folder."""
    bodies = {name: body.ljust(4096, b"\0") for name, body in streams.items()}
    entries = len(bodies) + len(storages) + 1
    directory_sectors = -(-entries // 4)
    chain: list[int] = []
    starts = {}
    body_sectors = b""
    for name, body in bodies.items():
        starts[name] = len(chain)
        sectors = -(-len(body) // 512)
        chain += [*range(len(chain) + 1, len(chain) + sectors), 0xFFFFFFFE]
        body_sectors += body.ljust(sectors * 512, b"\0")
    directory_at = len(chain)
    chain += [*range(directory_at + 1, directory_at + directory_sectors), 0xFFFFFFFE]
    fat_at = len(chain)
    chain.append(0xFFFFFFFD)
    assert len(chain) <= 128, "one sector of chains is enough for a test"
    fat = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, 1, directory_at, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, fat_at)
    header += b"\xff\xff\xff\xff" * 108
    last = entries - 1
    directory = _entry("Root Entry", 5, child=1, right=0xFFFFFFFF, start=0xFFFFFFFE, size=0)
    for place, (name, body) in enumerate(bodies.items(), 1):
        right = place + 1 if place < last else 0xFFFFFFFF
        directory += _entry(name, 2, 0xFFFFFFFF, right, starts[name], len(body))
    for place, name in enumerate(storages, len(bodies) + 1):
        directory += _entry(name, 1, 0xFFFFFFFF, place + 1 if place < last else 0xFFFFFFFF, 0, 0)
    return header + body_sectors + directory.ljust(directory_sectors * 512, b"\0") + fat


def _entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    head = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1)
    return head + struct.pack("<III", 0xFFFFFFFF, right, child) + bytes(36) + struct.pack("<IQ", start, size)


def records(*each: tuple[int, bytes]) -> bytes:
    """Return Excel's binary records."""
    return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in each)
