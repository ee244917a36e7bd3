"""Fields one types or chooses in."""
