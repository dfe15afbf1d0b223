"""Confined processes, in which modules of ours open files that others sent."""
