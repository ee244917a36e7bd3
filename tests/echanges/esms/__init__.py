"""The file of a dossier, and two copies brought together."""
