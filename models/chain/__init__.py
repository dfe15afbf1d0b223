"""The audit chain compared with the tables and with heads noted elsewhere; erasing entries."""
