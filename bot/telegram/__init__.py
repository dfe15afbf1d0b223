"""The Bot API: updates taken in, messages sent, files in both directions."""
