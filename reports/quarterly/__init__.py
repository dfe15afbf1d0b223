"""The quarterly report as one frozen value, from which every format is made."""

from reports.quarterly.content import Report

__all__ = ["Report"]
