"""Installing, upgrading and connecting the bot."""
