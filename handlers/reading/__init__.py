"""Texts read once per batch, and plain questions."""
