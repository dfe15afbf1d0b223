"""Files that people send, good and malformed, made when they are needed."""
