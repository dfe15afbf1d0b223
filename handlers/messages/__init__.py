"""Messages without a command: capture, replies, edits, files."""
