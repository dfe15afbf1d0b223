"""Spanish text → facts. Pure: text and a day in, values out; `Rejected` where it cannot be read."""
