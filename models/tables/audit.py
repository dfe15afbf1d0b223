"""The entries of the audit chain; see `models.storage.audit`."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Text
from sqlmodel import Field, SQLModel

from models.columns import Instant


class Audit(SQLModel, table=True):
    __tablename__ = "audit"

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=Instant)
    actor: str  # "person:7", "command line", "bot"
    action: str
    subject: str  # "activity:12"
    before: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    after: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    salt: str | None = None
    digest: str
    rows: str | None = Field(default=None, sa_type=Text)  # JSON
    hash: str
