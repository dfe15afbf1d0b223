"""The questions about an activity, its card, and what a text fills in."""
