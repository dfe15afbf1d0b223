"""The tables and nothing else: what is stored, column by column."""
