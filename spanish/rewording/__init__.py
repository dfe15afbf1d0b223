"""Rewords a message for the report: the same facts, without what only a chat has."""
