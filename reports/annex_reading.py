"""Reads the annex of a report back from its file, without the database: Word, PDF, Excel or JSON.

The format is recognised by the content, not by the name. In Word and PDF the annex begins with its heading
and has three blocks, each below its own heading, always in the same order. An evidence file whose name is
equal to a heading must not hide others: the annex is the last one that has files, and of the other headings
the last line is used. If that fails, the number of files does not agree with the one printed in the annex.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from reports.texts import headings, open_data

HASH = re.compile(r"(?<![\w.])[0-9a-f]{64}(?!\w|\.\w)")  # not inside a file's name
_COUNTED = re.compile(re.escape(headings.counted_files(7, 8)).replace("7", r"(\d+)").replace("8", r"(\d+)"))
CSV_COLUMNS = (open_data.YEAR, open_data.QUARTER, open_data.STANDS_AT, open_data.UNIT_KEY)  # the first ones
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

Row = tuple[str, ...]  # the cells of a table's row; a paragraph or a line of text is a row of one


class NoAnnex(Exception):
    """The file is not a readable report, or has no annex; the message says which, without the file's name.

    `damaged`: it is a file of a known format that cannot be read.
    """

    def __init__(self, message: str, damaged: bool = False) -> None:
        super().__init__(message)
        self.damaged = damaged


@dataclass(frozen=True)
class ListedFile:
    """An evidence file as the annex lists it; `what` is the text beside its hash.

    `sha256` is None if it was missing when the report was made.
    """

    sha256: str | None
    what: str


@dataclass(frozen=True)
class Annex:
    """An annex. `counted`: the numbers of all files and of those without a hash, if the annex prints them."""

    format: str  # docx, pdf, xlsx or json
    files: tuple[ListedFile, ...]
    signatures: tuple[str, ...]
    head: str  # of the audit chain
    counted: tuple[int, int] | None = None


def read(file: Path) -> Annex:
    """Return a file's annex. Raises `NoAnnex`, and OSError if the file cannot be opened."""
    with file.open("rb") as opened:
        beginning = opened.read(1024)
    found = _reader(file, beginning)
    if found is None:
        raise NoAnnex("it is no report in Word, PDF, Excel or JSON")
    name, reader = found
    try:
        annex = reader(file)
    except (OSError, NoAnnex):
        raise
    except Exception as error:  # five libraries raise many kinds of exceptions for damaged files
        said = f"it is damaged and cannot be read as {name}: {type(error).__name__}"
        raise NoAnnex(said, damaged=True) from error
    return replace(annex, format=name)


def kind_of(file: Path) -> str | None:
    """Return the format, also of a table of open data, which has no annex: pdf, docx, xlsx, json, csv.

    None for any other file. Raises OSError, and `NoAnnex` for a damaged one.
    """
    with file.open("rb") as opened:
        beginning = opened.read(1024)
    if (found := _reader(file, beginning)) is not None:
        return found[0]
    head = beginning.decode("utf-8", "replace").splitlines()[:1]
    return "csv" if sum(name in each for each in head for name in CSV_COLUMNS) > 1 else None


def _reader(file: Path, beginning: bytes) -> tuple[str, Callable[[Path], Annex]] | None:
    if b"%PDF-" in beginning:
        return "pdf", _read_pdf
    if beginning.startswith(b"PK\x03\x04"):
        return _reader_of_zip(file)
    if beginning.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return "json", _read_json
    return None


def _reader_of_zip(file: Path) -> tuple[str, Callable[[Path], Annex]] | None:
    try:
        with ZipFile(file) as archive:
            names = set(archive.namelist())
    except Exception as error:  # `BadZipFile`, and others for a damaged directory
        raise NoAnnex("it is damaged: its end is missing or altered") from error
    if "word/document.xml" in names:
        return "docx", _read_word
    return ("xlsx", _read_excel) if "xl/workbook.xml" in names else None


def _read_word(file: Path) -> Annex:
    return _annex(word_rows_of(file.read_bytes()))


def word_rows_of(content: bytes) -> list[Row]:
    """Return the paragraphs and rows of tables of a Word file. Raises many kinds of exceptions."""
    from lxml import etree

    with ZipFile(BytesIO(content)) as archive:
        text = archive.read("word/document.xml")
    return list(_word_rows(etree.fromstring(text, etree.XMLParser(resolve_entities=False))))


def _word_rows(document: Any) -> Iterator[Row]:
    """Yield paragraphs and table rows in order; a nested table is part of the outer row."""
    for element in document.iter(f"{_WORD}p", f"{_WORD}tr"):
        if next(element.iterancestors(f"{_WORD}tr"), None) is not None:
            continue
        if element.tag == f"{_WORD}p":
            yield (_word_text(element),)
        else:
            yield tuple(_word_text(cell) for cell in element.findall(f"{_WORD}tc"))


def _word_text(element: Any) -> str:
    parts = element.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br", f"{_WORD}p")
    return "".join(part.text or "" if part.tag == f"{_WORD}t" else " " for part in parts).strip()


def _read_pdf(file: Path) -> Annex:
    """Read a PDF from the last page backwards, up to the beginning of the annex."""
    from pypdf import PdfReader

    lines: list[Row] = []
    with PdfReader(file) as pdf:
        for page in reversed(pdf.pages):
            of_page = [(line.strip(),) for line in page.extract_text().splitlines()]
            lines = of_page + lines
            if _beginning(lines) is not None:
                break
    return _annex(lines)


def _read_excel(file: Path) -> Annex:
    import openpyxl

    with file.open("rb") as opened:  # opened here, as a path would need the ending .xlsx
        book = openpyxl.load_workbook(opened, read_only=True, data_only=True)
        if headings.ANNEX not in book.sheetnames:
            raise NoAnnex("it has no annex with the evidence's hashes")
        rows = [
            tuple("" if cell is None else str(cell) for cell in row)
            for row in book[headings.ANNEX].iter_rows(min_row=2, values_only=True)
        ]
    blocks = {
        block: [row for row in rows if row[0] == block]
        for block in (
            headings.COUNT,
            headings.FILES,
            headings.SIGNATURES,
            headings.CHAIN,
            headings.FORMER_CHAIN,
        )
    }
    counted = next((_COUNTED.search(row[4]) for row in blocks[headings.COUNT]), None)
    return Annex(
        "xlsx",
        tuple(_listed(row[1:]) for row in blocks[headings.FILES]),
        tuple(_hashes(blocks[headings.SIGNATURES])),
        next(_hashes(blocks[headings.CHAIN] or blocks[headings.FORMER_CHAIN])),
        (int(counted[1]), int(counted[2])) if counted else None,
    )


def _read_json(file: Path) -> Annex:
    shape = json.loads(file.read_text(encoding="utf-8-sig"))
    if "seal" not in shape:
        raise NoAnnex("it has no annex with the evidence's hashes")
    seal = shape["seal"]
    signatures = (unit["signature"] for unit in shape["units"])
    return Annex(
        "json",
        tuple(_listed_in_json(each) for each in seal["files"]),
        tuple(each["sha256"] for each in signatures if each),
        seal["chain"]["head"],
        (counted["files"], counted["without_hash"]) if (counted := shape.get("counted")) else None,
    )


def _listed_in_json(file: dict[str, Any]) -> ListedFile:
    sha256 = file["sha256"]
    if sha256 is not None and not HASH.fullmatch(sha256):
        raise NoAnnex(f"its annex has a hash that is none: {sha256[:70]!r}")
    return ListedFile(sha256, " · ".join(str(file[name]) for name in ("unit", "line", "activity", "kind")))


def _annex(rows: Sequence[Row]) -> Annex:
    """Return the annex that is in these lines and table rows."""
    start = _beginning(rows)
    if start is None:
        raise NoAnnex("it has no annex with the evidence's hashes")
    rows = rows[start + 1 :]
    chain = _last(rows, lambda text: text.startswith((headings.CHAIN, headings.FORMER_CHAIN)))
    if chain is None:
        raise NoAnnex("its annex is not whole: the audit chain is missing")
    head = next(_hashes(rows[chain:]), None)
    if head is None:
        raise NoAnnex("its annex is not whole: the audit chain's head is missing")
    signatures = _last(rows[:chain], lambda text: text == headings.SIGNATURES)
    files = rows[: chain if signatures is None else signatures]
    return Annex(
        "",
        tuple(_listed_files(files)),
        () if signatures is None else tuple(_hashes(rows[signatures:chain])),
        head,
        next(((int(found[1]), int(found[2])) for row in files if (found := _COUNTED.search(row[0]))), None),
    )


def _beginning(rows: Sequence[Row]) -> int | None:
    """Return the index of the annex's heading; the one in the table of contents has no block of files after
    it.
    """
    files = _last(rows, lambda text: text == headings.FILES)
    return _last(rows[:files], lambda text: text == headings.ANNEX) if files is not None else None


def _last(rows: Sequence[Row], is_heading: Callable[[str], bool]) -> int | None:
    return max(
        (place for place, row in enumerate(rows) if len(row) == 1 and is_heading(row[0])), default=None
    )


def _listed_files(rows: Sequence[Row]) -> Iterator[ListedFile]:
    """Yield the files of table rows with a hash; in plain lines, the text before a hash belongs to it."""
    before: list[str] = []
    for row in rows:
        if _COUNTED.search(row[0]) or row == (headings.FILES,):
            before.clear()
        elif len(row) > 1:
            if _hash_in(row) or headings.NO_FILE in row:
                yield _listed(row)
        elif _hash_in(row) or row[0].endswith(headings.NO_FILE):
            yield _listed((*before, row[0]))
            before.clear()
        elif row[0]:
            before.append(row[0])


def _listed(row: Row) -> ListedFile:
    sha256 = _hash_in(row)
    cells = (cell.replace(sha256, "") if sha256 else cell for cell in row)
    what = " · ".join(filter(None, (" ".join(cell.split()) for cell in cells)))
    return ListedFile(sha256, what)


def _hashes(rows: Sequence[Row]) -> Iterator[str]:
    return (found for row in rows if (found := _hash_in(row)))


def _hash_in(row: Row) -> str | None:
    """Return the last hash that is a whole cell, else the last one, as a file's name may contain one too."""
    whole = [cell for cell in row if HASH.fullmatch(cell)]
    found = whole or [each for cell in row for each in HASH.findall(cell)]
    return found[-1] if found else None
