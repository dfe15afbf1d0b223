"""Gathers what a report is made from: signed snapshots, and present ones of units that have not signed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import Session

from models.activities.detail import names
from models.calendar import closing
from models.programme.format import BoardPart
from models.programme.view import ProgrammeView, UnitView, programmes
from models.progress.status import together
from models.quarter import Quarter, as_of
from models.quarter_end.snapshot import snapshot
from models.storage.audit import GENESIS
from models.tables.signature import Signature
from reports.quarterly.basis import Basis, ChainEntry, UnitQuarter, own_names
from reports.quarterly.chain import chain_at
from reports.quarterly.content import EarlierQuarter, SignaturePart


class FoundQuarter(NamedTuple):
    """A unit's quarter, and the row of the signature in force, if any."""

    unit: UnitQuarter
    signature: Signature | None


def gather(
    session: Session,
    programme: ProgrammeView,
    quarter: Quarter,
    today: date,
    unit: UnitView | None,
    signed_only: bool,
    signatures: Mapping[int, Signature] | None = None,
) -> Basis:
    """Return what the report of a quarter is made from, of all units or of one.

    `signatures`: by unit, those of an earlier report instead of those in force.
    """
    on = as_of(quarter, today)
    found = unit_sources(session, programme, quarter, on, today, unit, signatures)
    if signed_only:
        found = [each for each in found if each.signature is not None]
    newest = max((each.signature for each in found if each.signature), key=_signed_at, default=None)
    unsigned = tuple(each.unit.stood.unit.name for each in found if each.signature is None)
    said = found[0].unit.said["institution"] if found and not unsigned else programme.institution
    entry = chain_at(session, newest if not unsigned else None)
    moment = newest.signed_at if newest and not unsigned else entry.at if entry else None
    without = said.get("report_without") or ()
    earlier = () if BoardPart.COMPARISON in without else earlier_quarters(session, quarter, today, unit)
    return Basis(
        quarter=quarter,
        unit=unit.name if unit else None,
        zone=programmes(session).zone,
        institution=said,
        names=own_names(programme.units),
        units=tuple(each.unit for each in found),
        unsigned=unsigned,
        earlier=tuple(earlier),
        chain=ChainEntry(entry.seq, entry.hash, moment) if entry else ChainEntry(0, GENESIS, moment),
        people=_authors(session, found),
    )


def _signed_at(signature: Signature) -> datetime:
    return signature.signed_at


def _authors(session: Session, found: Sequence[FoundQuarter]) -> dict[int | None, str]:
    """Return the names of those who registered the activities, by number."""
    return names(
        session,
        [
            activity["registered_by"]
            for each in found
            for line in each.unit.said["lines"]
            for activity in line["activities"]
        ],
    )


def unit_sources(
    session: Session,
    programme: ProgrammeView,
    quarter: Quarter,
    on: date,
    today: date,
    unit: UnitView | None,
    signatures: Mapping[int, Signature] | None = None,
) -> list[FoundQuarter]:
    """Return the sources of all units with lines in force on that day, or of one unit.

    `signatures` are instead of those in force; units without one are left out then.
    """
    units = (unit,) if unit else programme.units
    if signatures is not None:
        units = tuple(each for each in units if each.id in signatures)
    signed = signatures or closing.signatures(session, [each.id for each in units], quarter)
    if today < quarter.last_day:
        signed = {}
    signers = (person for each in signed.values() for person in (each.signed_by, each.in_place_of))
    people = names(session, signers)
    found = []
    for each in units:
        row = signed.get(each.id)
        text = row.snapshot if row else snapshot(session, programme, each, quarter, on)
        source = UnitQuarter.of(text, signature_part(row, people) if row else None)
        if source.stood.lines or unit:
            found.append(FoundQuarter(source, row))
    return found


def signature_part(row: Signature, people: Mapping[int | None, str]) -> SignaturePart:
    """Return who signed, by name as far as these are known."""
    replaced = people.get(row.in_place_of) if row.in_place_of else None
    return SignaturePart(people.get(row.signed_by), replaced, row.signed_at, row.sha256)


def earlier_quarters(
    session: Session, quarter: Quarter, today: date, unit: UnitView | None
) -> Iterator[EarlierQuarter]:
    """Yield the same quarter of last year and the previous one of this year, where a unit signed them.

    What was not signed is in no figure: a unit's is missing then, and so is the whole.
    """
    asked = [Quarter(quarter.year - 1, quarter.number)]
    if quarter.number > 1:
        asked.append(Quarter(quarter.year, quarter.number - 1))
    years = programmes(session).years
    for each in asked:
        programme = years.get(each.year)
        if programme is None:
            continue
        own = next((other for other in programme.units if unit and other.key == unit.key), None)
        if unit and own is None:
            continue
        sources = unit_sources(session, programme, each, each.last_day, today, own)
        signed = [source.unit.stood for source in sources if source.signature is not None]
        if signed:
            whole = together(programme, tuple(signed), each, each.last_day).exact
            units = {one.unit.key: one.exact for one in signed}
            yield EarlierQuarter(each, whole if len(signed) == len(sources) else None, units)
