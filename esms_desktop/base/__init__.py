"""What surrounds the dossiers: the base and where it is, its key, its backups, its health, what leaves it for good."""
