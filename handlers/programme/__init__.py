"""`/programa`: shows, adjusts and imports the programme."""
