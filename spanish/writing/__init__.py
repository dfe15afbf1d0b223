"""Writes dates, numbers, amounts and plurals in Spanish."""
