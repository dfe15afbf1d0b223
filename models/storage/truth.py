"""Which tables and columns the audit chain covers: all except those named here, with the reason.

A table or column added later is covered without being named.
"""

from collections.abc import Mapping

from sqlalchemy import Column, Table
from sqlmodel import SQLModel

WORKING_TABLES: Mapping[str, str] = {
    "audit": "the chain itself, which is verified entry by entry",
    "inbox": "updates of Telegram until they are handled",
    "outbox": "calls of the Bot API until they are sent",
    "bot_account": "which account of Telegram the bot has",
    "heartbeat": "when Telegram was last heard",
    "sign_of_life": "when the running process last showed that it lives",
    "draft": "cards; what is registered from them is stored in tables of its own",
    "draft_message": "which message belongs to which card",
    "notice": "what was told to whom, so that nothing is told twice",
    "stranger": "accounts that are not linked: what they were told, and their failed codes",
    "chat_move": "which number a group has by now, as Telegram said",
    "code_guesses": "invitation codes that failed, over all strangers",
    "pin_question": "what a person was asked last, until it is answered",
    "store_fault": "files that were found missing or altered, until they are mended",
    "report_order": "reports that were asked for, until they are made",
}
WORKING_COLUMNS: Mapping[tuple[str, str], str] = {
    ("person_pin", "failures"): "wrong PINs since the last right one",
    ("person_pin", "locked_until"): "how long wrong PINs lock it",
    ("evidence", "attempts"): "how often the file was asked for",
    ("evidence", "retry_at"): "when the file is asked for next",
}


def tables() -> list[Table]:
    """Return the tables that the chain covers, by name."""
    known = SQLModel.metadata.tables
    return [known[name] for name in sorted(known) if name not in WORKING_TABLES]


def holds_truth(table: Table) -> bool:
    """Return whether the audit chain covers the table."""
    return table.metadata is SQLModel.metadata and table.name not in WORKING_TABLES


def columns(table: Table) -> list[Column[object]]:
    """Return the recorded columns of a table, its key included."""
    return [each for each in table.columns if (table.name, each.name) not in WORKING_COLUMNS]
