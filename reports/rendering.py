"""A program that writes a report: `python -m reports.rendering CONTENT FORMAT TARGET EVIDENCE [TEMPLATE]`.

It runs beside the bot, which goes on answering, since pictures and fonts take memory and seconds. CONTENT is
a pickled `Report` or `Chart` that the bot has just written, EVIDENCE the folder of the pictures, TEMPLATE the
agency's own for Word. Exit code 3: the file could not be written, 4: the template is unusable.
"""

import pickle
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from models.tables.evidence import place
from models.tables.report import ReportFormat
from reports.own_template import UnusableTemplate
from reports.quarterly import Report

if TYPE_CHECKING:
    from reports.picture import Chart

UNWRITABLE, UNUSABLE = 3, 4


def render(
    content: "Report | Chart",
    kind: ReportFormat,
    pictures: Callable[[str], Path],
    template: Path | None = None,
) -> bytes:
    """Return the report in that format, or for `PICTURE` the chart, or a report's bars, as a picture.

    `pictures` returns the path of the file with a SHA-256, `template` is for Word and the transparency
    platform. Raises `UnusableTemplate`.
    """
    # Imported here, since each format needs only its own libraries, which are large.
    if not isinstance(content, Report):
        from reports import picture

        return picture.draw(content)
    report = content
    if kind is ReportFormat.PICTURE:
        from reports import picture

        return picture.draw(picture.chart_of_report(report))
    if kind is ReportFormat.WORD:
        from reports import word

        return word.render(report, pictures, template)
    if kind is ReportFormat.PDF:
        from reports import pdf

        return pdf.render(report, pictures)
    if kind is ReportFormat.EXCEL:
        from reports import excel

        return excel.render(report)
    if kind is ReportFormat.TRANSPARENCY:
        from reports import transparency

        return transparency.render(report, template)
    from reports import open_data

    return open_data.as_csv(report) if kind is ReportFormat.CSV else open_data.as_json(report)


def main(content: str, kind: str, target: str, evidence: str, template: str = "") -> int:
    given = pickle.loads(Path(content).read_bytes())
    own = Path(template) if template else None
    try:
        made = render(given, ReportFormat(kind), partial(place, Path(evidence)), own)
    except UnusableTemplate as error:
        sys.stderr.write(f"{error}\n")
        return UNUSABLE
    try:
        Path(target).write_bytes(made)
    except OSError as error:
        sys.stderr.write(f"the report cannot be written: {error.strerror}\n")
        return UNWRITABLE
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:6]))
