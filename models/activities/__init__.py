"""Activities: registered, corrected, withdrawn, settled, returned, and read."""
