"""Qt item models: what the tables show."""
