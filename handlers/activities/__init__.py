"""Registered activities: lists, one of them, corrections, evidence, returns."""
