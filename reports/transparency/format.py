"""The platform's formats: YAML files that say which columns there are in a year, and what they may hold."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator
from ruamel.yaml import YAML

from reports.transparency.indicators import FIELDS
from reports.workbook import ColumnFormat
from spanish.writing.folding import fold

FORMATS = Path(__file__).parent / "formats"
_KINDS = {"text": ColumnFormat.TEXT, "plain": ColumnFormat.PLAIN, "number": ColumnFormat.NUMBER}


class PlatformColumn(BaseModel):
    """A column by its head; `also`: heads of other editions. `field`: a name of `indicators.FIELDS`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    head: str
    field: str
    width: float = 14
    kind: Literal["text", "plain", "number"] = "text"
    also: tuple[str, ...] = ()

    @field_validator("field")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in FIELDS:
            raise ValueError(f"there is no field {value!r}, only {', '.join(FIELDS)}")
        return value

    @property
    def shown_as(self) -> ColumnFormat:
        return _KINDS[self.kind]


class PlatformFormat(BaseModel):
    """A format of the platform, from the first to the last of `years`.

    `catalogues`: by field, the words that are allowed. `replace`: by a character that the platform refuses,
    what is written instead.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    years: tuple[int, int]
    sheet: str
    columns: tuple[PlatformColumn, ...]
    catalogues: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    replace: Mapping[str, str] = Field(default_factory=dict)

    def column_of(self, head: object) -> PlatformColumn | None:
        """Return the column with that head, however it is written; None if the format has none."""
        wanted = folded(str(head or ""))
        return next((each for each in self.columns if wanted in map(folded, (each.head, *each.also))), None)


def folded(head: str) -> str:
    """Return a head without case, accents, punctuation and spaces, in which the editions differ."""
    return "".join(each for each in fold(head) if each.isalnum())


@cache
def formats() -> tuple[PlatformFormat, ...]:
    """Return all formats."""
    yaml = YAML(typ="safe")
    files = sorted(FORMATS.glob("*.yaml"))
    return tuple(PlatformFormat.model_validate(yaml.load(each.read_text(encoding="utf-8"))) for each in files)


def format_of(year: int) -> PlatformFormat:
    """Return the format of a year; of one before all, the first."""
    known = sorted(formats(), key=lambda each: each.years)
    return next((each for each in reversed(known) if each.years[0] <= year), known[0])
