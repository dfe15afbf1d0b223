"""The end of a quarter: duties, statements, signatures, reopening."""
