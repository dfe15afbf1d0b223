"""The type of a file by its content, whatever its name."""

import zipfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.evidence.kinds.sniffing import Sniffed, sniff

OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def drawn(form: str) -> bytes:
    written = BytesIO()
    Image.new("RGB", (20, 20), "teal").save(written, form)
    return written.getvalue()


def packed(*names: str, mimetype: str | None = None) -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as file:
        if mimetype:
            file.writestr("mimetype", mimetype)
        for name in names:
            file.writestr(name, "x")
    return written.getvalue()


def locked(content: bytes) -> bytes:
    """Return a zip whose first file is marked as encrypted."""
    at = content.index(b"PK\1\2")
    return content[:6] + b"\1" + content[7 : at + 8] + b"\1" + content[at + 9 :]


def iso(brand: str, *compatible: str) -> bytes:
    brands = brand.encode() + bytes(4) + b"".join(each.encode() for each in compatible)
    return (len(brands) + 8).to_bytes(4, "big") + b"ftyp" + brands + bytes(200)


def old_office(stream: str) -> bytes:
    return OLE + bytes(1024) + f"{stream}\0".encode("utf-16-le") + bytes(600)


KEPT: Iterable[tuple[str, bytes]] = (
    ("image/jpeg", drawn("JPEG")),
    ("image/png", drawn("PNG")),
    ("image/webp", drawn("WEBP")),
    ("image/gif", drawn("GIF")),
    ("image/tiff", drawn("TIFF")),
    ("image/bmp", drawn("BMP")),
    ("image/avif", drawn("AVIF")),
    ("image/heic", iso("heic", "mif1", "heic")),
    ("image/heif", iso("mif1", "heic")),
    ("application/pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
    ("application/pdf", b"\r\n  %PDF-1.4\n" + bytes(100)),
    (
        f"{OFFICE}.wordprocessingml.document",
        packed("[Content_Types].xml", "_rels/.rels", "word/document.xml"),
    ),
    (f"{OFFICE}.presentationml.presentation", packed("[Content_Types].xml", "ppt/presentation.xml")),
    (f"{OFFICE}.spreadsheetml.sheet", packed("xl/workbook.xml", "[Content_Types].xml")),
    (f"{OPEN}.text", packed("content.xml", mimetype=f"{OPEN}.text")),
    (f"{OPEN}.spreadsheet", packed("content.xml", mimetype=f"{OPEN}.spreadsheet")),
    (f"{OPEN}.presentation", packed("content.xml", mimetype=f"{OPEN}.presentation")),
    ("application/zip", packed("fotos/1.jpg", "fotos/2.jpg")),
    ("application/msword", old_office("WordDocument")),
    ("application/vnd.ms-excel", old_office("Workbook")),
    ("application/vnd.ms-powerpoint", old_office("PowerPoint Document")),
    ("video/mp4", iso("isom", "avc1")),
    ("video/mp4", iso("mp42", "mp41")),
    ("video/quicktime", iso("qt  ")),
    ("video/quicktime", bytes(4) + b"moov" + bytes(100)),
    ("video/3gpp", iso("3gp5", "3gp4")),
    ("video/webm", b"\x1aE\xdf\xa3" + bytes(5) + b"\x42\x82\x84webm" + bytes(50)),
    ("video/x-matroska", b"\x1aE\xdf\xa3" + bytes(5) + b"\x42\x82\x88matroska" + bytes(50)),
    ("audio/ogg", b"OggS\0\2" + bytes(22) + b"OpusHead"),
    ("audio/mpeg", b"ID3\4" + bytes(100)),
    ("audio/mpeg", b"\xff\xfb\x90" + bytes(100)),
    ("audio/mp4", iso("M4A ", "mp42")),
    ("audio/wav", b"RIFF" + bytes(4) + b"WAVEfmt " + bytes(50)),
    ("audio/amr", b"#!AMR\n" + bytes(50)),
    ("audio/aac", b"\xff\xf1" + bytes(50)),
    ("application/xml", b'<?xml version="1.0" encoding="UTF-8"?>\n<cfdi:Comprobante Version="4.0"/>'),
)


@pytest.mark.parametrize(("media_type", "content"), KEPT)
def test_accepted_kinds_of_files_are_recognized(tmp_path: Path, media_type: str, content: bytes) -> None:
    assert seen(tmp_path, content, "archivo") == Sniffed(media_type)


PROGRAMS: Iterable[tuple[str, bytes]] = (
    ("foto.jpg", b"MZ\x90\0" + bytes(100)),
    ("foto.jpg", b"\x7fELF" + bytes(100)),
    ("acta.pdf", b"#!/usr/bin/env python3\nprint()\n"),
    ("acta.docx", packed("META-INF/MANIFEST.MF", "Main.class")),
    ("fotos.zip", packed("AndroidManifest.xml", "classes.dex")),
    ("fotos.zip", packed("fotos/1.jpg", "fotos/2.jpg.EXE")),
    ("acta.docx", packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
    ("acta.doc", OLE + bytes.fromhex("84100c0000000000c000000000000046") + bytes(1000)),
    ("acta.txt", b"\xef\xbb\xbf  <!DOCTYPE html><html>"),
    ("acta.txt", "<HTML>".encode("utf-16")),
    ("acta.txt", b"hola <script>alert(1)</script>"),
    ("dibujo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'>"),
    ("a.js", b"alert('hola')"),
    ("a.BAT", b"del *.*"),
    ("a.txt", b"@echo off\r\ndel *.*"),
    ("a.mp4", b"\xca\xfe\xba\xbe" + bytes(100)),
)


@pytest.mark.parametrize(("name", "content"), PROGRAMS)
def test_programs_are_refused_whatever_their_name(tmp_path: Path, name: str, content: bytes) -> None:
    assert seen(tmp_path, content, name) == Sniffed(reason="program")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (bytes(range(256)), "unreadable_kind"),
        (b"Rar!\x1a\7\0" + bytes(50), "unreadable_kind"),
        (b"PK\3\4 and then nothing of the kind", "unreadable_kind"),
        (OLE + bytes(2000), "unreadable_kind"),
        (b"<?xml version='1.0'?><cfdi/>", "unreadable_kind"),
        (locked(packed("content.xml", mimetype="secret")), "unreadable_kind"),
        (packed("a")[:-12] + b"\xff" * 12, "unreadable_kind"),  # its header claims a directory of gigabytes
    ],
)
def test_other_kinds_are_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    assert seen(tmp_path, content, "acta.pdf") == Sniffed(reason=reason)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_texts_in_common_encodings_are_accepted(tmp_path: Path, encoding: str) -> None:
    content = "Año;Acción\r\n2024;Capacitación «uno»\r\n".encode(encoding)
    assert seen(tmp_path, content, "tabla.CSV") == Sniffed("text/csv")
    assert seen(tmp_path, content, "notas.txt") == Sniffed("text/plain")


def test_a_text_may_begin_like_a_program(tmp_path: Path) -> None:
    assert seen(tmp_path, b"MZ es la clave del municipio", "a.txt") == Sniffed("text/plain")


@given(st.binary(max_size=3000), st.text(max_size=20))
def test_any_content_has_a_type_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, name: str
) -> None:
    found = seen(tmp_path_factory.getbasetemp(), content, name)
    assert (found.media_type is None) != (found.reason is None)


def seen(folder: Path, content: bytes, name: str) -> Sniffed:
    path = folder / "content"
    path.write_bytes(content)
    return sniff(path, name)
