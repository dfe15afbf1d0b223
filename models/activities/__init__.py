"""Activities: registering, correcting, withdrawing, settling, returning, and reading them."""
