"""Evidence: attached to what it shows, fetched, kept."""
