"""Whether the SQLite file is still the one that was opened, with the content that was left in it."""
