"""Reminders: which notices are due to whom, people's preferences, and what was sent."""
