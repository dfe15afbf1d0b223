"""The quarterly report in Word, from a template that the agency can change: `docs/report-template.md`."""

from reports.word.rendering import BUNDLED, render

__all__ = ["BUNDLED", "render"]
