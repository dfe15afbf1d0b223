"""Files of the bot: evidence by its content, backups, the key, the lock."""
