"""Sentences about a quarter's end."""
