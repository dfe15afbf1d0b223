"""Sentences about people."""
