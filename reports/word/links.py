"""Web addresses that people typed, as links that can be followed."""

import re
from copy import deepcopy
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_ADDRESS = re.compile(r"https?://[^\s<>\"»]*[^\s<>\"».,;:)\]]")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def link(document: Any) -> None:
    """Make links of the addresses in the text of the document's body."""
    for run in list(document.element.body.iter(qn("w:r"))):
        texts = run.findall(qn("w:t"))
        if len(texts) == 1 and _ADDRESS.search(texts[0].text or ""):
            _split(document.part, run, texts[0].text)


def _split(part: Any, run: Any, text: str) -> None:
    """Replace a run by runs and hyperlinks."""
    last = 0
    for found in _ADDRESS.finditer(text):
        if found.start() > last:
            run.addprevious(_saying(run, text[last : found.start()]))
        hyperlink = OxmlElement("w:hyperlink")
        hyperlink.set(qn("r:id"), part.relate_to(found[0], RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        hyperlink.append(_saying(run, found[0]))
        run.addprevious(hyperlink)
        last = found.end()
    if last < len(text):
        run.addprevious(_saying(run, text[last:]))
    run.getparent().remove(run)


def _saying(run: Any, text: str) -> Any:
    """Return a copy of the run with another text."""
    other = deepcopy(run)
    said = other.find(qn("w:t"))
    said.text = text
    said.set(_SPACE, "preserve")
    return other
