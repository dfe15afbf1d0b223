"""Updates of the Bot API: parsing them, and which commands and buttons there are."""
