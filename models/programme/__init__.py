"""The annual programme as it is read: units, lines, targets and their plans."""
