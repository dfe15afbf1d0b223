"""Facts made into documents and pictures. Empty until the quarterly report moves in."""
