"""What the audit chain stores of a written row: its values, and digests of personal ones.

Numbers, dates, instants, choices and content hashes are stored as they are. Texts, JSON, coordinates, and
Telegram's ids of accounts, chats and messages are stored as a digest with the entry's salt, so that they
cannot be guessed without it.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic_core import PydanticUndefined
from sqlalchemy import JSON, Boolean, Date, DateTime, Enum, Float, Integer, String, Table, TypeDecorator
from sqlmodel import SQLModel

from models.storage import truth

PERSONAL_NUMBERS = frozenset({"telegram_id", "chat_id", "message_id", "latitude", "longitude"})
CONTENT_HASH = "sha256"  # the ending of names of columns with a content hash, which is stored as it is
_DIGEST_BYTES = 16


class Wrote(StrEnum):
    INSERT = "+"
    UPDATE = "="
    DELETE = "-"


@dataclass(frozen=True)
class ColumnForm:
    """How a column's value is written to the chain; `personal` values become a digest."""

    name: str
    write: Callable[[Any], Any]
    personal: bool


@dataclass(frozen=True)
class RowImage:
    """One write of one row. `key` is its primary key as JSON, `values` what was written, without the key."""

    table: str
    key: str
    wrote: Wrote
    values: Mapping[str, Any]

    def stored(self, salt: str) -> list[Any]:
        """Return the write as the chain stores it: plain values, and digests of personal ones. Empty values
        of an insertion are left out."""
        forms = forms_by_name(self.table)
        plain: dict[str, Any] = {}
        digests: dict[str, str] = {}
        for name, value in self.values.items():
            if value is None:
                if self.wrote is not Wrote.INSERT:
                    plain[name] = None
            elif forms[name].personal:
                digests[name] = digest(salt, self.table, self.key, name, value)
            else:
                plain[name] = value
        return [self.table, self.key, self.wrote.value, plain, digests]


@cache
def key_forms(table: Table) -> tuple[ColumnForm, ...]:
    return tuple(_form(table, each) for each in table.primary_key.columns)


@cache
def value_forms(table: Table) -> tuple[ColumnForm, ...]:
    """Return the form of every recorded column except the key."""
    return tuple(_form(table, each) for each in truth.columns(table) if not each.primary_key)


@cache
def forms_by_name(table: str) -> Mapping[str, ColumnForm]:
    return {each.name: each for each in value_forms(next(t for t in truth.tables() if t.name == table))}


@cache
def declared_default(table: str, column: str) -> Any:
    """Return what a column that cannot be empty holds where nothing was written to it, or None.

    Such a row was written by an earlier version that had no such column, after a later one had added it.
    """
    if SQLModel.metadata.tables[table].c[column].nullable:
        return None
    default = _class_of(table).model_fields[column].get_default(call_default_factory=True)
    return None if default is PydanticUndefined else forms_by_name(table)[column].write(default)


def _class_of(table: str) -> type[SQLModel]:
    """Return the class of that table, which may inherit from another one without a table."""
    found = SQLModel.__subclasses__()
    for each in found:
        if getattr(each, "__table__", None) is SQLModel.metadata.tables[table]:
            return each
        found += each.__subclasses__()
    raise KeyError(table)


def key_of(values: Sequence[Any]) -> str:
    return canonical(list(values))


def digest(salt: str, table: str, key: str, column: str, value: Any) -> str:
    """Return the digest of one personal value, bound to its row and column."""
    text = canonical([table, key, column, value])
    return hashlib.blake2b(text.encode(), key=salt.encode(), digest_size=_DIGEST_BYTES).hexdigest()


def canonical(value: Any) -> str:
    """Return JSON that is equal for equal values."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _form(table: Table, column: Any) -> ColumnForm:
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    is_text = isinstance(kind, String) and not isinstance(kind, Enum)
    is_plain_text = is_text and column.name.endswith(CONTENT_HASH)
    hidden = (is_text and not is_plain_text) or isinstance(kind, JSON) or column.name in PERSONAL_NUMBERS
    return ColumnForm(column.name, _writer(kind), hidden or not _is_known(kind))


def _is_known(kind: Any) -> bool:
    return isinstance(kind, String | Boolean | Integer | Float | DateTime | Date)


def _writer(kind: Any) -> Callable[[Any], Any]:
    if isinstance(kind, JSON):
        return _json
    if isinstance(kind, Boolean):
        return bool
    if isinstance(kind, DateTime):
        return _moment
    if isinstance(kind, Date):
        return date.isoformat
    return _as_it_is if isinstance(kind, Integer | Float) else str


def _json(value: Any) -> Any:
    """Return the value as the database returns it: keys are text, sequences are lists."""
    return json.loads(json.dumps(value))


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _as_it_is(value: Any) -> Any:
    return value
