"""What a file really is, kind by kind."""
