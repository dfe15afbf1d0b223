"""Progress and signal of targets, lines, units and the institution."""
