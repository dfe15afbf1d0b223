"""Formulas of workbooks that fetch or start something when they are computed."""

import html
import re
from collections.abc import Iterator

_ELEMENTS = "f|formula[12]?|definedName|calculatedColumnFormula|totalsRowFormula"
ELEMENT = re.compile(_ELEMENTS)
_IN_ELEMENT = re.compile(
    rb"<(?:[\w.-]{1,30}:)?(?:" + _ELEMENTS.encode() + rb")(?:\s[^<>]{0,2000})?>([^<]{1,20000})"
)
_IN_ATTRIBUTE = re.compile(
    rb"(?:formula|expression|condition)\s{0,9}=\s{0,9}(?:\"([^\"]{1,20000})\"|'([^']{1,20000})')"
)
_TEXT = re.compile(r'"[^"]{0,20000}"')
_NAMED = re.compile(r"'[^']{0,300}'!|\[[^\[\]]{0,300}\]")  # names of sheets and columns
_FUNCTION = re.compile(r"(?<!\w)(?:WEBSERVICE|SERVICIOWEB|RTD|DDE)\s{0,9}\(", re.IGNORECASE)
_QUOTED_PROGRAM = re.compile(r"\s{0,9}[+=@-]?'[\w.\\/:-]{1,80}\|")


def loads(formula: str) -> bool:
    """Return whether it calls the web or another program: WEBSERVICE(…), RTD(…), «cmd|'/c calc'!A0»."""
    bare = _TEXT.sub('""', formula)
    if _FUNCTION.search(bare) or _QUOTED_PROGRAM.match(bare):
        return True
    return "|" in _NAMED.sub("", bare)


def of_excel(part: bytes) -> Iterator[str]:
    """Yield the formulas in the bytes of a part without XML comments and CDATA."""
    for found in _IN_ELEMENT.finditer(part):
        yield _said(found[1])


def of_libre(part: bytes) -> Iterator[str]:
    for found in _IN_ATTRIBUTE.finditer(part):
        yield _said(found[1] or found[2])


def _said(raw: bytes) -> str:
    return html.unescape(raw.decode("utf-8", "replace"))
