"""The end of a quarter: duties, statements, signing, reopening, the report."""
