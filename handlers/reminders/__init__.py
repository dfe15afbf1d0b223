"""Reminders and other messages that are sent at a given time."""
