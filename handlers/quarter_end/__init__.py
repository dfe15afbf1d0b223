"""The end of a quarter: duties, statements, signing, reopening, the calendar and the report."""
