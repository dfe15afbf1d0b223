"""Confined processes: modules of ours that open what others sent."""
