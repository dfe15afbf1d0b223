"""`python -m bot …`: the commands and their output."""
