"""`python -m bot report check QUARTER [--against FILE]`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.failure import Failure

if TYPE_CHECKING:
    from reports.checks import Finding, PublishedLine
    from reports.quarterly import Report


def check(
    quarter: Annotated[str, typer.Argument(metavar="2024-T1", help="The quarter.")],
    against: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="A table published elsewhere (CSV), to be compared with the data."),
    ] = None,
    unit: Annotated[str | None, typer.Option(metavar="KEY", help="One unit; all without it.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")] = False,
) -> None:
    """Say what the quarter's report contradicts or lacks; exit code 1 if there is anything."""
    from bot.cli_context import open_database, unit_of
    from bot.commands import listing
    from bot.reports import make as report_make
    from reports import checks

    rows = _rows(against) if against is not None else None
    with open_database() as context:
        report = report_make.asked(context, quarter, unit_of(context, unit).id if unit else None)
    found = checks.check(report, rows)
    typer.echo(listing.as_text(_shape(report, found)) if as_json else _text(report, found))
    if found:
        errors = sum(each.severity is checks.Severity.ERROR for each in found)
        raise Failure(f"{quarter}: {_count(errors, 'error')}, {_count(len(found) - errors, 'warning')}")


def _rows(file: Path) -> "tuple[PublishedLine, ...]":
    from reports import checks

    try:
        return checks.read(file.read_bytes())
    except OSError as error:
        raise Failure(f"{file} cannot be read: {error.strerror}", exit_code=2) from None
    except checks.UnreadableTable as error:
        raise Failure(f"{file}: {error}", exit_code=2) from None


def _text(report: "Report", found: "tuple[Finding, ...]") -> str:
    from reports.texts.checks import sentence

    lines = [f"{each.severity}: {sentence(each)}" for each in found]
    return "\n".join(lines) or f"{report.quarter.key}: nothing found"


def _shape(report: "Report", found: "tuple[Finding, ...]") -> dict[str, Any]:
    """Return `{quarter, draft, findings: [{kind, severity, unit, line, activity, on, facts, sentence}]}`."""
    from reports.texts.checks import sentence

    return {
        "quarter": report.quarter.key,
        "draft": report.draft,
        "findings": [
            {
                "kind": each.kind.value,
                "severity": each.severity.value,
                "unit": each.unit or None,
                "line": each.line,
                "activity": each.activity,
                "on": each.on.isoformat() if each.on else None,
                "facts": each.facts,
                "sentence": sentence(each),
            }
            for each in found
        ],
    }


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
