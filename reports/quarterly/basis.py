"""Everything that a quarter's report is made from, as plain values: snapshots, and what is known beside them.

Of a signed report it can be written as JSON, which the report carries: from it anybody makes the same report
again, without the database.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from models.programme.view import UnitView
from models.progress.snapshot_reading import read, restore_status
from models.progress.status import UnitStatus
from models.quarter import Quarter
from reports.quarterly.content import EarlierQuarter, SignaturePart

Said = dict[str, Any]
VERSION = 1  # of the JSON


class UnreadableBasis(Exception):
    """The JSON is none, or lacks something."""


@dataclass(frozen=True)
class UnitQuarter:
    """A unit's quarter: its snapshot as text and parsed, the status in it, and who signed it, if anybody."""

    text: str
    said: Said
    stood: UnitStatus
    signature: SignaturePart | None

    @classmethod
    def of(cls, text: str, signature: SignaturePart | None) -> "UnitQuarter":
        said = read(text)
        return cls(text, said, restore_status(said), signature)


@dataclass(frozen=True)
class ChainEntry:
    """The entry of the audit chain on which a report is based. `at`: None of an empty chain."""

    number: int
    hash: str
    at: datetime | None


@dataclass(frozen=True)
class Basis:
    """What a report is made from.

    `unit` is the unit of a report of one unit only. `institution` is the programme's; a report whose units
    all signed has the first signed one instead. `names` are the agency's own words: units and titles of
    lines. `people` are names by number.
    """

    quarter: Quarter
    unit: str | None
    zone: ZoneInfo
    institution: Said
    names: tuple[str, ...]
    units: tuple[UnitQuarter, ...]
    unsigned: tuple[str, ...]
    earlier: tuple[EarlierQuarter, ...]
    chain: ChainEntry
    people: Mapping[int | None, str] = field(default_factory=dict)


def as_json(basis: Basis) -> str:
    """Return a signed report's basis as JSON, without the names of those who registered something."""
    return json.dumps(
        {
            "version": VERSION,
            "quarter": basis.quarter.key,
            "unit": basis.unit,
            "zone": basis.zone.key,
            "names": basis.names,
            "chain": {"entry": basis.chain.number, "hash": basis.chain.hash},
            "earlier": [_earlier(each) for each in basis.earlier],
            "signed": [_signed(each) for each in basis.units],
        },
        ensure_ascii=False,
        indent=1,
    )


def hashes(basis: Basis) -> list[str]:
    """Return the hashes of what was signed, in the order of the units."""
    return [each.signature.sha256 for each in basis.units if each.signature]


def _earlier(earlier: EarlierQuarter) -> Said:
    return {
        "quarter": earlier.quarter.key,
        "exact": None if earlier.exact is None else str(earlier.exact),
        "units": {key: str(exact) for key, exact in earlier.units.items()},
    }


def _signed(unit: UnitQuarter) -> Said:
    signature = unit.signature
    assert signature is not None
    return {
        "signed_by": signature.signed_by,
        "in_place_of": signature.in_place_of,
        "signed_at": signature.signed_at.isoformat(),
        "sha256": signature.sha256,
        "snapshot": unit.text,
    }


def read_json(text: str) -> Basis:
    """Return the basis that a signed report carries. Raises `UnreadableBasis`."""
    try:
        said = json.loads(text)
        if said["version"] != VERSION:
            raise UnreadableBasis(f"its version is {said['version']!r}, and only {VERSION} is known")
        return _read(said)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OSError) as error:
        raise UnreadableBasis(f"it cannot be read: {type(error).__name__}") from error


def _read(said: Said) -> Basis:
    units = tuple(UnitQuarter.of(each["snapshot"], _signature(each)) for each in said["signed"])
    newest = max(each.signature.signed_at for each in units if each.signature)
    return Basis(
        quarter=Quarter.parse(said["quarter"]),
        unit=said["unit"],
        zone=ZoneInfo(said["zone"]),
        institution=units[0].said["institution"],
        names=tuple(said["names"]),
        units=units,
        unsigned=(),
        earlier=tuple(
            EarlierQuarter(
                Quarter.parse(each["quarter"]),
                None if each["exact"] is None else Fraction(each["exact"]),
                {key: Fraction(exact) for key, exact in each["units"].items()},
            )
            for each in said["earlier"]
        ),
        chain=ChainEntry(said["chain"]["entry"], said["chain"]["hash"], newest),
    )


def _signature(said: Said) -> SignaturePart:
    at = datetime.fromisoformat(said["signed_at"])
    return SignaturePart(said["signed_by"], said["in_place_of"], at, said["sha256"])


def own_names(units: tuple[UnitView, ...]) -> tuple[str, ...]:
    """Return the names of units and titles of lines, which the texts of a report leave as they are."""
    return (
        *(unit.name for unit in units),
        *(line.title for unit in units for line in unit.lines),
    )
