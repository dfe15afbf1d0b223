"""`python -m bot report verify`: holds a report's file against what was signed, and its evidence."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.failure import Failure
from bot.terminal import counted

if TYPE_CHECKING:
    from bot.commands.report_head import OwnDatabase
    from models.chain.anchor import AnchorResult
    from reports.annex_reading import Annex
    from reports.verification import Verdict
    from reports.verifying.finding import Alteration
    from reports.verifying.report_file import Examined, Find, KnownContent

MOST = 40  # alterations that are printed


@dataclass(frozen=True)
class VerifyResult:
    """What was found. `verdict`: of the evidence, if a folder was given; `head`: if there is a database."""

    kind: str
    annex: "Annex | None"
    verdict: "Verdict | None"
    examined: "Examined"
    altered: "tuple[Alteration, ...]"
    head: "AnchorResult | None"


def verify(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A report: .pdf, .docx, .xlsx, .json or .csv.")
    ],
    evidence: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="The folder with the files of evidence, under any names."),
    ] = None,
    sealed: Annotated[
        Path | None, typer.Option(metavar="PDF", help="The signed PDF, to hold another format against.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")] = False,
) -> None:
    """Hold a report's file against what was signed, its evidence against a folder, and both against the
    database, where there is one; exit code 1 if anything does not match."""
    from bot.commands import listing
    from bot.commands.report_head import own_database

    if evidence is not None and not evidence.is_dir():
        raise Failure(f"{evidence} is no folder; --evidence takes the one with the files", exit_code=2)
    try:
        with own_database() as known:
            result = _result(file, evidence, sealed, known)
    except OSError as error:
        raise Failure(f"{error.filename or file} cannot be read: {error.strerror}", exit_code=2) from None
    typer.echo(listing.as_text(_shape(result)) if as_json else "\n".join(_lines(result)))
    _fail(file, result)


def _result(
    file: Path, evidence: Path | None, sealed: Path | None, known: "OwnDatabase | None"
) -> VerifyResult:
    from models.tables.evidence import place
    from reports import verification
    from reports.verifying import report_file, signed_basis

    kind, annex = _annex(file)
    pictures = partial(place, evidence or Path("no folder was given"))
    find = _finder(sealed, known)
    try:
        examined = report_file.examine(file, kind, annex, find, pictures, evidence is not None)
    except (OSError, Failure):
        raise
    except Exception as error:  # the libraries raise many kinds of exceptions for damaged files
        raise Failure(
            f"{file} cannot be verified: it is damaged: {type(error).__name__}", exit_code=2
        ) from error
    verdict = verification.verify(file, evidence) if evidence is not None and annex is not None else None
    altered = examined.altered
    if known is not None and examined.basis is not None:
        right = signed_basis.confirmed(known.session, examined.basis)
        altered = tuple(each for each in altered if each not in right)
        altered = (*altered, *signed_basis.not_in_database(known.session, examined.basis))
    head = known.look_up(annex.head) if known is not None and annex is not None else None
    return VerifyResult(kind, annex, verdict, examined, altered, head)


def _annex(file: Path) -> "tuple[str, Annex | None]":
    """Return the file's format, and its annex, which a CSV and a PDF from elsewhere need not have."""
    from reports import annex_reading

    kind = annex_reading.kind_of(file)
    try:
        return kind or "", annex_reading.read(file) if kind != "csv" else None
    except annex_reading.NoAnnex as error:
        if kind == "pdf" and not error.damaged:
            return kind, None
        raise Failure(f"{file} cannot be verified: {error}", exit_code=2) from None


def _finder(sealed: Path | None, known: "OwnDatabase | None") -> "Find":
    """Return what looks up a signed report: in the sealed PDF that was given, else in the database."""
    from reports.verifying.report_file import KnownContent

    if sealed is not None:
        given = KnownContent(_report_in(sealed), people=False)
        return lambda code, hashes: given
    return partial(_in_database, known)


def _in_database(
    known: "OwnDatabase | None", code: str | None, hashes: tuple[str, ...]
) -> "KnownContent | None":
    from bot.reports.make import images_in
    from reports.quarterly.again import signed_report
    from reports.verifying.report_file import KnownContent

    if known is None:
        return None
    images: Callable[[str], bytes | None] = partial(images_in, known.images)
    report = signed_report(known.session, code, hashes, date.max, images)
    return KnownContent(report, people=True) if report is not None else None


def _report_in(sealed: Path) -> Any:
    """Return the report that a sealed PDF has. Raises `Failure` if it is altered or not sealed."""
    from reports.verifying import pdf_file

    try:
        found = pdf_file.examine(sealed.read_bytes())
    except OSError:
        raise
    except Exception as error:  # `Unsealed`, and the many kinds of exceptions for damaged files
        raise Failure(f"{sealed} is no sealed PDF: {error}", exit_code=2) from error
    if found.altered:
        raise Failure(f"{sealed} was itself altered: {found.altered[0]}")
    return found.report


def _lines(result: VerifyResult) -> list[str]:
    from reports.verifying.report_file import first

    lines = []
    if result.verdict is not None:
        listed = counted(result.verdict.listed, "file")
        lines.append(f"{result.kind}: {listed} of evidence listed, {result.verdict.matched} match")
        lines += list(_evidence(result.verdict))
    if result.examined.code is not None:
        lines.append(f"code: {result.examined.code}")
    if result.examined.against is not None:
        state = counted(len(result.altered), "alteration") if result.altered else "as it was signed"
        lines.append(f"held against {result.examined.against}: {state}")
    if result.examined.note is not None:
        lines.append(f"note: {result.examined.note}")
    lines += [f"altered: {each}" for each in first(result.altered, MOST)]
    if result.annex is not None:
        lines += [f"signature: {sha256}" for sha256 in result.annex.signatures]
        lines.append(f"audit chain head: {result.annex.head}")
    if result.head is not None and result.head.entry is not None:
        lines.append(f"this database has it: entry {result.head.entry}")
    return [_printable(line) for line in lines]


def _evidence(verdict: "Verdict") -> list[str]:
    lines = []
    for each in verdict.mismatches:
        line = f"{each.wrong}: {each.sha256} ({each.what})"
        if each.path is not None:
            line += f"; {each.path} has the content {each.found_sha256}"
        lines.append(line)
    return [*lines, *(f"without a hash: {each.what}" for each in verdict.without_hash)]


def _fail(file: Path, result: VerifyResult) -> None:
    """Raise `Failure` if something does not match."""
    verdict = result.verdict
    if verdict is not None and not verdict.whole:
        raise Failure(
            "the annex could not be read whole: it says that it lists more files; take another format"
        )
    if result.altered:
        raise Failure(f"{file} is not as it was signed: {counted(len(result.altered), 'alteration')}")
    if result.examined.foreign:
        raise Failure(f"{file} is not sealed: {result.examined.note}")
    if verdict is not None and verdict.mismatches:
        raise Failure(
            f"{len(verdict.mismatches)} of {counted(verdict.listed, 'file')} of evidence do not match"
        )
    if result.head is not None and result.head.entry is None:
        raise Failure(f"the head is not in the audit chain of this database: {result.head.reason}")


def _shape(result: VerifyResult) -> dict[str, Any]:
    verdict, examined, annex = result.verdict, result.examined, result.annex
    return {
        "format": result.kind,
        "well": not (result.altered or examined.foreign) and (verdict is None or verdict.well),
        "sealed": examined.sealed,
        "code": examined.code,
        "against": examined.against,
        "note": examined.note,
        "altered": [{"where": each.where, "what": each.what} for each in result.altered],
        "whole": None if verdict is None else verdict.whole,
        "listed": None if verdict is None else verdict.listed,
        "matched": None if verdict is None else verdict.matched,
        "mismatches": [
            {
                "wrong": each.wrong.value,
                "sha256": each.sha256,
                "what": each.what,
                "path": None if each.path is None else str(each.path),
                "found_sha256": each.found_sha256,
            }
            for each in (verdict.mismatches if verdict else ())
        ],
        "without_hash": [each.what for each in (verdict.without_hash if verdict else ())],
        "signatures": list(annex.signatures) if annex else [],
        "chain_head": annex.head if annex else None,
        "database": None
        if result.head is None
        else {"entry": result.head.entry, "reason": result.head.reason},
    }


def _printable(text: str) -> str:
    """Replace unprintable characters of a file's name, which could control the terminal."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)
