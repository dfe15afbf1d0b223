"""`python -m bot …`: the commands, and what they print."""
