"""Faults found in the evidence folder."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from models.columns import Instant, by_value


class FaultKind(StrEnum):
    ALTERED = "altered"  # a file's content does not match its hash
    MISSING = "missing"  # a file that a row names does not exist
    UNNAMED = "unnamed"  # too many files are named by no row for them to be deleted


class StoreFault(SQLModel, table=True):
    """One fault. `id` is the file's SHA-256, or `UNNAMED_ID`; `files` is how many files it concerns."""

    __tablename__ = "store_fault"

    id: str = Field(primary_key=True)
    kind: FaultKind = Field(sa_type=by_value(FaultKind))
    files: int = 1
    found_at: datetime = Field(sa_type=Instant)
