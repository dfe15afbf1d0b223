"""The random id of this database."""

from datetime import datetime

from sqlalchemy import String
from sqlmodel import Field, SQLModel

from models.columns import Instant


class Installation(SQLModel, table=True):
    """Normally one row. `id` is a random UUID in hexadecimal, `created_at` is by the database's clock."""

    __tablename__ = "installation"

    id: str = Field(sa_type=String(32), primary_key=True)
    created_at: datetime = Field(sa_type=Instant)
