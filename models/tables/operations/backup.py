"""Backups that were made."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from models.columns import Instant


class Backup(SQLModel, table=True):
    """One backup. `place` is its path as it was given, `files` how many pieces of evidence are in it."""

    __tablename__ = "backup"

    id: int | None = Field(default=None, primary_key=True)
    made_at: datetime = Field(sa_type=Instant)
    place: str
    bytes: int = Field(sa_type=BigInteger)
    files: int
