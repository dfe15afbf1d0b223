"""What a signed report rests on, held against the hashes that were signed and against the database."""

from collections.abc import Iterator

from sqlmodel import Session, select

from models.activities.detail import names
from models.chain import anchor
from models.quarter_end import signing
from models.quarter_end.snapshot import digest
from models.tables.signature import Signature
from reports.quarterly.basis import Basis, UnitQuarter
from reports.verifying.finding import Alteration, instead


def not_as_hashed(basis: Basis) -> Iterator[Alteration]:
    """Yield the units whose snapshot has another hash than the signature, or is another quarter's."""
    for each in basis.units:
        yield from _not_as_hashed(each)
        if each.said["quarter"] != basis.quarter.key:
            where = f"signature of {each.stood.unit.name}"
            yield Alteration(where, f"what was signed is of {each.said['quarter']}")


def _not_as_hashed(unit: UnitQuarter) -> Iterator[Alteration]:
    signed = unit.signature.sha256 if unit.signature else None
    if digest(unit.text) != signed:
        where = f"signature of {unit.stood.unit.name}"
        yield Alteration(where, f"what was signed has the hash {digest(unit.text)}, not {signed}")


def confirmed(session: Session, basis: Basis) -> list[Alteration]:
    """Return which of `not_as_hashed` are right: a forgotten person's name was taken out of what was signed.

    The database has the same text, and its audit chain says so.
    """
    found = []
    for each in basis.units:
        signed = each.signature.sha256 if each.signature else None
        row = session.exec(select(Signature).where(Signature.sha256 == signed)).first()
        if row is not None and row.snapshot == each.text and signing.verify(session, row):
            found += list(_not_as_hashed(each))
    return found


def not_in_database(session: Session, basis: Basis) -> Iterator[Alteration]:
    """Yield what differs from the signatures in the database: contents, signers, moments; the chain's."""
    for each in basis.units:
        yield from _not_stored(session, each)
    head = anchor.Head(basis.chain.hash, basis.chain.number)
    if (reason := anchor.look_up(session, head).reason) is not None:
        yield Alteration("audit chain", reason)


def _not_stored(session: Session, unit: UnitQuarter) -> Iterator[Alteration]:
    said, where = unit.signature, f"signature of {unit.stood.unit.name}"
    assert said is not None
    row = session.exec(select(Signature).where(Signature.sha256 == said.sha256)).first()
    if row is None:
        yield Alteration(where, f"this database has no signature {said.sha256}")
        return
    if not signing.verify(session, row):
        yield Alteration(where, "it was altered in this database")
    if row.snapshot != unit.text:
        yield Alteration(where, "what was signed is not what this database has")
    people = names(session, (row.signed_by, row.in_place_of))
    if (by := people.get(row.signed_by)) != said.signed_by:
        yield Alteration(where, f"signed by {instead(said.signed_by, by)}")
    replaced = people.get(row.in_place_of) if row.in_place_of else None
    if replaced != said.in_place_of:
        yield Alteration(where, f"in place of {instead(said.in_place_of, replaced)}")
    if row.signed_at != said.signed_at:
        yield Alteration(where, f"signed at {instead(said.signed_at.isoformat(), row.signed_at.isoformat())}")
