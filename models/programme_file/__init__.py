"""Programme files in YAML and Excel: reading them, with the position of every problem, and writing them."""
