"""Reads texts once per batch, and answers plain questions."""
