"""Checks of the audit chain against the tables and against heads noted elsewhere; erasing entries."""
