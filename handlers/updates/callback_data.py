"""Callback data as frozen dataclasses: packed by a button, unpacked for the handler that it is pressed for.

One class per verb, `class Undo(CallbackData, verb="undo")`, with the fields that follow the verb:

    @dataclass(frozen=True)
    class Undo(CallbackData, verb="undo"):
        activity_id: int

    Undo(12).pack() == "undo:12"

Where one verb has buttons of several forms, the class of the verb has a subclass for each, told apart by a
`prefix`: `class UnitPage(ProgressData, prefix="u")` is «p:u:…».

A field is an `int`, a `Literal` of words, a `StrEnum`, a `Quarter`, a `date`, or one of the annotated types
below. `X | None = None` at the end may be left out; `X | None` without a default is written as an empty part.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, Self, Union, cast, get_args, get_origin, get_type_hints

from models.errors import Rejected
from models.quarter import Quarter

LONGEST = 64  # bytes that Telegram accepts
LARGEST_NUMBER = 2**31 - 1  # row id; larger ones are forged and would fail in the database
_DAY = "[1-9][0-9]{3}-[01][0-9]-[0-3][0-9]"
_TOKENS = {
    "#": "(?:0|[1-9][0-9]{0,9})",
    "YEAR": "[1-9][0-9]{3}",
    "QUARTER": "[1-9][0-9]{3}-T[1-4]",
    "PERIOD": "[1-9][0-9]{3}(?:-T[1-4])?",
    "DAY": _DAY,
    "SPAN": "[1-9][0-9]{7}-[1-9][0-9]{7}",  # «20240201-20240229»
    "REGISTERED": "r[1-9][0-9]{7}-[1-9][0-9]{7}",
    "WORD": "[a-z_]{1,20}",
    "UPDATE": "-?[0-9]{1,19}",
    "TEXT": r"[^\x00-\x1f]*",
}


@dataclass(frozen=True)
class ValueFormat:
    """How one type is written: in one of these `forms` (words and the names of `_TOKENS`, joined by colons).

    `read` raises ValueError for what has the form and is no value all the same.
    """

    forms: tuple[str, ...]
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str

    @property
    def expression(self) -> str:
        return "|".join(expression(form) for form in self.forms)


@dataclass(frozen=True)
class DataField:
    """One field of a form: `empty` where None is an empty part, `optional` where it is left out."""

    name: str
    kind: ValueFormat
    empty: bool
    optional: bool

    def read(self, text: str | None) -> Any:
        """Its value; None where there is none. Raises ValueError."""
        return None if text is None or (self.empty and not text) else self.kind.read(text)


@dataclass(frozen=True)
class CallbackData:
    """The data of one kind of button; see the module."""

    verb: ClassVar[str]
    head: ClassVar[str]  # the verb, and the prefix of this form

    def __init_subclass__(cls, verb: str = "", prefix: str = "") -> None:
        if verb:
            cls.verb = cls.head = verb
        if prefix:
            cls.head = f"{cls.head}:{prefix}"

    def pack(self) -> str:
        """The data as it is written into a button. Raises ValueError where it is too long for Telegram."""
        data = self.head
        for name, write, optional in _codec(type(self)).writers:
            value = getattr(self, name)
            if value is None and optional:
                break
            data += f":{'' if value is None else write(value)}"
        if len(data) > LONGEST or not (data.isascii() or len(data.encode()) <= LONGEST):
            raise ValueError(f"{data!r} has more than {LONGEST} bytes")
        return data

    @classmethod
    def unpack(cls, data: str) -> Self:
        """Read what was pressed. Raises `Rejected("stale_button")` for data that no button of ours has."""
        for form in forms(cls) if len(data.encode()) <= LONGEST else ():
            codec = _codec(form)
            if (found := codec.pattern.fullmatch(data)) is not None:
                try:
                    return cast(Self, form(**codec.read(found)))
                except ValueError:
                    break
        raise Rejected("stale_button")

    @classmethod
    def find(cls, data: str) -> Self | None:
        """Read the data of a button that was not pressed; None if it is none of this class."""
        try:
            return cls.unpack(data)
        except Rejected:
            return None


def verb_of(data: str) -> str:
    """The verb that the data of a button begins with."""
    return data.partition(":")[0]


def forms(data: type[CallbackData]) -> tuple[type[CallbackData], ...]:
    """The class itself, or the forms that its verb's buttons have."""
    return tuple(form for each in data.__subclasses__() for form in forms(each)) or (data,)


def parts(form: type[CallbackData]) -> tuple[DataField, ...]:
    """What follows the head, in order."""
    return _codec(form).parts


def expression(form: str) -> str:
    """The regular expression of one of a kind's forms."""
    return ":".join(_TOKENS.get(each) or re.escape(each) for each in form.split(":"))


@dataclass(frozen=True)
class _Codec:
    """What of one form is made once."""

    parts: tuple[DataField, ...]
    pattern: re.Pattern[str]
    writers: tuple[tuple[str, Callable[[Any], str], bool], ...]

    def read(self, found: re.Match[str]) -> dict[str, Any]:
        """The fields. Raises ValueError where one is no value."""
        given = zip(self.parts, found.groups(), strict=True)
        return {part.name: part.read(text) for part, text in given}


_codecs: dict[type[CallbackData], _Codec] = {}


def _codec(form: type[CallbackData]) -> _Codec:
    if (known := _codecs.get(form)) is None:
        found = tuple(_parts(form))
        writers = tuple((part.name, part.kind.write, part.optional) for part in found)
        known = _codecs[form] = _Codec(found, _pattern(form.head, found), writers)
    return known


def _parts(form: type[CallbackData]) -> Iterator[DataField]:
    hints = get_type_hints(form, include_extras=True)
    for each in fields(form):
        inner, may_be_none = _without_none(hints[each.name])
        optional = may_be_none and each.default is None
        yield DataField(each.name, _kind(inner), may_be_none and not optional, optional)


def _pattern(head: str, parts: tuple[DataField, ...]) -> re.Pattern[str]:
    expression, ends = re.escape(head), ""
    for part in parts:
        expression += f"{'(?:' if part.optional else ''}:({part.kind.expression}{'|' if part.empty else ''})"
        ends += ")?" if part.optional else ""
    return re.compile(expression + ends)


def _number(largest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if abs(number := int(text)) > largest:
            raise ValueError(f"no row has the number {text}")
        return number

    return read


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) not in (Union, UnionType):
        return hint, False
    (inner,) = (each for each in get_args(hint) if each is not NoneType)
    return inner, True


def _kind(hint: Any) -> ValueFormat:
    if get_origin(hint) is Annotated:
        return next(each for each in hint.__metadata__ if isinstance(each, ValueFormat))
    if get_origin(hint) is Literal:
        return ValueFormat(get_args(hint), str)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return ValueFormat(tuple(each.value for each in hint), hint, lambda value: str(value.value))
    return _KINDS[hint]


_KINDS: dict[Any, ValueFormat] = {
    int: ValueFormat(("#",), _number(LARGEST_NUMBER)),
    Quarter: ValueFormat(("QUARTER",), Quarter.parse, lambda quarter: str(quarter.key)),
    date: ValueFormat(("DAY",), date.fromisoformat, date.isoformat),
}
Year = Annotated[int, ValueFormat(("YEAR",), int)]
Word = Annotated[str, ValueFormat(("WORD",), str)]
Text = Annotated[str, ValueFormat(("TEXT",), str)]
UpdateNumber = Annotated[int, ValueFormat(("UPDATE",), _number(2**63 - 1))]
