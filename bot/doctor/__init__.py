"""`python -m bot doctor`: checks an installation and says what to do."""
