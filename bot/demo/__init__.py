"""A Bot API server for one machine, with phones to write from: the demo's Telegram and the tests' transport."""
