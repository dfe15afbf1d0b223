"""`python -m bot doctor`: is all well, and if not, what to do."""
