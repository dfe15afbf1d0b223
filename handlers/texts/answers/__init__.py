"""Sentences that answer plain questions."""
