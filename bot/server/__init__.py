"""The HTTP server of the running bot: the webhook, and pages about the bot. Not needed by one that polls."""
