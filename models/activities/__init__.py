"""Activities: registering, correcting, withdrawing, settling, returning, reading."""
