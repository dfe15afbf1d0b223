"""The types of single fields in a programme file: what is accepted, and what it becomes.

Their errors name a sentence of `models.programme_file.sentences` and its facts.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from models.clean_text import is_blank, without_invisible
from models.combine import Combine

LARGEST_AMOUNT = 1_000_000_000  # with six decimals it fits into 64 bits, sums included
ONE_TEXT, A_LIST = "\0one text", "\0a list"  # tags in pydantic's error paths; no field has such a name
REFUSED = "refused"  # the type of our own errors
FONTS = ("Arial", "Times New Roman", "DejaVu Sans")  # of reports, both in Word and in PDF
LONGEST_TITLE = 600  # characters, of a line and of the report
_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?", re.ASCII)


def refuse(key: str, **facts: str | int) -> PydanticCustomError:
    """Return an error to be raised; `key` is one of `models.programme_file.sentences`."""
    return PydanticCustomError(REFUSED, "{key}", {"key": key, "facts": facts})


def _printable(text: str) -> str:
    # PostgreSQL refuses NUL; Word, Excel and PDF refuse the others.
    for character in text:
        if (
            unicodedata.category(character) == "Cc" and character not in "\n\t"
        ) or character in "\ufffe\uffff":
            raise refuse("control_character", code=f"{ord(character):04X}")
    return text


def _as_seen(value: Any) -> Any:
    """Return the text in NFC without invisible characters, so that «Título» is equal however it was typed.

    A text of only invisible characters becomes empty; control characters are refused later, by `_printable`.
    """
    if not isinstance(value, str):
        return value
    text = without_invisible(value)
    return "" if is_blank(text) and text.isprintable() else text


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _day(value: Any) -> Any:
    if isinstance(value, str):
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII) is None:
            raise refuse("not_a_date", given=value[:40])
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise refuse("no_such_day", given=value) from None
    if type(value) is not date:
        raise refuse("date_expected")
    return value


def _number(value: Any) -> Any:
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str) and _PLAIN_NUMBER.fullmatch(value.strip()):
        return Decimal(value.strip())
    raise refuse("number_expected")


def _positive(value: Decimal) -> Decimal:
    if value <= 0:
        raise refuse("amount_not_positive", given=f"{value:f}")
    return value


def _not_negative(value: Decimal) -> Decimal:
    if value < 0:
        raise refuse("quantity_negative", given=f"{value:f}")
    return value


def _not_enormous(value: Decimal) -> Decimal:
    if value > LARGEST_AMOUNT:
        raise refuse("amount_enormous", largest=LARGEST_AMOUNT)
    return value


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise refuse("timezone_unknown", given=name[:40]) from None
    return name


def _combine(value: Any) -> Any:
    if isinstance(value, str) and value.strip().casefold() in {each.value for each in Combine}:
        return Combine(value.strip().casefold())
    raise refuse("combine_unknown", given=str(value)[:40])


def _slug(key: str) -> str:
    if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", key, re.ASCII) is None:
        raise refuse("key_wrong", given=key[:40])
    return key


def _colour(value: Any) -> Any:
    text = str(value).strip().removeprefix("#").upper()
    if re.fullmatch(r"[0-9A-F]{6}", text, re.ASCII) is None:
        raise refuse("colour_wrong", given=str(value)[:40])
    return text


def _font(value: Any) -> Any:
    known = {each.casefold(): each for each in FONTS}
    name = known.get(" ".join(str(value).split()).casefold())
    if name is None:
        raise refuse("font_unknown", given=str(value)[:40], known=", ".join(FONTS))
    return name


def _one_or_many(value: Any) -> str:
    return ONE_TEXT if isinstance(value, str) else A_LIST


_SEEN = BeforeValidator(_as_seen)
Label = Annotated[
    str, Field(min_length=1, max_length=300), _SEEN, AfterValidator(_printable), AfterValidator(_one_line)
]
Text = Annotated[str, Field(min_length=1, max_length=20_000), _SEEN, AfterValidator(_printable)]
Texts = Annotated[
    Annotated[Text, Tag(ONE_TEXT)] | Annotated[tuple[Text, ...], Field(min_length=1), Tag(A_LIST)],
    Discriminator(_one_or_many),
]
Title = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST_TITLE),
    _SEEN,
    AfterValidator(_printable),
    AfterValidator(_one_line),
]
Word = Annotated[Label, Field(max_length=60)]
Slug = Annotated[str, Field(max_length=60), _SEEN, AfterValidator(_slug)]
Zone = Annotated[str, Field(max_length=60), _SEEN, AfterValidator(_zone)]
Day = Annotated[date, BeforeValidator(_day)]
Year = Annotated[int, Field(ge=2000, le=2100)]
Decimals = Annotated[int, Field(ge=0, le=6)]
Colour = Annotated[str, BeforeValidator(_colour)]
GivenFont = Annotated[str, BeforeValidator(_font)]
GivenCombine = Annotated[Combine, BeforeValidator(_combine)]
Number = Annotated[Decimal, BeforeValidator(_number), AfterValidator(_not_enormous)]
Amount = Annotated[Number, AfterValidator(_positive)]
Quantity = Annotated[Number, AfterValidator(_not_negative)]
Plan = tuple[Quantity | None, ...]  # 4 quarters or 12 months; None: not fixed yet
