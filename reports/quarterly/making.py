"""Makes a `Report` from signed snapshots, and from present ones of units that have not signed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from models.activities.detail import names
from models.combine import Combine
from models.programme import plan
from models.programme.format import BoardPart
from models.programme.view import ProgrammeView, UnitView, programmes
from models.progress.status import LineStatus, TargetStatus, together
from models.quarter import Quarter, as_of
from models.storage.audit import GENESIS
from models.tables.activity import OptionalFacts
from models.tables.signature import Signature
from reports.quarterly import captions, tables, wording
from reports.quarterly.board import board
from reports.quarterly.captions import CaptionedPicture
from reports.quarterly.chain import chain_at
from reports.quarterly.content import (
    ActivityPart,
    AdjustmentPart,
    EntryPart,
    LinePart,
    Report,
    Seal,
    SignaturePart,
    Table,
    TargetPart,
    UnitPart,
)
from reports.quarterly.files import file_part, sealed
from reports.quarterly.institution_part import Images, institution_part
from reports.quarterly.numbering import Numbering
from reports.quarterly.sources import Source, earlier_quarters, unit_sources
from reports.texts import quarterly as texts
from spanish.rewording.sentence import House

Said = dict[str, Any]


@dataclass
class _Making:
    """Data of the whole report that its parts need."""

    quarter: Quarter
    on: date
    people: dict[int | None, str]
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
    on = as_of(quarter, today)
    sources = unit_sources(session, programme, quarter, on, today, unit)
    if signed_only:
        sources = [each for each in sources if each.signature is not None]
    whole = unit is None
    newest = max((each.signature for each in sources if each.signature), key=_signed_at, default=None)
    unsigned = [each.stood.unit.name for each in sources if each.signature is None]
    said = sources[0].said["institution"] if sources and not unsigned else programme.institution
    stood = together(programme, tuple(each.stood for each in sources), quarter, on)
    numbering = Numbering()
    institution = institution_part(said, images, numbering)
    zone = programmes(session).zone
    making = _Making(quarter, on, _names(session, sources), numbering, zone, wording.house(programme))
    units = tuple(_unit(making, each) for each in sources)
    files = tuple(file for each in sources for file in sealed(each.stood.unit.name, each.said))
    entry = chain_at(session, newest if not unsigned else None)
    without = frozenset(said.get("report_without") or ())
    earlier = (
        () if BoardPart.COMPARISON in without else tuple(earlier_quarters(session, quarter, today, unit))
    )
    moment = newest.signed_at if newest and not unsigned else entry.at if entry else None
    report = Report(
        quarter=quarter,
        whole=whole,
        on=on,
        institution=institution,
        title=texts.title(said["short_name"], said.get("report_title"), quarter, unit.name if unit else None),
        heading=texts.heading(quarter),
        opening=wording.paragraphs(texts.opening(said.get("report_opening"), said["short_name"], quarter)),
        units=units,
        exact=stood.exact,
        planned=stood.planned,
        shown=texts.percent(stood),
        signal=stood.signal,
        draft=bool(unsigned) or not sources,
        draft_note=texts.draft(quarter, on, unsigned, whole) if unsigned else None,
        dated_at=_dated_at(session, moment, on),
        seal=Seal(files, entry.seq if entry else 0, entry.hash if entry else GENESIS),
    )
    return replace(report, board=board(report, earlier, without))


def _dated_at(session: Session, moment: datetime | None, on: date) -> datetime:
    """Return the moment, else the beginning of the day, in the institution's time."""
    zone = programmes(session).zone
    return (moment or datetime.combine(on, datetime.min.time(), zone)).astimezone(zone)


def _signed_at(signature: Signature) -> datetime:
    return signature.signed_at


def _names(session: Session, sources: list[Source]) -> dict[int | None, str]:
    authors = (
        activity["registered_by"]
        for source in sources
        for line in source.said["lines"]
        for activity in line["activities"]
    )
    signers = (
        person
        for source in sources
        if source.signature
        for person in (source.signature.signed_by, source.signature.in_place_of)
    )
    return names(session, [*authors, *signers])


def _unit(making: _Making, source: Source) -> UnitPart:
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
        signature=_signature(making, source.signature),
    )


def _signature(making: _Making, signature: Signature | None) -> SignaturePart | None:
    if signature is None:
        return None
    replaced = making.people.get(signature.in_place_of) if signature.in_place_of else None
    by = making.people.get(signature.signed_by)
    return SignaturePart(by, replaced, signature.signed_at, signature.sha256)


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
