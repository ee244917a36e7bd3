"""What is done to the base itself: its protection, its backups, its settings, its history."""
