"""What Telegram allows in a message: formatting, limits, photographs."""
