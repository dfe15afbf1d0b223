"""Fills a report's content into the Word template."""

from collections.abc import Callable
from datetime import UTC
from io import BytesIO
from itertools import groupby
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docxtpl import DocxTemplate
from jinja2 import TemplateError

from reports.legible import legible
from reports.own_template import UnusableTemplate
from reports.quarterly.content import Report, UnitPart
from reports.quarterly.list_items import text_parts
from reports.texts import headings, pages
from reports.word import contents, fields, fitness, links, look, parts, printing, tables
from reports.word.contents import Contents
from reports.word.illustrations import Illustrations
from reports.word.packing import pack

BUNDLED = Path(__file__).parents[1] / "templates" / "informe.docx"
LANGUAGE = "es-MX"
_PROPERTIES = "/metadata/core-properties"
LONGEST_PROPERTY = 255  # characters, in a file's title and author


def render(report: Report, pictures: Callable[[str], Path], template: Path | None = None) -> bytes:
    """Return the report as a .docx. `pictures` returns the path of a stored file by its SHA-256.

    `template` replaces the bundled one; raises `UnusableTemplate` if it cannot be used. A missing picture is
    replaced by a remark.
    """
    path = template or BUNDLED
    rendered = BytesIO()
    try:
        filled, illustrations = _filled(path, report, pictures)
        filled.save(rendered)
    except TemplateError as error:
        raise UnusableTemplate(_sentence(path, f"{error}.{_nearby(error)}")) from error
    except Exception as error:
        if path == BUNDLED:
            raise
        raise UnusableTemplate(_sentence(path, f"{type(error).__name__}: {error}.")) from error
    return pack(rendered, illustrations.files, illustrations.pixels)


_WAY_OUT = "Mend it as docs/report-template.md says, or remove it: then the bundled one serves."


def _sentence(path: Path, reason: str) -> str:
    return " ".join(f"The report's template {path} cannot be used: {reason} {_WAY_OUT}".split())


def _nearby(error: TemplateError) -> str:
    """Return a sentence with the template's text around the tag that failed, if known."""
    lines = [text for each in getattr(error, "docx_context", ()) if (text := each.strip())]
    return f" It is near «{' · '.join(lines)[:200]}»." if lines else ""


def _filled(
    path: Path, report: Report, pictures: Callable[[str], Path]
) -> tuple[DocxTemplate, Illustrations]:
    template = DocxTemplate(path)
    template.init_docx()
    fitness.save_breaks(template.docx.element.body)
    illustrations = Illustrations(template, pictures, report.institution.design)
    template.render(_context(report, illustrations), printing.environment(), autoescape=True)
    body = template.docx.element.body
    contents.drop_unmarked(body)
    tables.spread(body)
    fields.link_contents(body)
    fields.number_captions(body)
    fields.repeat_heads(body)
    parts.complete(template.docx)
    if path == BUNDLED:
        look.apply(template.docx, report.institution.design)
    links.link(template.docx)
    fitness.ask_to_number(template.docx.settings.element)
    _describe(template.docx, report)
    return template, illustrations


def _context(report: Report, illustrations: Illustrations) -> dict[str, Any]:
    """Return the values for a template's tags, which `docs/report-template.md` lists."""
    found = Contents(report)
    institution = report.institution
    logo, structure = institution.logo, institution.structure_image
    said = institution.structure_caption or headings.STRUCTURE
    return {
        "report": report,
        "institution": institution,
        "units": report.units,
        "contents": found.entries,
        "anchor": found.anchor,
        "chart": illustrations.chart(report),
        "rows": illustrations.rows,
        "text_parts": text_parts,
        "logo": illustrations.logo(logo, f"{pages.LOGO} {institution.name}") if logo else None,
        "structure_image": illustrations.structure(structure, said) if structure else None,
        "sealed": [
            SimpleNamespace(unit=unit, files=tuple(files))
            for unit, files in groupby(report.seal.files, lambda each: each.unit)
        ],
        "signatures": [_signed(each, report) for each in report.units],
        "missing": sum(1 for each in report.seal.files if each.sha256 is None),
        "words": SimpleNamespace(**{**_said_by(pages), **_said_by(headings)}),
    }


def _signed(unit: UnitPart, report: Report) -> SimpleNamespace:
    """Return who signed the unit's quarter and when, in local time; `signed` is empty if nobody did."""
    signature = unit.signature
    if signature is None:
        return SimpleNamespace(unit=unit.name, signed="", sha256="")
    at = signature.signed_at.astimezone(report.dated_at.tzinfo)
    said = pages.signed(signature.signed_by, signature.in_place_of, at)
    return SimpleNamespace(unit=unit.name, signed="\n".join(said), sha256=signature.sha256)


def _said_by(texts: ModuleType) -> dict[str, Any]:
    """Return the constants and functions of a module of texts, for the template."""
    return {
        name: value
        for name, value in vars(texts).items()
        if name.isupper() or getattr(value, "__module__", None) == texts.__name__
    }


def _drop_unfound_properties(document: Any) -> None:
    """Remove document properties with LibreOffice 7's non-standard relationship: python-docx does not find
    them, and would write a second part of the same name."""
    relations = document.part.package.rels
    for number, relation in list(relations.items()):
        if relation.reltype.endswith(_PROPERTIES) and relation.reltype != RELATIONSHIP_TYPE.CORE_PROPERTIES:
            del relations[number]


def _describe(document: Any, report: Report) -> None:
    """Set the file's title, author, date and language."""
    _drop_unfound_properties(document)
    properties = document.core_properties
    moment = report.dated_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.title = legible(report.title)[:LONGEST_PROPERTY]
    properties.subject = legible(report.heading)[:LONGEST_PROPERTY]
    properties.author = legible(report.institution.name)[:LONGEST_PROPERTY]
    properties.last_modified_by = legible(report.institution.short_name)[:LONGEST_PROPERTY]
    properties.comments = legible(report.draft_note or "")[:LONGEST_PROPERTY]
    properties.keywords = report.quarter.key
    properties.language = LANGUAGE
    properties.revision = 1
    properties.created = properties.modified = moment
