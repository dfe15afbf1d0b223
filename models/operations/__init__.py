"""Operations: migrations, backups, retention, the state of the bot, report orders."""
