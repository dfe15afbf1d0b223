"""`/programa`: the programme shown, adjusted, imported."""
