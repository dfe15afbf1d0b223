"""Files of the bot: the evidence store, backups, the secret key, the lock."""
