"""Changes of the programme: importing a file, adjusting a target, opening amounts."""
