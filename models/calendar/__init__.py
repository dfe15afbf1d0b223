"""Working days, and when a quarter's captures close."""
