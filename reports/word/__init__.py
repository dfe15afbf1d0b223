"""The quarterly report in Word, after a template that the agency may restyle: `docs/report-template.md`."""

from reports.word.rendering import BUNDLED, render

__all__ = ["BUNDLED", "render"]
