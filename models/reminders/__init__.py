"""What is due to be told to whom, and what was told."""
