"""A Bot API server for one machine, with phones: the demo's Telegram and the tests' transport."""
