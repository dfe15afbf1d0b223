"""A local stand-in for Telegram, for the tests and the demo: a Bot API server, phones, and a web page."""
