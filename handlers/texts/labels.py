"""The signs that a button's label begins with, where they give the button its colour."""

DONE = "✅"  # carries out what is shown
ENDS = "🗑"  # takes something out of what counts
