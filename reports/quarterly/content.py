"""Every figure, sentence, table and picture of a quarterly report, frozen: all formats are made from this.

Texts are as people typed them, never markup: each format escapes them itself. Sentences are whole and final,
so that no format words anything of its own but its headings (`reports.texts.headings`).
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from models.combine import Combine
from models.progress.signal import Signal
from models.quarter import Quarter

if TYPE_CHECKING:  # reading a report's seals needs no database library
    from models.tables.activity import OptionalFacts


class Series(StrEnum):
    """What is numbered through the document, each by itself."""

    PHOTOGRAPH = "photograph"  # taken with a telephone
    IMAGE = "image"  # a picture sent as a file (a scan, a screenshot), and the structure's
    TABLE = "table"


@dataclass(frozen=True)
class Figure:
    """One picture. `sha256` is the original's, `copy_sha256` that of the JPEG which is shown."""

    series: Series
    number: int
    sha256: str
    copy_sha256: str
    alternative: str  # what it shows, for those who do not see it


@dataclass(frozen=True)
class FigureGroup:
    """Pictures of one activity and one series under one caption, to be set two by two."""

    figures: tuple[Figure, ...]
    caption: str  # «Fotografías 1, 2, 3 y 4. Asesorías.»


@dataclass(frozen=True)
class Table:
    """Scheduled and done, by month or by quarter; cells as they are printed, the first column a label."""

    number: int
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]  # each as long as the head
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
    """One piece of evidence. Without a hash it could not be fetched yet, or is a place (`kind` location)."""

    kind: str  # a value of `models.tables.evidence.EvidenceKind`
    sha256: str | None
    name: str | None
    media_type: str | None
    bytes: int | None
    latitude: float | None
    longitude: float | None
    shown: bool  # whether a figure of the report shows it


@dataclass(frozen=True)
class People:
    """Who took part: None where it was not said. Parts add up to `participants` where they are given."""

    participants: int | None
    women: int | None
    men: int | None
    private_sector: int | None
    civil_society: int | None
    academia: int | None
    public_servants: int | None


@dataclass(frozen=True)
class ActivityPart:
    """One activity. `paragraphs` are all that is printed of it: the narrative, then what it does not say."""

    id: int
    version: int
    starts_on: date
    ends_on: date
    narrative: str
    paragraphs: tuple[str, ...]
    optional: "OptionalFacts" = field(hash=False)
    people: People
    entries: tuple[EntryPart, ...]
    documents: tuple[str, ...]
    evidence: tuple[FilePart, ...]
    groups: tuple[FigureGroup, ...]
    registered_by: str | None  # the name, where it is still known
    registered_at: datetime

    @property
    def place(self) -> str | None:
        """For report templates that print it."""
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
    """A target: as `programmed` at first, as it asks for now (`amount`), and what counts of it.

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
    by_quarter: tuple[Fraction, ...]  # four, as it stands now
    adjustments: tuple[AdjustmentPart, ...]
    combine: Combine = Combine.SUM


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
    activities: tuple[ActivityPart, ...]  # in order of their days
    tables: tuple[Table, ...]
    standstill: str | None  # why nothing moved, as a sentence
    closing: str | None  # «Del 100% de la meta programada, se tiene un avance del 12.5%.»; None: none yet
    observation: str | None  # follows the closing sentence
    indicator: dict[str, Any]  # what the transparency platform asks for; see `programme_format.Indicator`


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
    presentation: tuple[str, ...]  # paragraphs; empty where none was written
    lines: tuple[LinePart, ...]
    exact: Fraction
    planned: Fraction
    shown: str
    signal: Signal
    signature: SignaturePart | None


@dataclass(frozen=True)
class InstitutionPart:
    """Whose report it is. `logo` and `structure_image` are the file's content, where it was found."""

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


COPY = "copy"  # the kind of a sealed file that is not evidence but what is printed of the one before it


@dataclass(frozen=True)
class SealedFile:
    """A file of evidence and its activity, or the copy that is printed of it (`kind` is `COPY`).

    `sha256` is None where it is missing.
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
    """What the report rests on: its evidence, and the audit chain up to its newest entry.

    Of a signed report the chain ends with the newest of its signatures.
    """

    files: tuple[SealedFile, ...]
    entries: int
    head: str  # SHA-256 in hexadecimal


@dataclass(frozen=True)
class Report:
    """A quarter of the institution, or of one of its units (`whole` is False)."""

    quarter: Quarter
    whole: bool
    on: date  # the figures stand at the end of this day
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
    dated_at: datetime  # the newest signature's moment, else that of the last change; local time
    seal: Seal

    @property
    def signed(self) -> bool:
        return not self.draft
