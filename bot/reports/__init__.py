"""Makes reports, beside the running bot or for a command."""
