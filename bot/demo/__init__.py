"""The demo: the bot with the local Telegram, and the first quarter of 2024 played on its phones."""
