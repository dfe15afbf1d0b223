"""Makes captions fields of Word, which counts them anew when somebody edits the report, and contents links.

The contents are no field of Word's own: LibreOffice would show what such a field held when it was written,
and no page numbers are known then.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from reports.texts.headings import SERIES

_CAPTION = "Caption"  # the style's id
_LEVEL = re.compile(r"TOC[1-9]$")
_NUMBERED = re.compile(
    rf"^(?P<name>{'|'.join(name for names in SERIES.values() for name in names)}) "
    r"(?P<numbers>\d+(?:, \d+)*(?: y \d+)?)\."
)
_SINGULAR = {name: names[0] for names in SERIES.values() for name in names}


def link_contents(body: Any) -> None:
    """Make each entry of the contents a link to its heading."""
    for entry in [each for each in body.iter(qn("w:p")) if _is_entry(each)]:
        _link(entry)


def number_captions(body: Any) -> None:
    """Make a field of each number in the captions, so that Word counts pictures and tables itself."""
    for paragraph in body.iter(qn("w:p")):
        if _style(paragraph) == _CAPTION:
            _number(paragraph)


def repeat_heads(body: Any) -> None:
    """Have the first row of every table with several rows repeated on each page."""
    for table in body.iter(qn("w:tbl")):
        rows = table.findall(qn("w:tr"))
        if len(rows) > 1 and not any(
            row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows
        ):
            rows[0].get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _is_entry(paragraph: Any) -> bool:
    return bool(_LEVEL.match(_style(paragraph) or "")) and _bookmark(paragraph) is not None


def _style(paragraph: Any) -> str | None:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return None if style is None else str(style.get(qn("w:val")))


def _bookmark(paragraph: Any) -> str | None:
    """Return the bookmark to whose page the entry refers."""
    for each in paragraph.iter(qn("w:instrText")):
        words = (each.text or "").split()
        if words[:1] == ["PAGEREF"]:
            return str(words[1])
    return None


def _link(entry: Any) -> None:
    """Put the entry's runs into a link to its bookmark."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), _bookmark(entry) or "")
    link.set(qn("w:history"), "1")
    for run in entry.findall(qn("w:r")):
        link.append(run)
    entry.append(link)


def _number(paragraph: Any) -> None:
    """Replace the numbers at the beginning of a caption by fields that have them as their result."""
    run = next((each for each in paragraph.findall(qn("w:r")) if _text(each).strip()), None)
    found = _NUMBERED.match(_text(run)) if run is not None else None
    if run is None or found is None:
        return
    text, start, end = _text(run), found.start("numbers"), found.end("numbers")
    for part in re.split(r"(\d+)", text[start:end]):
        if part.isdigit():
            for each in _field(run, f" SEQ {_SINGULAR[found['name']]} \\* ARABIC ", part):
                run.addprevious(each)
        elif part:
            run.addprevious(_run(run, part))
    field = run.getprevious()
    assert field is not None
    first = next(each for each in paragraph.findall(qn("w:r")) if each.find(qn("w:fldChar")) is not None)
    first.addprevious(_run(run, text[:start]))
    run.addprevious(_run(run, text[end:]))
    paragraph.remove(run)


def _text(run: Any) -> str:
    return "".join(each.text or "" for each in run.findall(qn("w:t")))


def _field(like: Any, instruction: str, result: str) -> Iterator[Any]:
    for part in (
        _mark("begin"),
        _instruction(instruction),
        _mark("separate"),
        _run(like, result),
        _mark("end"),
    ):
        if (look := like.find(qn("w:rPr"))) is not None and part.find(qn("w:rPr")) is None:
            part.insert(0, deepcopy(look))
        yield part


def _run(like: Any, text: str) -> Any:
    """Return a run with this text that looks like another."""
    run = OxmlElement("w:r")
    if (look := like.find(qn("w:rPr"))) is not None:
        run.append(deepcopy(look))
    written = OxmlElement("w:t")
    written.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    written.text = text
    run.append(written)
    return run


def _mark(kind: str) -> Any:
    run, mark = OxmlElement("w:r"), OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    run.append(mark)
    return run


def _instruction(text: str) -> Any:
    run, instruction = OxmlElement("w:r"), OxmlElement("w:instrText")
    instruction.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    instruction.text = text
    run.append(instruction)
    return run
