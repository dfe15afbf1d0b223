"""A report with many lines and many different photographs, for measurements."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageChops, ImageDraw

from models.tables.evidence import EvidenceKind
from reports import picture_copy
from reports.quarterly.content import LinePart, Report, Series, UnitPart
from reports.quarterly.numbering import Numbering
from tests.reports.samples.sample import Album, complete, file_of, first_quarter, jpeg, pictured, sealed

TELEPHONE = (4000, 3000)  # 12 megapixels


def large(folder: Path, lines: int = 36, photographs: int = 120) -> tuple[Report, Album]:
    """Return a report with so many lines in six units, and photographs, four per caption.

    The photographs have 12 megapixels, like a phone's, and are copied as on arrival; only the copies are
    kept. That takes about half a second each.
    """
    album = Album(folder)
    report = complete(first_quarter())
    whole = [line for unit in report.units for line in unit.lines if line.activities]
    each = lines // len(report.units)
    units: list[UnitPart] = []
    for order, unit in enumerate(report.units):
        taken = [whole[(order * each + number) % len(whole)] for number in range(each)]
        units.append(replace(unit, lines=tuple(map(_numbered, taken, range(1, each + 1)))))
    report = _photographed(replace(report, units=tuple(units)), album, photographs)
    return replace(report, seal=replace(report.seal, files=tuple(sealed(report)))), album


def _numbered(line: LinePart, number: int) -> LinePart:
    bare = tuple(replace(each, groups=(), evidence=()) for each in line.activities)
    return replace(line, number=number, activities=bare)


def _photographed(report: Report, album: Album, photographs: int) -> Report:
    """Spread the photographs over the lines, at the first activity of each."""
    numbering = Numbering()
    numbering.next(Series.IMAGE)
    lines = sum(len(unit.lines) for unit in report.units)
    taken = _taken(album)
    units, passed = [], 0
    for unit in report.units:
        shown = []
        for line in unit.lines:
            amount = photographs * (passed + 1) // lines - photographs * passed // lines
            passed += 1
            first, *rest = line.activities
            files = [file_of(EvidenceKind.PHOTO, next(taken)) for _ in range(amount)]
            groups = pictured(numbering, files, first.narrative, (first.starts_on, first.ends_on))
            first = replace(first, groups=groups, evidence=tuple(files))
            shown.append(replace(line, activities=(first, *rest)))
        units.append(replace(unit, lines=tuple(shown)))
    return replace(report, units=tuple(units))


def _taken(album: Album) -> Iterator[str]:
    """Return copies of photographs with realistic detail: 200 to 400 KB each."""
    scene = _scene()
    number = 0
    with TemporaryDirectory() as name:
        original = Path(name) / "original.jpg"
        while True:
            number += 1
            moved = ImageChops.offset(scene, 331 * number, 197 * number)
            ImageDraw.Draw(moved).text((200, 200), str(number), "black", font_size=400)
            original.write_bytes(jpeg(moved))
            began = time.perf_counter()
            copied = picture_copy.copy(original)
            album.copying += time.perf_counter() - began
            yield album.keep(copied)


def _scene() -> Image.Image:
    """Draw large soft shapes, small ones and noise, always the same."""
    width, height = TELEPHONE
    soft = Image.radial_gradient("L").resize(TELEPHONE)
    tones = [ImageChops.offset(soft, 900 * each, 500 * each) for each in range(3)]
    scene = Image.merge("RGB", tones)
    pen = ImageDraw.Draw(scene)
    for each in range(1400):
        left, top = each * 7919 % width, each * 6007 % height
        size = 20 + each * 31 % 170
        colour = (each * 53 % 256, each * 97 % 256, each * 29 % 256)
        pen.ellipse((left, top, left + size, top + size * 3 // 4), fill=colour)
    return scene
