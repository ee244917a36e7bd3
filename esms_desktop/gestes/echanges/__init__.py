"""What comes in and goes out: the national directory, the files of dossiers."""
