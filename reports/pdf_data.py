"""A report as plain data for the template `informe.typ`, which decides only the layout."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from itertools import count, groupby
from typing import Any

from reports import file_seal, picture
from reports.column_widths import shares
from reports.design import HEADINGS, MARGINS, SMALLER, Design
from reports.pdf_pages import PlannedGroup
from reports.pdf_pictures import Laid
from reports.picture_rows import GAP, POINT
from reports.quarterly.content import (
    ActivityPart,
    BoardBlock,
    Figure,
    FigureGroup,
    LinePart,
    Report,
    Seal,
    SealedFile,
    Table,
    UnitPart,
)
from reports.quarterly.list_items import BULLET, text_parts
from reports.texts import code, headings, pages
from reports.texts.figures import shortened

MISSING, NARROWEST = 1.5, 0.2  # width by height of a picture that is not there, and of any at least
WORDS = {
    "draft": headings.DRAFT,
    "contents": headings.CONTENTS,
    "presentation": headings.PRESENTATION,
    "mission": headings.MISSION,
    "vision": headings.VISION,
    "principles": headings.PRINCIPLES,
    "structure": headings.STRUCTURE,
    "objective": headings.OBJECTIVE,
    "strategy": headings.STRATEGY,
    "goal": headings.GOAL,
    "starts": headings.STARTS,
    "ends": headings.ENDS,
    "activities": headings.ACTIVITIES,
    "acronyms": headings.ACRONYMS,
    "signatories": headings.SIGNATORIES,
    "annex": headings.ANNEX,
    "figures": headings.FIGURES,
    "data_file": headings.DATA_FILE,
    "data_attached": headings.DATA_ATTACHED,
    "signed_file": headings.SIGNED_FILE,
    "signed_attached": headings.SIGNED_ATTACHED,
    "qr_description": code.QR_DESCRIPTION,
    "page": pages.PAGE[0],
    "of": pages.PAGE[1],
    "picture_missing": pages.PICTURE_MISSING,
    "privacy": pages.PRIVACY,
    "entry": pages.ENTRY,
    "file": pages.FILE,
    "hash": pages.HASH,
    "files": headings.FILES,
    "no_file": headings.NO_FILE,
    "seal_meaning": pages.SEAL_MEANING,
    "chain": headings.CHAIN,
    "signatures": headings.SIGNATURES,
    "unit": pages.UNIT,
    "signed_by": pages.SIGNED_BY,
    "unsigned": pages.UNSIGNED,
}


Plan = Mapping[int, PlannedGroup]


class _Numbers:
    """The places of the groups of pictures, and of the lines' tables, in the report."""

    def __init__(self) -> None:
        self.groups, self.tables = count(), count()


def plain(report: Report, laid: Mapping[str, Laid], plan: Plan, galley: str | None = None) -> dict[str, Any]:
    """Return all data of the template. `laid` has the pictures that can be shown, by their copy's SHA-256.

    `plan` says how the groups of pictures are arranged, by their places in the report; see
    `reports.pdf_pages`, which asks for the data of a `galley`.
    """
    institution = report.institution
    numbers = _Numbers()
    chart = picture.chart_of_report(report)
    return {
        "words": WORDS,
        "design": _design(institution.design),
        "galley": galley,
        "title": report.title,
        "heading": report.heading,
        "keywords": [
            report.institution.short_name,
            report.quarter.key,
            *(each.name for each in report.units),
            *([f"{file_seal.PREFIX}{file_seal.ZEROS}"] if report.signed else []),
        ],
        "code": report.code and {"footer": code.in_footer(report.code), "how": code.how(report.code)},
        "draft": report.draft,
        "draft_note": report.draft_note,
        "dated": pages.dated(report.dated_at.date()),
        "logo": _named(laid.get("logo"), f"{pages.LOGO} {institution.name}"),
        "structure_image": _named(laid.get("structure"), institution.structure_caption or headings.STRUCTURE),
        "institution": {
            "name": institution.name,
            "short_name": institution.short_name,
            "motto": institution.motto,
            "governing_body": institution.governing_body,
            "mission": institution.mission,
            "vision": institution.vision,
            "principles": institution.principles,
            "structure": institution.structure,
            "structure_caption": institution.structure_caption,
            "privacy_notice": institution.privacy_notice,
            "acronyms": institution.acronyms,
            "signatories": institution.signatories,
        },
        "opening": report.opening,
        "board": [_block(each) for each in report.board],
        "chart": picture.data(chart),
        "chart_alternative": picture.alternative(chart),
        "units": [_unit(each, laid, plan, numbers) for each in report.units],
        "figures": list(_figures(report)),
        "seal": None if galley else _seal(report.seal, report),
    }


def _block(block: BoardBlock) -> dict[str, Any]:
    return {
        "part": block.part,
        "title": block.title,
        "paragraphs": block.paragraphs,
        "lists": [{"heading": heading, "items": items} for heading, items in block.lists],
        "tables": [{**_table(each), "shares": shares((each.head, *each.rows))} for each in block.tables],
    }


def _named(laid: Laid | None, alternative: str) -> dict[str, Any] | None:
    return None if laid is None else {"path": laid.path, "alt": alternative}


def _unit(unit: UnitPart, laid: Mapping[str, Laid], plan: Plan, numbers: _Numbers) -> dict[str, Any]:
    return {
        "name": unit.name,
        "objective": _some(unit.objective),
        "strategy": unit.strategy,
        "strategy_listed": unit.strategy_listed,
        "presentation": unit.presentation,
        "lines": [_line(each, laid, plan, numbers) for each in unit.lines],
    }


def _line(line: LinePart, laid: Mapping[str, Laid], plan: Plan, numbers: _Numbers) -> dict[str, Any]:
    after = (line.activities, line.tables, line.standstill, line.closing, line.observation)
    return {
        "heading": f"{headings.line(line.number)}. {line.title}",
        "description": _some(line.description),
        "goal": line.goal,
        "starts_on": _day(line.starts_on),
        "ends_on": _day(line.ends_on),
        "moved": any(after),  # else its heading would have no text
        "activities": [_activity(each, laid, plan, numbers) for each in line.activities],
        "tables": [{**_table(each), "id": next(numbers.tables)} for each in line.tables],
        "standstill": _some(line.standstill),
        "closing": _some(line.closing),
        "observation": _some(line.observation),
    }


def _some(text: str | None) -> list[str]:
    return [text] if text else []


def _day(day: date) -> str:
    """Return the day as in the agency's report: «01/03/2024»."""
    return f"{day:%d/%m/%Y}"


def _activity(
    activity: ActivityPart, laid: Mapping[str, Laid], plan: Plan, numbers: _Numbers
) -> dict[str, Any]:
    groups = [_group(group, laid, plan, next(numbers.groups)) for group in activity.groups]
    return {"parts": list(_blocks(activity)), "groups": groups}


def _group(group: FigureGroup, laid: Mapping[str, Laid], plan: Plan, number: int) -> dict[str, Any]:
    planned = plan.get(number)
    abreast = planned.abreast if planned else len(group.figures)
    figures = [_figure(each, laid) for each in group.figures]
    return {
        "id": number,
        "caption": group.caption,
        "height": planned.height * POINT if planned else 0.0,
        "rows": [figures[at : at + abreast] for at in range(0, len(figures), abreast)],
    }


def aspects(report: Report, laid: Mapping[str, Laid]) -> dict[int, list[float]]:
    """Return the widths by the heights of each group's pictures, by the groups' places in the report."""
    groups = (
        group
        for unit in report.units
        for line in unit.lines
        for activity in line.activities
        for group in activity.groups
    )
    return {
        number: [_aspect(laid.get(each.copy_sha256)) for each in group.figures]
        for number, group in enumerate(groups)
    }


def _figures(report: Report) -> Iterator[tuple[str, str]]:
    """Yield the labels and captions of pictures and tables, as the list after the contents shows them."""
    if not report.figures_listed:
        return
    numbers = _Numbers()
    for line in (line for unit in report.units for line in unit.lines):
        for activity in line.activities:
            for group in activity.groups:
                yield f"group-{next(numbers.groups)}", shortened(group.caption)
        for table in line.tables:
            yield f"table-{next(numbers.tables)}", shortened(table.caption)


def _aspect(found: Laid | None) -> float:
    return max(found.width / found.height, NARROWEST) if found else MISSING


def _design(design: Design) -> dict[str, Any]:
    return {
        **{name: value for name, value in asdict(design).items() if name != "font"},
        **MARGINS,
        "font": design.pdf_font,
        "headings": HEADINGS,
        "smaller": SMALLER,
        "gap": GAP * POINT,
    }


def _blocks(activity: ActivityPart) -> Iterator[dict[str, Any]]:
    """Yield paragraphs, and lists of items with their markers."""
    for kind, parts in groupby(text_parts(activity.paragraphs), key=lambda part: _kind(part.marker)):
        found = list(parts)
        if kind == "text":
            yield from ({"kind": kind, "text": each.text} for each in found)
        else:
            yield {"kind": kind, "items": [[each.marker, each.text] for each in found]}


def _kind(marker: str) -> str:
    return "list" if marker == BULLET else "numbered" if marker else "text"


def _figure(figure: Figure, laid: Mapping[str, Laid]) -> dict[str, Any]:
    found = laid.get(figure.copy_sha256)
    return {
        "path": found.path if found else None,
        "aspect": _aspect(found),
        "alt": figure.alternative,
        "label": f"{headings.SERIES[figure.series][0]} {figure.number}",
    }


def _table(table: Table) -> dict[str, Any]:
    return {name: getattr(table, name) for name in ("number", "head", "rows", "total", "caption")}


def _seal(seal: Seal, report: Report) -> dict[str, Any]:
    units = [
        {"name": pages.files_of(name, len(listed)), "files": listed}
        for name, files in groupby(seal.files, key=lambda each: each.unit)
        if (listed := [_sealed(each) for each in files])
    ]
    return {
        "counted": headings.counted_files(len(seal.files), sum(each.sha256 is None for each in seal.files)),
        "units": units,
        "chain": pages.chain(seal.entries),
        "head": seal.head,
        "signatures": list(_signatures(report)),
    }


def _sealed(file: SealedFile) -> dict[str, Any]:
    return {
        "entry": pages.entry(file.line, file.activity),
        "name": pages.file(file.kind, file.name, file.bytes),
        "sha256": file.sha256,
    }


def _signatures(report: Report) -> Iterator[dict[str, Any]]:
    for number, unit in enumerate(report.units, 1):
        signature, name = unit.signature, f"{number}. {unit.name}"  # as in `pages.files_of`
        if signature is None:
            yield {"unit": name, "signed": None, "sha256": None}
        else:
            at = signature.signed_at.astimezone(report.dated_at.tzinfo)
            said = list(pages.signed(signature.signed_by, signature.in_place_of, at))
            yield {"unit": name, "signed": said, "sha256": signature.sha256}
