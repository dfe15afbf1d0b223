"""Databases with content: programmes, people, activities, signed quarters."""
