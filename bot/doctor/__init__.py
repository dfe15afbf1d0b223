"""`python -m bot doctor`: checks an installation and tells what to do about faults."""
