"""The tables of the installation: its id, its backups, the faults of its folder of evidence."""
