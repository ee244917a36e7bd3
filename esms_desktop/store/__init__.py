"""Where dossiers are kept: an encrypted base, its key, its migrations, and the one door for writes."""
