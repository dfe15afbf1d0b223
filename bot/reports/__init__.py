"""Reports made beside the running bot, or by a command."""
