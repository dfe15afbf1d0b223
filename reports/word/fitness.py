"""Adapts a template as a word processor saved it for filling in, and the finished report for opening."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

_TAG = "{%p"
# The settings that come after `updateFields`, as the format prescribes their order.
_AFTER = ("hdrShapeDefaults", "footnotePr", "endnotePr", "compat", "docVars", "rsids", "themeFontLang")


def save_breaks(body: Any) -> None:
    """Keep page breaks in paragraphs of tags, which are removed when the template is filled in.

    LibreOffice saves a paragraph's «page break before» as a break at the end of the paragraph before it.
    """
    for run_break in list(body.iter(qn("w:br"))):
        paragraph = next(run_break.iterancestors(qn("w:p")))
        following = paragraph.getnext()
        if run_break.get(qn("w:type")) != "page" or _TAG not in _text(paragraph):
            continue
        if following is None or following.tag != qn("w:p") or _TAG in _text(following):
            continue
        run_break.getparent().remove(run_break)
        following.get_or_add_pPr().get_or_add_pageBreakBefore()


def ask_to_number(settings: Any) -> None:
    """Make Word compute the page numbers of the contents when it opens the file, which it asks the user."""
    if settings.find(qn("w:updateFields")) is not None:
        return
    update = OxmlElement("w:updateFields")
    update.set(qn("w:val"), "true")
    later = next((each for each in settings if each.tag in {qn(f"w:{name}") for name in _AFTER}), None)
    if later is None:
        settings.append(update)
    else:
        later.addprevious(update)


def _text(paragraph: Any) -> str:
    return "".join(each.text or "" for each in paragraph.iter(qn("w:t")))
