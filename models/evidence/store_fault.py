"""What is wrong with the folder of evidence, for `/estado` and `doctor`, until it is right again."""

from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from models.tables.evidence import Evidence
from models.tables.report import MadeReport
from models.tables.store_fault import FaultKind, StoreFault

UNNAMED_ID = "unnamed"  # the id of the only row of `FaultKind.UNNAMED`


def note(session: Session, fault: StoreFault) -> bool:
    """Store a fault; whether it was not known yet."""
    known = session.get(StoreFault, fault.id)
    if known is not None:
        known.kind, known.files = fault.kind, fault.files
        return False
    session.add(fault)
    session.flush()
    return True


def mended(session: Session, fault_id: str) -> bool:
    """Forget a fault; whether there was one."""
    known = session.get(StoreFault, fault_id)
    if known is None:
        return False
    session.delete(known)
    return True


def count(session: Session, kind: FaultKind) -> int:
    """How many files have that fault."""
    total = select(func.sum(StoreFault.files)).where(StoreFault.kind == kind)
    return session.exec(total).one() or 0


def faulty_files(session: Session) -> Sequence[StoreFault]:
    """The files that are altered or missing, the oldest fault first."""
    of_one_file = col(StoreFault.kind) != FaultKind.UNNAMED
    return session.exec(select(StoreFault).where(of_one_file).order_by(col(StoreFault.found_at))).all()


def pieces_of(session: Session, sha256: str) -> Sequence[Evidence]:
    """The pieces of evidence whose original or copy that file is."""
    either = (col(Evidence.sha256) == sha256) | (col(Evidence.copy_sha256) == sha256)
    return session.exec(select(Evidence).where(either).order_by(col(Evidence.id))).all()


def report_of(session: Session, sha256: str) -> MadeReport | None:
    """The report whose file it is."""
    return session.exec(select(MadeReport).where(MadeReport.sha256 == sha256)).first()
