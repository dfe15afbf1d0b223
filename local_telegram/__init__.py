"""A Telegram of one's own for tests and the demo: the Bot API, phones, and a page."""
