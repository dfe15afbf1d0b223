"""The bot in a test, and what people write, tap and see."""
