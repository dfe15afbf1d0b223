"""The form of an activity: its questions, its card, and filling it from a text."""
