"""Running it: migrations, backups, retention, the condition of the bot, reports that were ordered."""
