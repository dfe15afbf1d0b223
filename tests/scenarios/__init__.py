"""Days, months and years of people who use the bot."""
