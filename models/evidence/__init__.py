"""Evidence: attaching it, fetching it, keeping it."""
