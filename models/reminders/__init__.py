"""Reminders: who is told what and when, and what was told."""
