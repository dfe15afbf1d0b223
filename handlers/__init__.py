"""The conversations: what the bot does with each update and what it answers."""
