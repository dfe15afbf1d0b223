"""Finds figures mentioned in a text without a picture, and pictures without a text.

The latter are pictures among the evidence that cannot be printed as a figure, and figures of an activity
without a text.
"""

import re
from collections import Counter
from collections.abc import Iterator

from models.evidence.look import LeftOutPicture
from reports.checks.finding import CheckScope, Finding, FindingKind
from reports.checks.statements import texts
from reports.quarterly.captions import series_of
from reports.quarterly.content import Report, Series
from spanish.writing.folding import fold

_NOUN = r"(?P<noun>fotografias?|fotos?|imagen(?:es)?|tablas?)"
_NUMBERED = re.compile(
    rf"\b{_NOUN} (?:(?:no|num|numero)\.? )?(?P<numbers>\d{{1,3}}(?:(?:, | y | a )\d{{1,3}})*)\b"
    r"(?![./,-]?\d| (?:de la ley|del articulo|de los lineamientos|del acuerdo))"
)
_POINTED_AT = re.compile(
    rf"(?:\b(?:muestran?|observan?|aprecian?|ilustran?|ven?|detallan?|presentan?) en "
    rf"(?:el|la|las|los|esta|estas)(?: siguientes?)? |\bver (?:la |las )?|"
    rf"\b(?:anexan?|adjuntan?)(?: las?)? ){_NOUN}\b"
    r"(?! \d)"
)
_SERIES = {"f": Series.PHOTOGRAPH, "i": Series.IMAGE, "t": Series.TABLE}


def check(report: Report) -> Iterator[Finding]:
    for place, _, text in texts(report):
        yield from _named(place, text)
        yield from _pictures(place)


def _named(place: CheckScope, text: str) -> Iterator[Finding]:
    """Yield mentioned numbers that are not of a figure of the same line (or unit, for a presentation)."""
    folded = fold(text)
    if not folded:
        return
    known = {series: _numbers(place, series) for series in Series}
    for found in _NUMBERED.finditer(folded):
        series = _SERIES[found["noun"][0]]
        missing = next((each for each in _listed(found["numbers"]) if each not in known[series]), None)
        if missing is not None:
            yield place.found(FindingKind.FIGURE_MISSING, series=series.value, number=missing)
    for found in _POINTED_AT.finditer(folded):
        series = _SERIES[found["noun"][0]]
        pictures = known[Series.TABLE] if series is Series.TABLE else _pictured(place)
        if not pictures:
            yield place.found(FindingKind.FIGURE_MISSING, series=series.value, number=None)
            return


def _listed(text: str) -> list[int]:
    """Return the numbers in «10, 11 y 12», or in «3 a 5» with those between."""
    numbers: list[int] = []
    for part in re.split(r", | y ", text):
        first, _, last = part.partition(" a ")
        numbers += range(int(first), int(last) + 1) if last else (int(first),)
    return numbers


def _numbers(place: CheckScope, series: Series) -> set[int]:
    lines = (place.line,) if place.line else place.unit.lines
    if series is Series.TABLE:
        return {table.number for line in lines for table in line.tables}
    return {
        figure.number
        for line in lines
        for activity in line.activities
        for group in activity.groups
        for figure in group.figures
        if figure.series is series
    }


def _pictured(place: CheckScope) -> set[int]:
    """Return the numbers of all figures that «se muestra en la imagen» may mean, photographs or images."""
    if place.activity is None:
        return _numbers(place, Series.PHOTOGRAPH) | _numbers(place, Series.IMAGE)
    return {figure.number for group in place.activity.groups for figure in group.figures}


def _pictures(place: CheckScope) -> Iterator[Finding]:
    activity = place.activity
    if activity is None:
        return
    left_out: Counter[str] = Counter()
    for file in activity.evidence:
        if file.sha256 and not file.shown and series_of(file.kind, file.media_type) is not None:
            if file.left_out is None:
                yield place.found(FindingKind.PICTURE_NOT_SHOWN, file=file.name, kind=file.kind)
            elif file.left_out != LeftOutPicture.CHOSEN:
                left_out[file.left_out] += 1
    for reason, pictures in left_out.items():
        yield place.found(FindingKind.PICTURE_LEFT_OUT, reason=str(reason), pictures=pictures)
    shown = sum(len(group.figures) for group in activity.groups)
    if shown and not activity.narrative.strip():
        yield place.found(FindingKind.FIGURE_WITHOUT_TEXT, figures=shown)
