"""Spanish, read and written: below everything that speaks with people."""
