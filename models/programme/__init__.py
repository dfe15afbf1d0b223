"""Annual programmes: units, lines, targets and their plans."""
