"""Sentences of reminders."""
