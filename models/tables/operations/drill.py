"""Trials of restoring a backup."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.columns import Instant


class RestoreDrill(SQLModel, table=True):
    """One trial of the backup at `place`. `failure` is why it could not be restored, None if it could."""

    __tablename__ = "restore_drill"

    id: int | None = Field(default=None, primary_key=True)
    done_at: datetime = Field(sa_type=Instant)
    place: str
    made_at: datetime | None = Field(default=None, sa_type=Instant)
    failure: str | None = None
