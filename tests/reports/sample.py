"""The real first quarter's report with all that a report may have besides: pictures, signatures, an annex.

`large` makes one of many lines and as many different photographs, for what is measured.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image, ImageChops, ImageDraw

from models.evidence import EvidenceKind
from reports import picture_copy
from reports.quarterly.content import (
    ActivityPart,
    FilePart,
    LinePart,
    Report,
    SealedFile,
    Series,
    SignaturePart,
    Table,
    UnitPart,
)
from reports.quarterly.numbering import Numbering
from reports.texts import quarterly as texts
from tests.reports.first_quarter_report import first_quarter_report

SIGNED_AT = datetime(2024, 4, 5, 16, 32, tzinfo=UTC)
WIDE, UPRIGHT, LONG, TALL = (1600, 1200), (1200, 1600), (1600, 320), (300, 1600)  # pixels
LOST = (0, 0)  # a picture whose file is not there
# What the activities show, one after the other: each a group under one caption.
GROUPS = (
    (WIDE,) * 4,
    (UPRIGHT, UPRIGHT),
    (WIDE, UPRIGHT, WIDE),
    (LONG,),
    (UPRIGHT,),
    (WIDE, LOST, UPRIGHT),
    (UPRIGHT,) * 6,
    (WIDE,) * 11,
    (TALL,),
)
TELEPHONE = (4000, 3000)  # 12 megapixels
FIRST_IMAGE = 2  # the first is the structure's


class Album:
    """Pictures on disk, by the SHA-256 of their content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = 0

    def place(self, sha256: str) -> Path:
        return self._folder / sha256

    def draw(self, size: tuple[int, int]) -> str:
        """A picture unlike all others: its number, its edges and its middle are seen; its SHA-256."""
        self._made += 1
        if size == LOST:
            return hashlib.sha256(b"lost %d" % self._made).hexdigest()
        width, height = size
        hue = (47 * self._made) % 360
        picture = Image.new("RGB", size, f"hsl({hue}, 35%, 78%)")
        pen = ImageDraw.Draw(picture)
        pen.rectangle((4, 4, width - 5, height - 5), outline="black", width=8)
        pen.line((0, 0, width, height), fill="white", width=6)
        pen.ellipse((width / 2 - 90, height / 2 - 90, width / 2 + 90, height / 2 + 90), fill="white")
        pen.text((width / 2, height / 2), str(self._made), "black", font_size=110, anchor="mm")
        return self.keep(_jpeg(picture))

    def keep(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        self.place(sha256).write_bytes(content)
        return sha256


@cache
def first_quarter() -> Report:
    with TemporaryDirectory() as folder:
        return first_quarter_report(Path(folder))


def sample(folder: Path) -> tuple[Report, Album]:
    """Of 26 lines; its pictures lie in the folder."""
    album = Album(folder)
    report = _illustrated(_complete(first_quarter()), album, list(GROUPS))
    return replace(report, seal=replace(report.seal, files=tuple(_sealed(report)))), album


def _complete(report: Report) -> Report:
    """With a logo, the structure's picture, presentations, a signature, a table by month, a standstill."""
    institution = replace(
        report.institution,
        logo=drawing(600, 240, "LOGO"),
        structure_image=drawing(1800, 900, "Comisaría, unidades y direcciones"),
        structure_caption=texts.structure(report.institution.name, 1),
        privacy_notice=("Los datos personales se protegen conforme a la ley.",),
    )
    presented = (
        "La transparencia y la rendición de cuentas son parte fundamental de las acciones de esta área.",
        "En este trimestre se cumplió con las entregas de información, en tiempo y forma.",
    )
    units = [replace(each, presentation=presented) for each in report.units]
    signature = SignaturePart("Roberto Culebro", "Ana Ruiz", SIGNED_AT, hashlib.sha256(b"signed").hexdigest())
    units[0] = replace(units[0], signature=signature)
    quiet = units[1].lines[-1]
    units[1] = replace(
        units[1],
        lines=(*units[1].lines[:-1], replace(quiet, activities=(), standstill=texts.standstill("no hubo quórum"))),
    )
    units[2] = replace(units[2], lines=(_tabled(units[2].lines[0]), *units[2].lines[1:]))
    return replace(report, institution=institution, units=tuple(units))


def _tabled(line: LinePart) -> LinePart:
    monthly = Table(
        number=90,
        head=texts.MONTHLY_HEAD,
        rows=(("Enero", "1,200", "1,150"), ("Febrero", "1,200", "1,310"), ("Marzo", "1,200", "–")),
        total=(texts.TOTAL, "3,600", "2,460"),
        caption=texts.monthly(90, "Documentos"),
    )
    return replace(
        line, tables=(monthly,), observation="La entrega de marzo está en revisión del área correspondiente."
    )


def _illustrated(report: Report, album: Album, groups: list[Sequence[tuple[int, int]]]) -> Report:
    """Every second activity shows the next group, the fourth of them as images instead of photographs."""
    numbering = Numbering()
    numbering.next(Series.IMAGE)
    shown = iter(groups)
    units = []
    for unit in report.units:
        lines = []
        for line in unit.lines:
            activities = [
                _shown(each, next(shown, ()), place, album, numbering) if place % 2 == 0 else each
                for place, each in enumerate(line.activities)
            ]
            lines.append(replace(line, activities=tuple(activities)))
        units.append(replace(unit, lines=tuple(lines)))
    return replace(report, units=tuple(units))


def _shown(
    activity: ActivityPart,
    sizes: Sequence[tuple[int, int]],
    place: int,
    album: Album,
    numbering: Numbering,
) -> ActivityPart:
    kind = EvidenceKind.DOCUMENT if place == 4 else EvidenceKind.PHOTO
    copies = [album.draw(each) for each in sizes]
    files = [_file(kind, copy) for copy in copies]
    span = (activity.starts_on, activity.ends_on)
    groups = numbering.groups([(file, file.sha256, None) for file in files], activity.narrative, span)
    return replace(activity, groups=groups, evidence=(*activity.evidence, *files))


def _file(kind: EvidenceKind, sha256: str) -> FilePart:
    return FilePart(kind, sha256, f"IMG_{sha256[:8]}.jpg", "image/jpeg", 1_234_567, None, None, True)


def _sealed(report: Report) -> Iterator[SealedFile]:
    for unit, line, activity in activities(report):
        for each in activity.evidence:
            yield SealedFile(unit.name, line.number, activity.id, each.kind, each.name, each.bytes, each.sha256)
    unit, line, activity = next(activities(report))
    yield SealedFile(unit.name, line.number, activity.id, "voice", None, None, None)


def activities(report: Report) -> Iterator[tuple[UnitPart, LinePart, ActivityPart]]:
    for unit in report.units:
        for line in unit.lines:
            for activity in line.activities:
                yield unit, line, activity


def drawing(width: int, height: int, text: str) -> bytes:
    """A PNG with a frame and a text."""
    picture = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((6, 6, width - 7, height - 7), outline="#1F3250", width=10)
    pen.text((width / 2, height / 2), text, "#1F3250", font_size=height // 8, anchor="mm")
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def large(folder: Path, lines: int = 36, photographs: int = 120) -> tuple[Report, Album]:
    """So many lines in six units, and so many different photographs, four under a caption.

    The photographs are made as a telephone makes them, with 12 megapixels, and copied as on arrival; only the
    copies are kept. That takes about half a second each.
    """
    album = Album(folder)
    report = _complete(first_quarter())
    whole = [line for unit in report.units for line in unit.lines if line.activities]
    each = lines // len(report.units)
    units: list[UnitPart] = []
    for place, unit in enumerate(report.units):
        taken = [whole[(place * each + number) % len(whole)] for number in range(each)]
        units.append(replace(unit, lines=tuple(map(_numbered, taken, range(1, each + 1)))))
    report = _photographed(replace(report, units=tuple(units)), album, photographs)
    return replace(report, seal=replace(report.seal, files=tuple(_sealed(report)))), album


def _numbered(line: LinePart, number: int) -> LinePart:
    bare = tuple(replace(each, groups=(), evidence=()) for each in line.activities)
    return replace(line, number=number, activities=bare)


def _photographed(report: Report, album: Album, photographs: int) -> Report:
    """The photographs spread over the lines, at the first activity of each."""
    numbering = Numbering()
    numbering.next(Series.IMAGE)
    lines = sum(len(unit.lines) for unit in report.units)
    taken = _taken(album)
    units, place = [], 0
    for unit in report.units:
        shown = []
        for line in unit.lines:
            amount = photographs * (place + 1) // lines - photographs * place // lines
            place += 1
            first, *rest = line.activities
            files = [_file(EvidenceKind.PHOTO, next(taken)) for _ in range(amount)]
            groups = numbering.groups(
                [(file, file.sha256, None) for file in files], first.narrative, (first.starts_on, first.ends_on)
            )
            first = replace(first, groups=groups, evidence=tuple(files))
            shown.append(replace(line, activities=(first, *rest)))
        units.append(replace(unit, lines=tuple(shown)))
    return replace(report, units=tuple(units))


def _taken(album: Album) -> Iterator[str]:
    """Copies of photographs, as detailed as those of a room with people: 200 to 400 KB each."""
    scene = _scene()
    number = 0
    with TemporaryDirectory() as name:
        original = Path(name) / "original.jpg"
        while True:
            number += 1
            moved = ImageChops.offset(scene, 331 * number, 197 * number)
            ImageDraw.Draw(moved).text((200, 200), str(number), "black", font_size=400)
            original.write_bytes(_jpeg(moved))
            yield album.keep(picture_copy.copy(original))


def _scene() -> Image.Image:
    """Large soft shapes, small ones and the grain of a camera, always the same."""
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


def _jpeg(picture: Image.Image) -> bytes:
    written = BytesIO()
    picture.save(written, "JPEG", quality=88)
    return written.getvalue()


@dataclass(frozen=True)
class Hostile:
    """Texts that other programs take for commands, and how they are printed where that differs."""

    typed: str
    printed: str


LONG_WORD = "Constitucionalísimamente" * 209  # 5,016 characters
HOSTILE = tuple(
    Hostile(typed, printed or typed)
    for typed, printed in (
        ("<b>negrita</b> & \"comillas\" 'simples' &amp; ]]> <!-- -->", ""),
        ("{{7*7}} {% raw %} {{r x}} {%p if y %} {#c#} {_{ }_} {_% %_}", ""),
        ("#panic() $x$ \\begin{x} *_`~ =1+1 @here %s %(a)s ${jndi}", ""),
        ("nulo \x00 campana \x07 salto \x0c vertical \x0b escape \x1b fin", "nulo � campana � salto � vertical � escape � fin"),
        ("medio par \ud800 y no carácter \uffff", "medio par � y no carácter �"),
        ("¿Ñandú? «sí» — 😀 漢字 ‮volteado‬", ""),
        (LONG_WORD, ""),
    )
)


def hostile(report: Report) -> Report:
    """Every text that a person may type is a hostile one; pictures, figures and hashes stay."""
    typed = "\n".join(each.typed for each in HOSTILE if each.typed != LONG_WORD)
    paragraphs = tuple(each.typed for each in HOSTILE)
    institution = replace(
        report.institution,
        name=typed.replace("\n", " "),
        short_name=HOSTILE[0].typed,
        motto=HOSTILE[1].typed,
        governing_body=HOSTILE[2].typed,
        mission=paragraphs,
        vision=paragraphs,
        structure=paragraphs,
        principles=tuple((each, each) for each in paragraphs),
        structure_caption=HOSTILE[1].typed,
        privacy_notice=paragraphs,
    )
    units = tuple(_hostile_unit(each, typed, paragraphs) for each in report.units)
    files = tuple(replace(each, unit=typed, name=LONG_WORD) for each in report.seal.files)
    return replace(
        report,
        title=LONG_WORD,
        heading=HOSTILE[1].typed,
        opening=paragraphs,
        draft_note=typed,
        institution=institution,
        units=units,
        seal=replace(report.seal, files=files),
    )


def _hostile_unit(unit: UnitPart, typed: str, paragraphs: tuple[str, ...]) -> UnitPart:
    signature = unit.signature and replace(unit.signature, signed_by=typed, in_place_of=LONG_WORD)
    return replace(
        unit,
        name=HOSTILE[1].typed,
        objective=typed,
        strategy=paragraphs,
        presentation=paragraphs,
        lines=tuple(_hostile_line(each, typed, paragraphs) for each in unit.lines[:2]),
        signature=signature,
    )


def _hostile_line(line: LinePart, typed: str, paragraphs: tuple[str, ...]) -> LinePart:
    table = Table(90, ("", *paragraphs[:2]), (paragraphs[4:7],), paragraphs[1:4], LONG_WORD)
    return replace(
        line,
        title=typed,
        description=LONG_WORD,
        goal=LONG_WORD,
        activities=tuple(_hostile_activity(each, paragraphs) for each in line.activities),
        tables=(table,),
        standstill=typed,
        closing=typed,
        observation=LONG_WORD,
    )


def _hostile_activity(activity: ActivityPart, paragraphs: tuple[str, ...]) -> ActivityPart:
    groups = tuple(
        replace(
            group,
            caption=paragraphs[1],
            figures=tuple(replace(figure, alternative=paragraphs[0]) for figure in group.figures),
        )
        for group in activity.groups
    )
    return replace(activity, narrative=paragraphs[0], paragraphs=paragraphs, groups=groups)


def texts_of(report: Report) -> Iterator[str]:
    """Every text that a report in pages has to show."""
    institution = report.institution
    yield from (institution.name, report.title, report.heading, *report.opening)
    yield from filter(None, (institution.governing_body, institution.motto, report.draft_note))
    yield from (*institution.mission, *institution.vision, *institution.structure, *institution.privacy_notice)
    yield from (part for principle in institution.principles for part in principle)
    for unit in report.units:
        yield from (unit.name, *unit.presentation, *unit.strategy)
        yield from filter(None, (unit.objective,))
        for line in unit.lines:
            yield from _texts_of_line(line)


def _texts_of_line(line: LinePart) -> Iterator[str]:
    yield from (line.title, line.goal, f"{line.starts_on:%d/%m/%Y}", f"{line.ends_on:%d/%m/%Y}")
    yield from filter(None, (line.description, line.standstill, line.closing, line.observation))
    for activity in line.activities:
        yield from activity.paragraphs
        yield from (group.caption for group in activity.groups)
    for table in line.tables:
        yield table.caption
        yield from (cell for row in (table.head, *table.rows, table.total or ()) for cell in row)


def figures_of(report: Report) -> Iterator[Any]:
    for _, _, activity in activities(report):
        for group in activity.groups:
            yield from group.figures
