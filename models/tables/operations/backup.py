"""Backups that were made."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from models.columns import Instant


class Backup(SQLModel, table=True):
    """One backup. `place` is its path as given, `bytes` its size, `files` its number of evidence files."""

    __tablename__ = "backup"

    id: int | None = Field(default=None, primary_key=True)
    made_at: datetime = Field(sa_type=Instant)
    place: str
    bytes: int = Field(sa_type=BigInteger)
    files: int
