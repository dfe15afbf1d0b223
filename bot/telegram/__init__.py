"""The Bot API: polling, sending, and files in both directions."""
