"""Holds the open data, JSON or CSV, against what they state of themselves and against those made again."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from reports import open_data
from reports.quarterly.content import Report
from reports.verifying import data_values
from reports.verifying.finding import Alteration, instead


def not_as_stated(found: dict[str, Any]) -> Iterator[Alteration]:
    """Yield the counts and the hash of a JSON that are not those of what it has."""
    try:
        counted = open_data.counts(found)
    except (KeyError, TypeError, AttributeError):
        yield Alteration("file", "units, lines, activities or files are missing")
        return
    yield from data_values.differing(counted, found.get("counted"), "counted")
    if (hashed := open_data.content_hash(found)) != found.get("sha256"):
        yield Alteration("file", f"its content has the hash {instead(hashed, found.get('sha256'))}")


def differing_json(found: dict[str, Any], expected: Report) -> Iterator[Alteration]:
    """Yield each value that is not as in the JSON made again."""
    return data_values.differing(found, json.loads(open_data.as_json(expected)))


def rows_of_csv(content: bytes) -> list[list[str]] | None:
    """Return the table's rows if it has the columns of the open data, or at least its first; else None."""
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    except (UnicodeDecodeError, csv.Error):
        return None
    return rows if rows and {*list(open_data.COLUMNS)[:2]} & {*rows[0]} else None


def differing_csv(rows: list[list[str]], content: bytes, expected: Report) -> Iterator[Alteration]:
    """Yield each cell that is not as in the CSV made again, or that the bytes differ otherwise."""
    found = list(data_values.differing_rows(rows, open_data.table_rows(expected), "table"))
    yield from found
    if not found and content != open_data.as_csv(expected):
        yield Alteration("file", "its bytes differ, though its cells are the same")
