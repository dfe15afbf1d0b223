"""Sentences about progress."""
