"""When the running process last showed that it lives."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.columns import Instant


class SignOfLife(SQLModel, table=True):
    """One row, written every few seconds by the process that works with the database.

    Both instants are by the machine's clock, also where the bot's clock is set, as in the demo.
    """

    __tablename__ = "sign_of_life"

    id: int = Field(default=1, primary_key=True)
    beat_at: datetime = Field(sa_type=Instant)
    started_at: datetime = Field(sa_type=Instant)
