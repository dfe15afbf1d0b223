"""The account of Telegram that the bot has."""

from datetime import datetime

from sqlalchemy import BigInteger
from sqlmodel import Field, SQLModel

from models.columns import Instant


class BotAccount(SQLModel, table=True):
    """One row: the account that this database was used with last.

    `since`: message numbers of before are another account's.
    """

    __tablename__ = "bot_account"

    id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    since: datetime = Field(sa_type=Instant)
