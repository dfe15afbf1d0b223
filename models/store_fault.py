"""What is wrong with the folder of evidence, for `/estado` and `doctor`, until it is right again."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, Session, SQLModel, col, func, select

from models.columns import Instant, by_value
from models.evidence import Evidence
from models.report_order import MadeReport

UNNAMED_ID = "unnamed"  # the id of the only row of `FaultKind.UNNAMED`


class FaultKind(StrEnum):
    ALTERED = "altered"  # a file has another content than its hash says
    MISSING = "missing"  # a file that a row names is not there
    UNNAMED = "unnamed"  # so many files are named by no row that they are left where they are


class StoreFault(SQLModel, table=True):
    """One fault; `id` is the file's SHA-256, or `UNNAMED_ID`. `files`: how many files it concerns."""

    __tablename__ = "store_fault"

    id: str = Field(primary_key=True)
    kind: FaultKind = Field(sa_type=by_value(FaultKind))
    files: int = 1
    found_at: datetime = Field(sa_type=Instant)


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
