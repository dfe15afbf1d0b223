"""Dates, numbers, amounts and plurals as they are written."""
