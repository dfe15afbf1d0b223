"""Faults of the evidence folder, stored until they are repaired, for `/estado` and `doctor`."""

from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from models.tables.evidence import Evidence
from models.tables.operations.store_fault import FaultKind, StoreFault
from models.tables.report import MadeReport

UNNAMED_ID = "unnamed"  # the id of the only row of `FaultKind.UNNAMED`


def note(session: Session, fault: StoreFault) -> bool:
    """Store a fault; return whether it is new."""
    known = session.get(StoreFault, fault.id)
    if known is not None:
        known.kind, known.files = fault.kind, fault.files
        return False
    session.add(fault)
    session.flush()
    return True


def mended(session: Session, fault_id: str) -> bool:
    """Delete a fault; return whether there was one."""
    known = session.get(StoreFault, fault_id)
    if known is None:
        return False
    session.delete(known)
    return True


def count(session: Session, kind: FaultKind) -> int:
    """Return how many files have that fault."""
    total = select(func.sum(StoreFault.files)).where(StoreFault.kind == kind)
    return session.exec(total).one() or 0


def faulty_files(session: Session) -> Sequence[StoreFault]:
    """Return the altered and missing files, oldest fault first."""
    of_one_file = col(StoreFault.kind) != FaultKind.UNNAMED
    return session.exec(select(StoreFault).where(of_one_file).order_by(col(StoreFault.found_at))).all()


def pieces_of(session: Session, sha256: str) -> Sequence[Evidence]:
    """Return the pieces of evidence whose original or copy that file is."""
    either = (col(Evidence.sha256) == sha256) | (col(Evidence.copy_sha256) == sha256)
    return session.exec(select(Evidence).where(either).order_by(col(Evidence.id))).all()


def report_of(session: Session, sha256: str) -> MadeReport | None:
    """Return the report whose file it is, or None."""
    return session.exec(select(MadeReport).where(MadeReport.sha256 == sha256)).first()
