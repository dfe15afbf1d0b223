"""Gives a document the parts that Word expects and a template may lack: theme and table of fonts."""

from functools import cache
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part

_EXPECTED = (RELATIONSHIP_TYPE.THEME, RELATIONSHIP_TYPE.FONT_TABLE)


def complete(document: Any) -> None:
    """Add the parts that are missing, as python-docx's own template has them."""
    there = {each.reltype for each in document.part.rels.values()}
    for kind in _EXPECTED:
        if kind not in there:
            like = _ordinary()[kind]
            part = Part(like.partname, like.content_type, like.blob, document.part.package)
            document.part.relate_to(part, kind)


@cache
def _ordinary() -> dict[str, Any]:
    return {each.reltype: each.target_part for each in docx.Document().part.rels.values()}
