"""Sentences about activities."""
