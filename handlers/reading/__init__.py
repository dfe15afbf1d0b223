"""What texts say, read once a batch; and plain questions."""
