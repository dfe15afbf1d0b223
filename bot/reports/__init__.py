"""Makes reports in separate processes, for the running bot or for a command."""
