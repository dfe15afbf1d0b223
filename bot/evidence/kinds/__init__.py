"""Detection of what a file really is, and whether it is safe to keep, by kind of file."""
