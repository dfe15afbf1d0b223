"""Compares the values of two JSON documents, and two tables of texts."""

from collections.abc import Iterator, Sequence
from typing import Any

from reports.verifying.finding import Alteration, instead


def differing(found: Any, expected: Any, where: str = "$") -> Iterator[Alteration]:
    """Yield each value that differs, by its path: `$.units[0].lines[2].exact`."""
    if isinstance(found, dict) and isinstance(expected, dict):
        for name in dict.fromkeys((*expected, *found)):
            if name not in found:
                yield Alteration(f"{where}.{name}", "is missing")
            elif name not in expected:
                yield Alteration(f"{where}.{name}", "was added")
            else:
                yield from differing(found[name], expected[name], f"{where}.{name}")
    elif isinstance(found, list) and isinstance(expected, list):
        if len(found) != len(expected):
            yield Alteration(where, f"has {len(found)} items instead of {len(expected)}")
        for place, (one, other) in enumerate(zip(found, expected, strict=False)):
            yield from differing(one, other, f"{where}[{place}]")
    elif type(found) is not type(expected) or found != expected:
        yield Alteration(where, instead(found, expected))


def differing_rows(
    found: Sequence[Sequence[Any]], expected: Sequence[Sequence[Any]], where: str
) -> Iterator[Alteration]:
    """Yield how two tables differ: in the number of rows, and each cell, by row and column from 1."""
    if len(found) != len(expected):
        yield Alteration(where, f"has {len(found)} rows instead of {len(expected)}")
    for number, (row, wanted) in enumerate(zip(found, expected, strict=False), 1):
        if len(row) != len(wanted):
            yield Alteration(f"{where}, row {number}", f"has {len(row)} cells instead of {len(wanted)}")
        for column, (cell, other) in enumerate(zip(row, wanted, strict=False), 1):
            if cell != other:
                yield Alteration(f"{where}, row {number}, column {column}", instead(cell, other))
