"""Groups that became supergroups, with their new ids."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from models.columns import Instant


class ChatMove(SQLModel, table=True):
    """The chat `chat_id` has the id `new_chat_id` since `moved_at`."""

    __tablename__ = "chat_move"

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    new_chat_id: int = Field(sa_type=BigInteger)
    moved_at: datetime = Field(sa_type=Instant)
