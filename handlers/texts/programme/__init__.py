"""Sentences about the programme."""
