"""Annual programmes: the fields of a programme file, stored programmes as values, and targets' plans."""
