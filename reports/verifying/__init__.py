"""Holds a report's file against what was signed."""
