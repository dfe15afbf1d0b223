"""A quarter's end: duties, statements, signing, reopening, the report."""
