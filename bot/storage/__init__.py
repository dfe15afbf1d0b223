"""Files of the bot: the store of evidence, backups, the secret key, the lock."""
