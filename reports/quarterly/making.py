"""Makes a `Report` from a `Basis`: signed snapshots, and present ones of units that have not signed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models.combine import Combine
from models.programme import plan
from models.programme.format import BoardPart
from models.programme.view import ProgrammeView, UnitView
from models.progress.status import LineStatus, TargetStatus, together
from models.quarter import Quarter, as_of
from models.quarter_end.report_code import code_of
from models.tables.activity import OptionalFacts
from reports.quarterly import captions, tables, wording
from reports.quarterly.basis import Basis, UnitQuarter, hashes
from reports.quarterly.basis import as_json as basis_as_json
from reports.quarterly.board import board
from reports.quarterly.captions import CaptionedPicture
from reports.quarterly.content import (
    ActivityPart,
    AdjustmentPart,
    EntryPart,
    LinePart,
    Report,
    Seal,
    Table,
    TargetPart,
    UnitPart,
)
from reports.quarterly.files import file_part, sealed
from reports.quarterly.institution_part import Images, institution_part
from reports.quarterly.numbering import Numbering
from reports.quarterly.sources import gather
from reports.texts import quarterly as texts
from spanish.rewording.sentence import House, house_of

Said = dict[str, Any]


@dataclass
class _Making:
    """Data of the whole report that its parts need."""

    quarter: Quarter
    on: date
    people: Mapping[int | None, str]
    numbering: Numbering
    zone: ZoneInfo
    house: House


def make(
    session: Session,
    programme: ProgrammeView,
    quarter: Quarter,
    today: date,
    unit: UnitView | None = None,
    images: Images = lambda name: None,
    signed_only: bool = False,
) -> Report:
    """Return the report of a quarter, of the institution or of one unit.

    `images` returns the content of a picture that the programme names (logo, structure). The content of units
    that signed is the signed one; the report is a draft while any of its units has not signed. With
    `signed_only` the others are left out, and nothing of them is in any figure.
    """
    basis = gather(session, programme, quarter, today, unit, signed_only)
    return of_basis(basis, as_of(quarter, today), images)


def of_basis(basis: Basis, on: date, images: Images = lambda name: None) -> Report:
    """Return the report that is made from these values, as `make` does; the figures are those of `on`."""
    quarter, said, unsigned = basis.quarter, basis.institution, list(basis.unsigned)
    status = tuple(each.stood for each in basis.units)
    stood = together(ProgrammeView(0, quarter.year, said, {}, ()), status, quarter, on)
    numbering = Numbering()
    institution = institution_part(said, images, numbering)
    house = house_of(said.get("impersonal"), *basis.names)
    making = _Making(quarter, on, basis.people, numbering, basis.zone, house)
    units = tuple(_unit(making, each) for each in basis.units)
    files = tuple(file for each in basis.units for file in sealed(each.stood.unit.name, each.said))
    draft = bool(unsigned) or not basis.units
    report = Report(
        quarter=quarter,
        whole=basis.unit is None,
        on=on,
        institution=institution,
        title=texts.title(said["short_name"], said.get("report_title"), quarter, basis.unit),
        heading=texts.heading(quarter),
        opening=wording.paragraphs(texts.opening(said.get("report_opening"), said["short_name"], quarter)),
        units=units,
        exact=stood.exact,
        planned=stood.planned,
        shown=texts.percent(stood),
        signal=stood.signal,
        draft=draft,
        draft_note=texts.draft(quarter, on, unsigned, basis.unit is None) if unsigned else None,
        dated_at=_dated_at(basis, on),
        seal=Seal(files, basis.chain.number, basis.chain.hash),
        basis=None if draft else basis_as_json(basis),
        code=None if draft else code_of(quarter, basis.unit is None, hashes(basis)),
    )
    without = frozenset(said.get("report_without") or ())
    return replace(
        report,
        board=board(report, basis.earlier, without),
        figures_listed=BoardPart.FIGURES not in without,
    )


def _dated_at(basis: Basis, on: date) -> datetime:
    """Return the moment of the newest signature or change, else the beginning of the day; local time."""
    return (basis.chain.at or datetime.combine(on, datetime.min.time(), basis.zone)).astimezone(basis.zone)


def _unit(making: _Making, source: UnitQuarter) -> UnitPart:
    said, stood = source.said, source.stood
    strategy = said["unit"]["strategy"]
    listed = isinstance(strategy, list)
    note = said["institution"].get("demand_driven_note")
    lines = zip(stood.lines, said["lines"], strict=True)
    return UnitPart(
        key=stood.unit.key,
        name=stood.unit.name,
        objective=stood.unit.objective,
        strategy=tuple(strategy) if listed else wording.paragraphs(strategy),
        strategy_listed=listed,
        presentation=wording.paragraphs(said["presentation"]),
        lines=tuple(_line(making, each, of_line, note) for each, of_line in lines),
        exact=stood.exact,
        planned=stood.planned,
        shown=texts.percent(stood),
        signal=stood.signal,
        signature=source.signature,
    )


def _line(making: _Making, stood: LineStatus, said: Said, note: str | None) -> LinePart:
    line, quarter = stood.line, making.quarter
    summary = said.get("summary")  # older snapshots have none
    activities = wording.together(summary, tuple(_activities(making, stood, said["activities"])))
    done = tables.done(said["origins"], making.on)
    planned_in = plan.planned_quarters(line, quarter.year, making.on)
    closing_sentence = texts.closing(stood, planned_in, quarter, narrated=bool(activities))
    observation = said["observation"] or (note if line.demand_driven and closing_sentence else None)
    return LinePart(
        number=line.number,
        title=line.title,
        description=line.description,
        goal=line.goal or texts.goal(stood.counting or stood.targets),
        starts_on=line.starts_on,
        ends_on=line.ends_on,
        demand_driven=line.demand_driven,
        targets=tuple(
            _target(each, of_target, done(each, quarter.first_day, quarter.last_day))
            for each, of_target in zip(stood.targets, said["targets"], strict=True)
        ),
        exact=stood.exact,
        planned=stood.planned,
        due=stood.due,
        shown=texts.percent(stood),
        signal=stood.signal,
        activities=activities,
        tables=tuple(_tables(making, stood, said)),
        standstill=texts.standstill(said["standstill"]) if said["standstill"] else None,
        closing=closing_sentence,
        observation=texts.observation(observation) if observation else None,
        summary=summary,
        indicator=said["indicator"] or {},
    )


def _tables(making: _Making, stood: LineStatus, said: Said) -> Iterator[Table]:
    for table, caption in tables.of_line(stood, said, making.quarter, making.on):
        yield making.numbering.table(table, caption)


def _target(stood: TargetStatus, said: Said, done: Fraction | None) -> TargetPart:
    return TargetPart(
        measure=stood.target.measure,
        informative=stood.target.informative,
        counts_when=stood.target.counts_when,
        programmed=Decimal(said["programmed"]),
        amount=Decimal(said["amount"]),
        counted=Decimal(said["counted"]),
        pending=Decimal(said["pending"]),
        planned=Fraction(said["planned"]),
        by_quarter=tuple(map(Fraction, said["by_quarter"])),
        adjustments=tuple(
            AdjustmentPart(
                date.fromisoformat(each["on"]),
                Decimal(each["amount"]),
                each["reason"],
                each["letter"],
                Combine(each.get("combine", Combine.SUM)),
            )
            for each in said["adjustments"]
        ),
        combine=stood.combine,
        done=done,
    )


def _activities(making: _Making, stood: LineStatus, said: list[Said]) -> Iterator[ActivityPart]:
    """Yield a line's activities, each with the groups of pictures that are printed after it."""
    made = [_activity(making, stood, each) for each in said]
    pictures = [_pictures(making, each, of) for each, of in zip(made, said, strict=True)]
    for activity, groups in zip(made, captions.grouped(pictures), strict=True):
        yield replace(activity, groups=tuple(map(making.numbering.group, groups)))


def _pictures(making: _Making, activity: ActivityPart, said: Said) -> list[CaptionedPicture]:
    span = activity.starts_on, activity.ends_on

    def worded(message: str) -> str:
        return wording.worded(said, message, span, making.zone, making.house)

    return captions.captioned(said["evidence"], activity.narrative, activity.text, span, worded)


def _activity(making: _Making, stood: LineStatus, said: Said) -> ActivityPart:
    span = date.fromisoformat(said["starts_on"]), date.fromisoformat(said["ends_on"])
    people = wording.people_of(said)
    targets = {each.target.id: each.target for each in stood.targets}
    entries = tuple(
        (EntryPart(each["measure"], Decimal(each["quantity"]), Decimal(each["pending"])), each["target"])
        for each in said["entries"]
    )
    documents = tuple(said["documents"])
    named = tuple((entry, targets[target]) for entry, target in entries)
    optional = OptionalFacts.model_validate(said)  # a newer field is missing in older snapshots
    text = wording.report_text(said, span, making.zone, making.house)
    return ActivityPart(
        id=said["id"],
        version=said["version"],
        starts_on=span[0],
        ends_on=span[1],
        narrative=said["narrative"],
        text=text,
        paragraphs=wording.of_activity(
            text, span, making.quarter.year, people, named, documents, optional.place
        ),
        optional=optional,
        people=people,
        entries=tuple(entry for entry, _ in entries),
        documents=documents,
        evidence=tuple(map(file_part, said["evidence"])),
        groups=(),
        registered_by=making.people.get(said["registered_by"]),
        registered_at=datetime.fromisoformat(said["registered_at"]),
    )
