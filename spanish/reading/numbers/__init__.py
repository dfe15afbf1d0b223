"""Numbers in a text: their digits, the amounts with their units, and those that count nothing."""
