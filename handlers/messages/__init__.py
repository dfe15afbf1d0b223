"""Messages without a command: what they belong to and what becomes of them."""
