"""The content of a quarterly report as immutable values, from which all formats are made.

Texts are as people typed them, never markup: each format escapes them itself. Sentences are complete, so that
formats add only headings (`reports.texts.headings`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from models.combine import Combine
from models.programme.format import BoardPart
from models.progress.signal import Signal
from models.quarter import Quarter
from reports.design import Design

if TYPE_CHECKING:  # reading a report's seals needs no database library
    from models.tables.activity import AttendanceFacts, OptionalFacts


class Series(StrEnum):
    """What is numbered through the document, each kind in its own series."""

    PHOTOGRAPH = "photograph"  # sent as a photo
    IMAGE = "image"  # a picture sent as a file (a scan, a screenshot), and the structure's
    TABLE = "table"


@dataclass(frozen=True)
class Figure:
    """One picture. `sha256` is the original's, `copy_sha256` that of the JPEG that is printed."""

    series: Series
    number: int
    sha256: str
    copy_sha256: str
    alternative: str  # a description for people who cannot see it


@dataclass(frozen=True)
class FigureGroup:
    """Pictures of one activity and one series with one caption, to be printed two per row."""

    figures: tuple[Figure, ...]
    caption: str  # «Fotografías 1, 2, 3 y 4. Asesorías.»


@dataclass(frozen=True)
class Table:
    """A table of planned and done amounts, by month or quarter, with cells as printed and labels first."""

    number: int
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]  # each as long as `head`
    total: tuple[str, ...] | None
    caption: str  # «Tabla 2. …»


@dataclass(frozen=True)
class EntryPart:
    """How much of one target an activity claims, and how much of that does not count yet."""

    measure: str
    quantity: Decimal
    pending: Decimal


@dataclass(frozen=True)
class FilePart:
    """One piece of evidence. Without a hash it was not fetched yet, or is a location."""

    kind: str  # a value of `models.tables.evidence.EvidenceKind`
    sha256: str | None
    name: str | None
    media_type: str | None
    bytes: int | None
    latitude: float | None
    longitude: float | None
    shown: bool  # whether a figure of the report shows it
    left_out: str | None = None  # a picture: why not, a value of `models.evidence.look.LeftOutPicture`


@dataclass(frozen=True)
class ActivityPart:
    """One activity. `paragraphs` are its printed text: `text`, then facts that it does not mention.

    `narrative` is what was sent; `text` says the same as a report does.
    """

    id: int
    version: int
    starts_on: date
    ends_on: date
    narrative: str
    text: str
    paragraphs: tuple[str, ...]
    optional: "OptionalFacts" = field(hash=False)
    people: "AttendanceFacts"
    entries: tuple[EntryPart, ...]
    documents: tuple[str, ...]
    evidence: tuple[FilePart, ...]
    groups: tuple[FigureGroup, ...]
    registered_by: str | None  # the name, if still known
    registered_at: datetime

    @property
    def place(self) -> str | None:
        """Return the place, for report templates that print it."""
        return self.optional.place


@dataclass(frozen=True)
class AdjustmentPart:
    on: date
    amount: Decimal
    reason: str
    letter: str | None
    combine: Combine = Combine.SUM  # from that day on


@dataclass(frozen=True)
class TargetPart:
    """A target: `programmed` is the original amount, `amount` the one in force, `counted` what counts.

    `informative`: shown with its plan, never part of a percentage. `counted` is the sum of what was
    registered, or as `combine` says; `planned` and `by_quarter` of a rate are levels.
    """

    measure: str
    informative: bool
    counts_when: str | None
    programmed: Decimal
    amount: Decimal
    counted: Decimal
    pending: Decimal
    planned: Fraction  # to the quarter's end, in the measure's units
    by_quarter: tuple[Fraction, ...]  # the plan of four quarters in force
    adjustments: tuple[AdjustmentPart, ...]
    combine: Combine = Combine.SUM
    done: Fraction | None = None  # in the quarter; None: a rate without a value in it


@dataclass(frozen=True)
class LinePart:
    """A line of action. Shares: 1 is the whole."""

    number: int
    title: str
    description: str | None
    goal: str  # «16 actas y 12 acuerdos en el año», «4 Documentos»
    starts_on: date
    ends_on: date
    demand_driven: bool
    targets: tuple[TargetPart, ...]
    exact: Fraction
    planned: Fraction
    due: Fraction
    shown: str  # the percentage as it is printed: «12.5», «29», «menos de 1»
    signal: Signal
    activities: tuple[ActivityPart, ...]  # in order of their days; with `summary` the first has all
    tables: tuple[Table, ...]
    standstill: str | None  # «sin movimiento» with its reason, as a sentence
    closing: str | None  # «Del 100% de la meta programada, se tiene un avance del 12.5%.»; None: none yet
    observation: str | None  # follows the closing sentence
    summary: str | None  # the first sentence where the activities are told in one paragraph
    indicator: dict[str, Any]  # for the transparency platform: fields of `models.programme.format.Indicator`


@dataclass(frozen=True)
class SignaturePart:
    """Who signed the unit's quarter, when, and the SHA-256 of what was signed."""

    signed_by: str | None
    in_place_of: str | None
    signed_at: datetime
    sha256: str


@dataclass(frozen=True)
class UnitPart:
    key: str
    name: str
    objective: str | None
    strategy: tuple[str, ...]
    strategy_listed: bool  # bullets, else paragraphs
    presentation: tuple[str, ...]  # paragraphs; empty if none was written
    lines: tuple[LinePart, ...]
    exact: Fraction
    planned: Fraction
    shown: str
    signal: Signal
    signature: SignaturePart | None


@dataclass(frozen=True)
class InstitutionPart:
    """The institution. `logo` and `structure_image` are the files' contents, or None if not found."""

    name: str
    short_name: str
    motto: str | None
    mission: tuple[str, ...]
    vision: tuple[str, ...]
    principles: tuple[tuple[str, str], ...]  # name and text
    structure: tuple[str, ...]
    governing_body: str | None
    privacy_notice: tuple[str, ...]
    logo: bytes | None
    structure_image: bytes | None
    structure_caption: str | None  # «Imagen 1. Estructura Organizacional de …», with the image only
    data_license: str | None = None  # of the open data
    acronyms: tuple[tuple[str, str], ...] = ()  # acronym and meaning
    signatories: tuple[tuple[str, str, str], ...] = ()  # «Elaboró», name, post or ""
    design: Design = field(default_factory=Design)
    impersonal: bool | None = None  # whether texts are written without «I» and «we»; None: they are


COPY = "copy"  # the kind of a sealed file that is the printed copy of the one before it


@dataclass(frozen=True)
class SealedFile:
    """An evidence file with its activity, or its printed copy (`kind` is `COPY`).

    `sha256` is None if the file is missing.
    """

    unit: str  # the unit's name
    line: int
    activity: int
    kind: str
    name: str | None
    bytes: int | None
    sha256: str | None


@dataclass(frozen=True)
class Seal:
    """What the report is based on: its evidence files, and the audit chain up to an entry.

    That is the newest entry, or for a signed report the one of its newest signature.
    """

    files: tuple[SealedFile, ...]
    entries: int
    head: str  # SHA-256 in hexadecimal


@dataclass(frozen=True)
class BoardBlock:
    """A heading with what stands below it. `lists`: each with its own heading, or ""."""

    part: BoardPart
    title: str
    paragraphs: tuple[str, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class EarlierQuarter:
    """How far an earlier quarter went, as signed: the whole (None: not all signed), the units by key."""

    quarter: Quarter
    exact: Fraction | None
    units: Mapping[str, Fraction]


@dataclass(frozen=True)
class Report:
    """A quarter of the institution, or of one of its units (`whole` is False)."""

    quarter: Quarter
    whole: bool
    on: date  # the figures are as of the end of this day
    institution: InstitutionPart
    title: str  # «Primer Informe Trimestral del Desempeño de las Actividades de la SESAECH»
    heading: str  # «Informe del Primer Trimestre 2024 (Enero - Marzo)»
    opening: tuple[str, ...]
    units: tuple[UnitPart, ...]
    exact: Fraction
    planned: Fraction
    shown: str
    signal: Signal
    draft: bool
    draft_note: str | None  # «Borrador. Falta la firma de …»
    dated_at: datetime  # the instant of the newest signature, else of the last change; local time
    seal: Seal
    board: tuple[BoardBlock, ...] = ()  # the pages for the governing body
    code: str | None = None  # of a signed report: by which anybody asks the bot about it
    basis: str | None = (
        None  # of a signed report: what it is made from, as `reports.quarterly.basis` writes it
    )
    figures_listed: bool = True  # whether tables and photographs are listed after the contents

    @property
    def signed(self) -> bool:
        return not self.draft
