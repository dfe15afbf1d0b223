"""What people say and hear."""
