"""Reads a Word document with python-docx."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
from docx.oxml.ns import qn


def opened(content: bytes) -> Any:
    return docx.Document(BytesIO(content))


def lines(content: bytes) -> list[str]:
    """Return every paragraph, those of tables in place."""
    return [_text(each) for each in opened(content).element.body.iter(qn("w:p"))]


def _text(paragraph: Any) -> str:
    signs = {qn("w:tab"): "\t", qn("w:br"): "\n"}
    parts = paragraph.iter(qn("w:t"), *signs)
    return "".join(
        signs.get(part.tag, part.text or "") for part in parts if part.getparent().tag == qn("w:r")
    )


def styled(content: bytes, *names: str) -> list[tuple[str, str]]:
    return [(each.style.name, each.text) for each in opened(content).paragraphs if each.style.name in names]


def parts(content: bytes) -> Iterator[tuple[str, bytes]]:
    with ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, archive.read(name)
