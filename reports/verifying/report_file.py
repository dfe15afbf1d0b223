"""Holds the file of a report, in any format, against what was signed, as far as that is known."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.annex_reading import Annex
from reports.quarterly.basis import Basis
from reports.quarterly.content import Report
from reports.verifying import data_file, pdf_file, word_file, workbook_file
from reports.verifying.finding import Alteration


@dataclass(frozen=True)
class KnownContent:
    """A signed report that is known from elsewhere. `people`: whether with the names of who registered."""

    report: Report
    people: bool


Find = Callable[
    [str | None, tuple[str, ...]], KnownContent | None
]  # by the code and the hashes of the signatures


@dataclass(frozen=True)
class Examined:
    """What was found in a report's file.

    `against`: «what is attached to it», «what is known», or None if there was nothing to hold it against.
    `sealed` is false for what is made to be edited, was exported, or is a draft; `note` says which.
    `foreign`: it looks like a report and is none that this program made, or lost its seal.
    """

    code: str | None
    sealed: bool
    against: str | None
    altered: tuple[Alteration, ...]
    basis: Basis | None = None
    note: str | None = None
    foreign: bool = False


def examine(
    file: Path,
    kind: str,
    annex: Annex | None,
    find: Find,
    pictures: Callable[[str], Path],
    with_evidence: bool,
) -> Examined:
    """Return what a file says that was not signed so.

    `find` looks up a signed report, `pictures` returns a copy's file by its SHA-256; `with_evidence`: there
    are such files. Raises OSError, and the many exceptions of the libraries that read damaged files.
    """
    content, hashes = file.read_bytes(), annex.signatures if annex else ()
    if kind == "pdf":
        return _pdf(content, pictures if with_evidence else None)
    if kind == "json":
        return _json(json.loads(content.decode("utf-8-sig")), hashes, find)
    if kind == "xlsx":
        return _workbook(content, hashes, find)
    if kind == "csv":
        return _csv(content, find)
    known = find(None, hashes)
    altered = tuple(word_file.differing(file, known.report, pictures)) if known else ()
    return Examined(None, False, KNOWN if known else None, altered, note=EDITABLE)


ATTACHED, KNOWN = "what was signed, attached to it", "what was signed"
EDITABLE = "Word is made to be edited and is not sealed: the sealed PDF is what is presented"
DRAFT = "it is a draft, or its code was taken out: nothing signed is known to hold it against"
NOT_KNOWN = "held only against the hashes that it states itself: give --sealed PDF, or run it at the database"
NO_SIGNATURES = "the CSV has no signatures: give --sealed PDF, or run it where the database is"


def _pdf(content: bytes, pictures: Callable[[str], Path] | None) -> Examined:
    try:
        found = pdf_file.examine(content)
    except pdf_file.Unsealed as error:
        return Examined(None, False, None, (), note=str(error), foreign=not error.draft)
    altered = found.altered
    if pictures is not None:
        altered = (*altered, *pdf_file.not_from_copies(found, pictures))
    return Examined(found.report.code, True, ATTACHED, altered, found.basis)


def _json(found: dict[str, Any], hashes: tuple[str, ...], find: Find) -> Examined:
    code = found.get("code")
    known = find(code, hashes)
    altered = list(data_file.not_as_stated(found))
    if known is not None:
        altered += data_file.differing_json(found, known.report)
    return _of_data(code, known, altered)


def _of_data(code: str | None, known: KnownContent | None, altered: list[Alteration]) -> Examined:
    note = DRAFT if code is None and known is None else NOT_KNOWN if known is None else None
    return Examined(code, code is not None, KNOWN if known else None, tuple(altered), note=note)


def _workbook(content: bytes, hashes: tuple[str, ...], find: Find) -> Examined:
    sheets, hidden = workbook_file.read(content)
    code = workbook_file.code_in(sheets)
    known = find(code, hashes)
    altered = list(workbook_file.not_as_stated(sheets, hidden))
    if known is not None:
        without = () if known.people else workbook_file.UNKNOWN
        altered += workbook_file.differing(sheets, known.report, without)
    return _of_data(code, known, altered)


def _csv(content: bytes, find: Find) -> Examined:
    rows = data_file.rows_of_csv(content)
    known = find(None, ())
    if rows is None or known is None:
        return Examined(None, False, None, (), note=NO_SIGNATURES)
    return Examined(None, True, KNOWN, tuple(data_file.differing_csv(rows, content, known.report)))


def first(altered: tuple[Alteration, ...], most: int) -> Iterator[str]:
    """Yield the first sentences, and how many more there are."""
    yield from map(str, altered[:most])
    if len(altered) > most:
        yield f"and {len(altered) - most} more"
