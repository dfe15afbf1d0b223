"""The fields of a programme file, whether read from YAML or from the database.

Fields are validated one by one here; `models.programme_file.checks` checks that they agree. Amounts are exact
decimals here, and integers scaled by the target's `decimals` in the tables.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from models.combine import Combine
from models.programme.field_types import (
    Amount,
    Colour,
    Day,
    Decimals,
    GivenCombine,
    GivenFont,
    Label,
    Plan,
    Quantity,
    Slug,
    Text,
    Texts,
    Title,
    Word,
    Year,
    Zone,
    refuse,
)

PLACEHOLDERS = ("trimestre", "meses", "ejercicio")  # of `report_title` and `report_opening`, in braces


def _nothing_said(indicator: "Indicator | None") -> "Indicator | None":
    """Return None for an indicator without fields; a workbook cannot tell the two apart."""
    return None if indicator == Indicator() else indicator


class _Given(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class BoardPart(StrEnum):
    """A part of the report that is made for the governing body, before the units' own pages."""

    SUMMARY = "summary"
    LINES = "lines"
    PARTICIPANTS = "participants"
    COMPARISON = "comparison"
    DEVIATIONS = "deviations"
    ACRONYMS = "acronyms"
    SIGNATURES = "signatures"
    FIGURES = "figures"  # the list of tables and photographs


def _board_part(value: Any) -> Any:
    try:
        return BoardPart(value)
    except ValueError:
        raise refuse("board_part_unknown", given=str(value)[:40], known=", ".join(BoardPart)) from None


GivenBoardPart = Annotated[BoardPart, BeforeValidator(_board_part)]


class Principle(_Given):
    name: Label
    text: Text


class Signatory(_Given):
    """Who signs the printed report, below a word such as «Elaboró»."""

    role: Annotated[Label, Field(max_length=60)]
    name: Label
    post: Label | None = None


class GivenDesign(_Given):
    """How reports look; what is not given is as `reports.design.Design` has it. Colours are «6B1D35»."""

    font: GivenFont | None = None
    text_size: Annotated[int, Field(ge=8, le=13)] | None = None  # points
    accent: Colour | None = None
    rule: Colour | None = None
    tint: Colour | None = None
    picture_height: Annotated[int, Field(ge=40, le=100)] | None = None  # millimetres
    numbered_chapters: bool | None = None
    units_on_new_page: bool | None = None


def _no_design(design: GivenDesign | None) -> GivenDesign | None:
    """Return None for a design without fields, like `_nothing_said`."""
    return None if design == GivenDesign() else design


class Institution(_Given):
    """The institution and the opening texts of its reports. Stored whole, as JSON.

    `report_without`: the parts for the board that its reports leave out.
    `second_factor`: whether a PIN is asked for before signing and the like (`models.people.pin`).
    `privacy_notice_version`: what people accepted is kept by this name (`models.people.privacy`).
    `impersonal`: whether reports say «se entregó» where people wrote «entregamos»; None: they do.
    """

    name: Label
    short_name: Annotated[Label, Field(max_length=30)]
    motto: Label | None = None
    mission: Text | None = None
    vision: Text | None = None
    principles: tuple[Principle, ...] = ()
    acronyms: tuple[Principle, ...] = ()
    signatories: Annotated[tuple[Signatory, ...], Field(max_length=12)] = ()
    report_without: tuple[GivenBoardPart, ...] = ()
    structure: Text | None = None
    structure_image: Label | None = None
    governing_body: Label | None = None
    report_title: Title | None = None
    report_opening: Text | None = None
    demand_driven_note: Text | None = None
    privacy_notice: Text | None = None
    data_license: Label | None = None
    logo: Label | None = None
    second_factor: bool = True
    privacy_notice_version: Annotated[Label, Field(max_length=30)] | None = None
    impersonal: bool | None = None
    design: Annotated[GivenDesign | None, AfterValidator(_no_design)] = None


class CalendarSettings(_Given):
    """The time zone, the working days until a quarter closes, and the holidays."""

    timezone: Zone
    closes_after_working_days: Annotated[int, Field(ge=0, le=60)] = 5
    holidays: tuple[Day, ...] = ()


class Indicator(_Given):
    """The further fields of the transparency platform's table of indicators."""

    objective: Text | None = None
    name: Text | None = None
    dimension: Label | None = None
    definition: Text | None = None
    method: Text | None = None
    frequency: Label | None = None
    baseline: Label | None = None
    direction: Label | None = None
    source: Text | None = None


class Opening(_Given):
    """What had been counted by a day when an agency begins within a year, and the source."""

    on: Day
    counted: Quantity
    source: Text


class GivenTarget(_Given):
    """A "meta" as the file gives it: `amount` of a `measure` (a plural noun), and its plan.

    `aliases` are other words that people use for the measure.
    """

    amount: Amount
    measure: Word
    aliases: Annotated[tuple[Word, ...], Field(max_length=20)] = ()
    decimals: Decimals = 0
    plan: Plan | None = None
    counts_when: Annotated[Label, Field(max_length=120)] | None = None
    informative: bool = False
    combine: GivenCombine = Combine.SUM
    opening: Opening | None = None


class GivenLine(_Given):
    """A "línea de acción" as the file gives it, errors in its dates included.

    `goal` is the goal in full words, for reports; without it they make it of the targets. `in_force_from` is
    set if it was added during the year, `in_force_until` if it ended early.
    """

    number: Annotated[int, Field(ge=1, le=999)]
    title: Title
    description: Text | None = None
    goal: Text | None = None
    starts_on: Day
    ends_on: Day
    demand_driven: bool = False
    in_force_from: Day | None = None
    in_force_until: Day | None = None
    indicator: Annotated[Indicator | None, AfterValidator(_nothing_said)] = None
    targets: Annotated[tuple[GivenTarget, ...], Field(min_length=1)]


class GivenUnit(_Given):
    """An "órgano administrativo" with its lines. `key` is the same every year."""

    key: Slug
    name: Label
    aliases: tuple[Word, ...] = ()
    objective: Text | None = None
    strategy: Texts | None = None
    lines: Annotated[tuple[GivenLine, ...], Field(min_length=1)]


class ProgrammeFile(_Given):
    """One year's whole programme."""

    institution: Institution
    year: Year
    calendar: CalendarSettings
    units: Annotated[tuple[GivenUnit, ...], Field(min_length=1)]


def scaled(amount: Decimal, decimals: int) -> int:
    """Return the stored integer. Raises ValueError if the amount has more decimals than that."""
    exact = amount.scaleb(decimals)
    if exact != exact.to_integral_value():
        raise ValueError(f"{amount} has more than {decimals} decimals")
    return int(exact)


def unscaled(stored: int, decimals: int) -> Decimal:
    """Return the decimal of a stored integer, without trailing zeros: 125, 1 → 12.5."""
    whole, rest = divmod(stored, 10**decimals)
    return Decimal(whole) if rest == 0 else Decimal(stored).scaleb(-decimals).normalize()
