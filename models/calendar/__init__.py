"""Working days, and when a quarter closes."""
