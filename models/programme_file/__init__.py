"""Programme files: YAML and Excel, read with every problem at its place, and written."""
