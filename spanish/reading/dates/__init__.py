"""Days and periods in a folded text: single days, several in a row, periods, and their context."""
