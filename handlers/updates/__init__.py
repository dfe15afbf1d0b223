"""Updates of the Bot API: which are taken, what they hold, what may be asked by whom."""
