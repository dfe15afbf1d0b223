"""What the local Telegram knows: people, chats, messages, files, pending updates, faults, the time."""
