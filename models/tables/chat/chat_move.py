"""Groups that became supergroups, with their new numbers."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from models.columns import Instant


class ChatMove(SQLModel, table=True):
    """`chat_id` is `new_chat_id` since then."""

    __tablename__ = "chat_move"

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    new_chat_id: int = Field(sa_type=BigInteger)
    moved_at: datetime = Field(sa_type=Instant)
