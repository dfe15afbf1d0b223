"""`python -m bot report …`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands import report_check
from bot.failure import Failure
from bot.terminal import counted
from models.tables.report import ReportFormat

if TYPE_CHECKING:
    from models.chain.anchor import AnchorResult
    from reports.verification import Verdict

report_app = typer.Typer(help="The quarterly report.")
report_app.command()(report_check.check)


@report_app.command()
def make(
    quarter: Annotated[str, typer.Argument(metavar="2024-T1", help="The quarter.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Where to write it.")],
    kind: Annotated[ReportFormat, typer.Option("--format", help="What to make.")] = ReportFormat.WORD,
    unit: Annotated[str | None, typer.Option(metavar="KEY", help="One unit; all without it.")] = None,
) -> None:
    """Make the quarterly report; a draft where a unit has not signed, and it says so."""
    from bot.cli_context import open_database, unit_of
    from bot.reports import make as report_make

    with open_database() as context:
        report = report_make.asked(context, quarter, unit_of(context, unit).id if unit else None)
        size = report_make.write(context, report, kind, output)
    state = "draft" if report.draft else "signed"
    typer.echo(f"{output}: {size:,} bytes, {state}, {counted(len(report.units), 'unit')}")


@report_app.command()
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A report: .docx, .pdf, .xlsx or .json.")],
    evidence: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder with the files of evidence, under any names.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")] = False,
) -> None:
    """Compare a report's evidence with a folder, and its head of the audit chain with the database, where
    there is one; exit code 1 if anything does not match."""
    from bot.commands import listing, report_head
    from reports import verification
    from reports.annex_reading import NoAnnex

    if not evidence.is_dir():
        raise Failure(f"{evidence} is no folder; --evidence takes the one with the files", exit_code=2)
    try:
        verdict = verification.verify(file, evidence)
    except NoAnnex as error:
        raise Failure(f"{file} cannot be verified: {error}", exit_code=2) from None
    except OSError as error:
        raise Failure(f"{error.filename or file} cannot be read: {error.strerror}", exit_code=2) from None
    found = report_head.look_up(verdict.annex.head)
    typer.echo(listing.as_text(_shape(verdict, found)) if as_json else "\n".join(_lines(verdict, found)))
    if not verdict.whole:
        raise Failure(
            "the annex could not be read whole: it says that it lists more files; take another format"
        )
    if verdict.mismatches:
        raise Failure(
            f"{len(verdict.mismatches)} of {counted(verdict.listed, 'file')} of evidence do not match"
        )
    if found is not None and found.entry is None:
        raise Failure(f"the head is not in the audit chain of this database: {found.reason}")


def _lines(verdict: "Verdict", found: "AnchorResult | None") -> list[str]:
    annex = verdict.annex
    lines = [f"{annex.format}: {counted(verdict.listed, 'file')} of evidence listed, {verdict.matched} match"]
    for each in verdict.mismatches:
        line = f"{each.wrong}: {each.sha256} ({each.what})"
        if each.path is not None:
            line += f"; {each.path} has the content {each.found_sha256}"
        lines.append(line)
    lines += [f"without a hash: {each.what}" for each in verdict.without_hash]
    lines += [f"signature: {sha256}" for sha256 in annex.signatures]
    lines.append(f"audit chain head: {annex.head}")
    if found is not None and found.entry is not None:
        lines.append(f"this database has it: entry {found.entry}")
    return [_printable(line) for line in lines]


def _shape(verdict: "Verdict", found: "AnchorResult | None") -> dict[str, Any]:
    annex = verdict.annex
    return {
        "format": annex.format,
        "well": verdict.well,
        "whole": verdict.whole,
        "listed": verdict.listed,
        "matched": verdict.matched,
        "mismatches": [
            {
                "wrong": each.wrong.value,
                "sha256": each.sha256,
                "what": each.what,
                "path": None if each.path is None else str(each.path),
                "found_sha256": each.found_sha256,
            }
            for each in verdict.mismatches
        ],
        "without_hash": [each.what for each in verdict.without_hash],
        "signatures": list(annex.signatures),
        "chain_head": annex.head,
        "database": None if found is None else {"entry": found.entry, "reason": found.reason},
    }


def _printable(text: str) -> str:
    """Replace unprintable characters of a file's name, which could control the terminal."""
    return "".join(each if each.isprintable() else "\N{REPLACEMENT CHARACTER}" for each in text)
