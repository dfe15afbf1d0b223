"""The real first quarter's report with everything that a report can have: pictures, signatures, an annex."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw

from models.tables.evidence import EvidenceKind, place
from reports.quarterly import captions
from reports.quarterly.content import (
    ActivityPart,
    FigureGroup,
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
from tests.reports.samples.first_quarter_report import first_quarter_report

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


class Album:
    """Pictures on disk, stored like evidence by the SHA-256 of their content."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made = 0
        self.copying = 0.0  # seconds that photographs took to be scaled, as on arrival

    def place(self, sha256: str) -> Path:
        return place(self.folder, sha256)

    def draw(self, size: tuple[int, int]) -> str:
        """Draw a unique picture with its number and visible edges and middle; return its SHA-256."""
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
        return self.keep(jpeg(picture))

    def keep(self, content: bytes) -> str:
        sha256 = hashlib.sha256(content).hexdigest()
        self.place(sha256).parent.mkdir(parents=True, exist_ok=True)
        self.place(sha256).write_bytes(content)
        return sha256


@cache
def first_quarter() -> Report:
    with TemporaryDirectory() as folder:
        return first_quarter_report(Path(folder))


def sample(folder: Path) -> tuple[Report, Album]:
    """Return a report of 26 lines; its pictures are in the folder."""
    album = Album(folder)
    report = _illustrated(complete(first_quarter()), album, list(GROUPS))
    return replace(report, seal=replace(report.seal, files=tuple(sealed(report)))), album


def complete(report: Report) -> Report:
    """Add a logo, the structure's picture, presentations, a signature, a monthly table, a standstill."""
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
        lines=(
            *units[1].lines[:-1],
            replace(quiet, activities=(), standstill=texts.standstill("no hubo quórum")),
        ),
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
    """Give every second activity the next group of pictures; a line's fifth shows images."""
    numbering = Numbering()
    numbering.next(Series.IMAGE)
    shown = iter(groups)
    units = []
    for unit in report.units:
        lines = []
        for line in unit.lines:
            activities = [
                _shown(each, next(shown, ()), number, album, numbering) if number % 2 == 0 else each
                for number, each in enumerate(line.activities)
            ]
            lines.append(replace(line, activities=tuple(activities)))
        units.append(replace(unit, lines=tuple(lines)))
    return replace(report, units=tuple(units))


def _shown(
    activity: ActivityPart,
    sizes: Sequence[tuple[int, int]],
    number: int,
    album: Album,
    numbering: Numbering,
) -> ActivityPart:
    kind = EvidenceKind.DOCUMENT if number == 4 else EvidenceKind.PHOTO
    copies = [album.draw(each) for each in sizes]
    files = [file_of(kind, copy) for copy in copies]
    span = (activity.starts_on, activity.ends_on)
    groups = pictured(numbering, files, activity.narrative, span)
    return replace(activity, groups=groups, evidence=(*activity.evidence, *files))


def pictured(
    numbering: Numbering, files: Sequence[FilePart], text: str, span: tuple[date, date]
) -> tuple[FigureGroup, ...]:
    """Return files of an activity as numbered pictures; each is its own copy."""
    said = [{**vars(file), "copy_sha256": file.sha256, "caption": None} for file in files]
    found = captions.captioned(said, text, text, span, lambda message: message)
    return tuple(numbering.group(each) for group in captions.grouped([found]) for each in group)


def file_of(kind: EvidenceKind, sha256: str) -> FilePart:
    return FilePart(kind, sha256, f"IMG_{sha256[:8]}.jpg", "image/jpeg", 1_234_567, None, None, True)


def sealed(report: Report) -> Iterator[SealedFile]:
    for unit, line, activity in activities(report):
        for each in activity.evidence:
            yield SealedFile(
                unit.name, line.number, activity.id, each.kind, each.name, each.bytes, each.sha256
            )
    unit, line, activity = next(activities(report))
    yield SealedFile(unit.name, line.number, activity.id, "voice", None, None, None)


def activities(report: Report) -> Iterator[tuple[UnitPart, LinePart, ActivityPart]]:
    for unit in report.units:
        for line in unit.lines:
            for activity in line.activities:
                yield unit, line, activity


def drawing(width: int, height: int, text: str) -> bytes:
    """Return a PNG with a frame and a text."""
    picture = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((6, 6, width - 7, height - 7), outline="#1F3250", width=10)
    pen.text((width / 2, height / 2), text, "#1F3250", font_size=height // 8, anchor="mm")
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def jpeg(picture: Image.Image) -> bytes:
    written = BytesIO()
    picture.save(written, "JPEG", quality=88)
    return written.getvalue()
