"""The public page as HTML: the list of signed quarters, and a quarter with its signed units.

It needs no script. Of people it names only those who signed. Texts that people typed, such as narratives and
observations, are in the documents and not on the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from models.quarter import Quarter
from reports import picture
from reports.quarterly.content import LinePart, Report, TargetPart, UnitPart
from reports.texts import charts
from reports.texts import public_page as texts
from spanish.writing import formats

TEMPLATES = Path(__file__).parent / "templates" / "public"
STYLE = TEMPLATES / "style.css"


@dataclass(frozen=True)
class PublicQuarter:
    """A quarter on the list, and how many units signed it."""

    quarter: Quarter
    units: int


def index(institution: str, quarters: Sequence[PublicQuarter]) -> str:
    """Return the page with the list of signed quarters, newest first."""
    listed = [
        {"key": each.quarter.key, "name": texts.quarter(each.quarter), "units": texts.size(each.units)}
        for each in sorted(quarters, key=lambda each: each.quarter, reverse=True)
    ]
    return _render("index.html", institution=institution, title=texts.TITLE, quarters=listed)


def quarter(report: Report, complete: bool) -> str:
    """Return the page of a report that has only signed units; `complete`: all units of the programme."""
    return _render(
        "quarter.html",
        institution=report.institution.name,
        title=texts.quarter(report.quarter),
        key=report.quarter.key,
        complete=complete,
        chart=picture.alternative(picture.chart_of_report(report)),
        progress=texts.progress(report.shown, _planned(report.planned)),
        units=[_unit(each) for each in report.units],
    )


def sentence(institution: str, title: str, text: str) -> str:
    """Return a page with one sentence, such as that something is missing."""
    return _render("sentence.html", institution=institution, title=title, text=text)


def _unit(unit: UnitPart) -> dict[str, Any]:
    assert unit.signature is not None, "only signed units are public"
    return {
        "key": unit.key,
        "name": unit.name,
        "progress": texts.progress(unit.shown, _planned(unit.planned)),
        "sign": charts.SIGNS[unit.signal],
        "state": charts.WORDS[unit.signal],
        "signed": texts.signed(unit.signature.signed_by, unit.signature.signed_at.date()),
        "sha256": unit.signature.sha256,
        "lines": [_line(each) for each in unit.lines],
    }


def _line(line: LinePart) -> dict[str, Any]:
    return {
        "number": line.number,
        "title": line.title,
        "amounts": [_amount(each) for each in line.targets],
        "shown": f"{line.shown} %",
        "planned": _planned(line.planned),
        "sign": charts.SIGNS[line.signal],
        "state": charts.WORDS[line.signal],
    }


def _amount(target: TargetPart) -> str:
    counted, whole = formats.number(target.counted), formats.number(target.amount)
    return texts.amount(counted, whole, target.measure)


def _planned(share: Any) -> str | None:
    return formats.shown(share) if share else None


def _render(name: str, **values: Any) -> str:
    return _templates().get_template(name).render(texts=texts, **values)


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
