"""Programmes as workbooks, as planning may have edited them, and hostile ones."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl

from models.programme_file.excel_writing import write_excel
from models.programme_file.file import BUNDLED, read


def bundled() -> bytes:
    """Return the bundled programme."""
    return workbook(BUNDLED.read_bytes())


def workbook(source: bytes | str) -> bytes:
    """Return a programme in YAML as a workbook."""
    programme = read(source).programme
    assert programme is not None
    return write_excel(programme)


def edited(content: bytes, edit: Callable[[Any], object]) -> bytes:
    """Return the workbook after somebody opened it, changed something and saved it."""
    book = openpyxl.load_workbook(BytesIO(content))
    edit(book)
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def with_cell(content: bytes, sheet: str, cell: str, value: object) -> bytes:
    def write(book: Any) -> None:
        book[sheet][cell] = value

    return edited(content, write)


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return the workbook with one more file in the package, or with a replaced one."""
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.infolist():
            if each.filename != name:
                new.writestr(each, old.read(each))
        new.writestr(name, part)
    return packed.getvalue()


def bomb(content: bytes) -> bytes:
    """Return a workbook with a sheet of sixty megabytes of zeros in sixty kilobytes."""
    return with_part(content, "xl/worksheets/sheet9.xml", bytes(60_000_000))


def hungry(content: bytes) -> bytes:
    """Return a workbook with three million cell formats: 40 kB, 15 MB unpacked, gigabytes when read."""
    opened = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>'
    return with_part(content, "xl/styles.xml", opened + b"<xf/>" * 3_000_000 + b"</cellXfs></styleSheet>")


def with_password() -> bytes:
    """Return what Excel writes for a workbook with a password: another package around it."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le") + bytes(99)
    )
