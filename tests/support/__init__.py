"""What tests use: the bot with phones, filled databases, files, processes."""
